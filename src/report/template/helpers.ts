import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { ESCAPE, jsonText } from './escape.ts';

/** Text that is escaped already. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a value of a template can be: what JSON can. */
export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [name: string]: Value } | Raw;

/** All helpers there are; none reads anything but its values. */
export const HELPERS: Readonly<Record<string, (...values: readonly Value[]) => Value>> = {
  html: (value) => new Raw(ESCAPE.html(textOf(value))),
  xml: (value) => new Raw(ESCAPE.xml(textOf(value))),
  csv: (value) => new Raw(ESCAPE.csv(textOf(value))),
  markdown: (value) => new Raw(ESCAPE.markdown(textOf(value))),
  json: (value) => new Raw(jsonText(value instanceof Raw ? value.text : value)),
  url: (value) => new Raw(encodeURIComponent(textOf(value).toWellFormed()).replace(/'/g, '%27')),
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => order(a, b) < 0,
  gt: (a, b) => order(a, b) > 0,
  and: (...values) => values.every(isTrue),
  or: (...values) => values.find(isTrue) ?? values.at(-1),
  not: (value) => !isTrue(value),
  default: (value, otherwise) => (isTrue(value) ? value : otherwise),
  upper: (value) => textOf(value).toUpperCase(),
  lower: (value) => textOf(value).toLowerCase(),
  join: (value, separator) =>
    Array.isArray(value) ? value.map(textOf).join(separator === undefined ? ', ' : textOf(separator)) : textOf(value),
  length: (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : 0),
  first: (value, count) => (Array.isArray(value) ? value.slice(0, typeof count === 'number' ? count : 1) : value),
  cut: (value, length) => cutTo(textOf(value), typeof length === 'number' ? length : 100),
  atleast: (value, level) => rank(value) <= rank(level),
  where: (value, name, wanted) =>
    Array.isArray(value)
      ? value.filter((each) => isObject(each) && Object.hasOwn(each, textOf(name)) && each[textOf(name)] === wanted)
      : [],
};

/** As Handlebars sees it: nothing, zero, an empty text and an empty list are not. */
export function isTrue(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

export function isObject(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw);
}

/** Lists by commas; objects have no text. */
export function textOf(value: Value): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function order(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : textOf(a) < textOf(b) ? -1 : Number(textOf(a) > textOf(b));
}

/** 0 for the worst. */
function rank(value: Value): number {
  const found = SEVERITIES.indexOf(textOf(value).toLowerCase() as SeverityLevel);
  return found < 0 ? SEVERITIES.length : found;
}

function cutTo(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1)).toWellFormed()}…`;
}
