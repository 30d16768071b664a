import type { Bytes } from '../util/bytes.ts';
import { isObject } from '../util/fields.ts';

/** What is wrong with a document, in words; the schema wraps it into a coded error that says which document. */
export class Malformed extends Error {}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Go encodes empty lists and maps as null, so null counts as absent everywhere below. */
export function parseJsonObject(bytes: Bytes): JsonObject {
  return asObject(parseJson(bytes), 'the document');
}

export function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Malformed('it is not JSON');
  }
}

export function asObject(value: unknown, name: string): JsonObject {
  if (!isObject(value)) throw new Malformed(`${name} is not an object`);
  return value;
}

export function asText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Malformed(`${name} is not a string`);
  return value;
}

export function optionalText(value: unknown, name: string): string | undefined {
  return value === undefined || value === null ? undefined : asText(value, name);
}

export function optionalObject(value: unknown, name: string): JsonObject | undefined {
  return value === undefined || value === null ? undefined : asObject(value, name);
}

export function optionalList(value: unknown, name: string, limit: number): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Malformed(`${name} is not a list`);
  if (value.length > limit) throw new Malformed(`${name} has more than ${limit} entries`);
  return value;
}

export function optionalTexts(value: unknown, name: string, limit: number): readonly string[] {
  return optionalList(value, name, limit).map((one, index) => asText(one, `${name}[${index}]`));
}

/** A map of strings; entries of other types are an error. */
export function optionalTextMap(value: unknown, name: string): Readonly<Record<string, string>> | undefined {
  const map = optionalObject(value, name);
  if (map === undefined) return undefined;
  for (const [key, one] of Object.entries(map)) asText(one, `${name}.${key.slice(0, 80)}`);
  return map as Readonly<Record<string, string>>;
}
