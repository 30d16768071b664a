import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

// Makes the schema that reports of the format `asff` are tested by from the model that AWS publishes its interfaces with:
//   node tools/reports/asff-schema.ts botocore/data/securityhub/2018-10-26/service-2.json.gz > src/report/asff/testdata/batch-import-findings.json
// The model is in every release of botocore (https://pypi.org/project/botocore, Apache-2.0).

/** The part of AWS' models that is read. */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface Member {
  readonly shape: string;
  readonly documentation?: string;
}

/** Details of other resources than these are of no use for images. */
const DETAILS = new Set(['Container', 'Other']);
const ROOT = 'BatchImportFindingsRequest';
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'integer',
  long: 'integer',
  double: 'number',
  boolean: 'boolean',
};

const [file = ''] = process.argv.slice(2);
const { shapes }: { readonly shapes: Readonly<Record<string, Shape>> } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
const definitions: Record<string, object> = {};

function define(name: string): object {
  if (!(name in definitions)) {
    definitions[name] = {};
    definitions[name] = schemaOf(name, shapes[name] as Shape);
  }
  return { $ref: `#/definitions/${name}` };
}

function schemaOf(name: string, { type, required, members = {}, member, value, enum: choices, pattern, min, max }: Shape): object {
  if (type === 'list') return { type: 'array', items: define(member?.shape ?? ''), ...counts('Items', min, max) };
  if (type === 'map') return { type: 'object', additionalProperties: define(value?.shape ?? '') };
  if (type !== 'structure') {
    const simple = TYPES[type];
    if (simple === undefined) throw new TypeError(`no type ${type} of ${name}`);
    return { type: simple, ...(choices ? { enum: choices } : {}), ...(pattern === undefined ? {} : { pattern: anchored(pattern) }) };
  }
  const kept = Object.entries(members).filter(([each]) => name !== 'ResourceDetails' || DETAILS.has(each));
  const properties = Object.fromEntries(kept.map(([each, of]) => [each, limited(define(of.shape), of)]));
  return { type: 'object', ...(required ? { required } : {}), properties, additionalProperties: false };
}

/** What the model says in words only. */
function limited(schema: object, { shape, documentation = '' }: Member): object {
  const text = documentation.replace(/<[^>]+>/g, ' ');
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const isText = shapes[shape]?.type === 'string';
  const isList = shapes[shape]?.type === 'list';
  const limits = isText
    ? counts('Length', number(/Minimum length of (\d+)/), number(/Maximum length of (\d+)/))
    : isList
      ? counts('Items', number(/Minimum number of (\d+)/), number(/Maximum number of (\d+)/))
      : {};
  const values = number(/value can contain up to (\d+) characters/);
  const map = shapes[shape]?.type === 'map' && values !== undefined;
  const pairs = map ? { maxProperties: number(/up to (\d+) key-value pairs/), additionalProperties: { maxLength: values } } : {};
  return Object.keys({ ...limits, ...pairs }).length === 0 ? schema : { allOf: [schema, { ...limits, ...pairs }] };
}

function counts(of: 'Items' | 'Length', min: number | undefined, max: number | undefined): object {
  return { ...(min === undefined ? {} : { [`min${of}`]: min }), ...(max === undefined ? {} : { [`max${of}`]: max }) };
}

/** Patterns of AWS' models hold for the whole text. */
function anchored(pattern: string): string {
  return pattern === '.*\\S.*' ? '\\S' : pattern;
}

const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...define(ROOT), definitions };
process.stdout.write(`${JSON.stringify(schema, undefined, 1)}\n`);
