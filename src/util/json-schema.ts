import { isObject } from './fields.ts';
/** The part of JSON Schema 2020-12 that our own schemas are written in; other keywords are passed over. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The first place where a value is not what its schema says. */
export interface Mismatch {
  /** JSON Pointer (RFC 6901). */
  readonly at: string;
  /** What the schema says of it, in the schema's words: `required: severity`, `enum: a, b`. */
  readonly expected: string;
}

/**
 * Undefined where `value`, which `JSON.parse` made, is what `schema` says. Members that the schema closes an object against are deleted
 * and no mismatch: who wrote them may be a newer version, which may add to what an older one knows.
 */
export function conform(value: unknown, schema: JsonSchema): Mismatch | undefined {
  return visit(value, schema, '', schema);
}

function visit(value: unknown, given: JsonSchema, at: string, root: JsonSchema): Mismatch | undefined {
  const schema = resolved(given, root);
  const broken = brokenKeyword(value, schema, root);
  if (broken !== undefined) return { at: at || '/', expected: broken };
  if (Array.isArray(value)) return schema.items && visitItems(value, schema.items, at, root);
  return isObject(value) ? visitMembers(value, schema, at, root) : undefined;
}

function brokenKeyword(value: unknown, schema: JsonSchema, root: JsonSchema): string | undefined {
  const { type, enum: choices, anyOf, pattern, minimum, maximum, minItems } = schema;
  if (type !== undefined && ![type].flat().some((each) => isOfType(value, each))) return `type: ${[type].flat().join(', ')}`;
  if ('const' in schema && value !== schema.const) return `const: ${schema.const}`;
  if (choices && !choices.includes(value)) return `enum: ${choices.join(', ')}`;
  if (anyOf && !anyOf.some((each) => visit(value, each, '', root) === undefined)) return 'anyOf';
  if (typeof value === 'string' && pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return `pattern: ${pattern}`;
  if (typeof value === 'number' && minimum !== undefined && value < minimum) return `minimum: ${minimum}`;
  if (typeof value === 'number' && maximum !== undefined && value > maximum) return `maximum: ${maximum}`;
  if (Array.isArray(value) && minItems !== undefined && value.length < minItems) return `minItems: ${minItems}`;
  if (!isObject(value)) return undefined;
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  return missing === undefined ? undefined : `required: ${missing}`;
}

function visitItems(values: readonly unknown[], items: JsonSchema, at: string, root: JsonSchema): Mismatch | undefined {
  for (const [i, each] of values.entries()) {
    const mismatch = visit(each, items, `${at}/${i}`, root);
    if (mismatch) return mismatch;
  }
  return undefined;
}

function visitMembers(value: Record<string, unknown>, schema: JsonSchema, at: string, root: JsonSchema): Mismatch | undefined {
  const { properties = {}, additionalProperties: others = true } = schema;
  for (const name of Object.keys(value)) {
    const member = Object.hasOwn(properties, name) ? properties[name] : others;
    if (member === false) delete value[name];
    if (typeof member !== 'object') continue;
    const mismatch = visit(value[name], member, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, root);
    if (mismatch) return mismatch;
  }
  return undefined;
}

/** References lead into the same document: `#/$defs/finding`. */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.match(/^#\/\$defs\/(\w+)$/)?.[1];
  if (schema.$ref === undefined) return schema;
  const found = name === undefined ? undefined : root.$defs?.[name];
  if (!found) throw new TypeError(`no schema ${schema.$ref}`);
  return found;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  const name: string = typeof value;
  return name === type;
}
