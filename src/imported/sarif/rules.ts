import { type Fields, fields, records, text } from '../../util/fields.ts';
import { overridesOf } from './invocation.ts';

/** Characters of a title that are kept; more is a description. */
const LONGEST_TITLE = 200;

/** What a result's rule says, as far as it is stated. */
export interface Rule {
  readonly id?: string;
  readonly title?: string;
  readonly help?: string;
  readonly url?: string;
  /** `messageStrings`, by their ids. */
  readonly messages: Fields;
  readonly level?: string;
  readonly properties: Fields;
  /** As the file has it; empty where the rule is not described. */
  readonly described: Fields;
}

/**
 * How results find their rule: `rule` with its component, else `ruleId` and `ruleIndex` in the driver (SARIF 3.27.5 to 3.27.7, 3.52). An
 * id that only begins with a rule's id, `CA1000/1`, is a rule of its own that takes that one's texts.
 */
export function rulesOf(run: Fields): (result: Fields) => Rule {
  const tool = fields(run.tool);
  const components = [fields(tool.driver), ...records(tool.extensions)];
  const lists = components.map((component) => records(component.rules));
  const tables = lists.map((rules) => new Map(rules.map((rule) => [text(rule.id), rule])));
  const names = Map.groupBy(lists.flat(), ({ name }) => text(name));
  return (result) => {
    const reference = fields(result.rule);
    const stated = text(result.ruleId) ?? text(reference.id);
    const index = position(result.ruleIndex) ?? position(reference.index);
    const component = componentOf(fields(reference.toolComponent), components);
    const indexed = index === undefined ? undefined : lists[component]?.[index];
    const rule = indexed ?? (stated === undefined ? undefined : named(stated, [tables[component], ...tables])) ?? {};
    const id = stated ?? text(rule.id);
    const level = overridesOf(run, result).get(text(rule.id) ?? id ?? '') ?? text(fields(rule.defaultConfiguration).level);
    const own = names.get(text(rule.name))?.length === 1;
    return { ...(id === undefined ? {} : { id }), ...textsOf(rule, own), ...(level === undefined ? {} : { level }) };
  };
}

/** 0, the driver, where a reference says nothing else; extensions stand after it. */
function componentOf({ index, guid, name }: Fields, components: readonly Fields[]): number {
  const at = position(index);
  if (at !== undefined) return at + 1;
  const found = components.findIndex((each) => (guid !== undefined && each.guid === guid) || (name !== undefined && each.name === name));
  return Math.max(0, found);
}

function named(id: string, tables: readonly (ReadonlyMap<string | undefined, Fields> | undefined)[]): Fields | undefined {
  for (const table of tables) {
    for (let part = id; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
      const found = table?.get(part);
      if (found) return found;
    }
  }
  return undefined;
}

/** `own`: no other rule has its name. A name that many have is that of their class: `OsPackageVulnerability`. */
function textsOf(rule: Fields, own: boolean): Omit<Rule, 'id' | 'level'> {
  const said = (value: unknown): string | undefined => text(fields(value).text);
  const name = text(rule.name);
  const title = said(rule.shortDescription) ?? (own ? name : undefined) ?? said(rule.fullDescription) ?? name;
  const help = said(rule.help) ?? text(fields(rule.help).markdown) ?? said(rule.fullDescription);
  const url = text(rule.helpUri);
  return {
    ...(title === undefined ? {} : { title: titleOf(title) }),
    ...(help === undefined ? {} : { help }),
    ...(url === undefined || !/^https?:\/\//i.test(url) ? {} : { url }),
    messages: fields(rule.messageStrings),
    properties: fields(rule.properties),
    described: rule,
  };
}

/** The first line, or sentence of a long one. */
function titleOf(description: string): string {
  const line = (description.split(/[\r\n]/, 1)[0] ?? '').trim();
  if (line.length <= LONGEST_TITLE) return line;
  const end = line.slice(0, LONGEST_TITLE).lastIndexOf('. ');
  return end > 0 ? line.slice(0, end + 1) : `${line.slice(0, LONGEST_TITLE - 3)}...`;
}

function position(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
