import { upstreams } from '../../src/advisories/upstreams.ts';
import { cliEn } from '../../src/messages/cli.en.ts';
import { fill } from '../../src/messages/fill.ts';
import { SCORED_KINDS, SEVERITIES } from '../../src/model/index.ts';
import { SETTING_NAMES, SETTINGS, type Setting } from '../../src/settings/index.ts';
import { jsonText } from './json-text.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of plimsoll.yaml, for editors: it takes what `readSettingsFile` and the settings' kinds take, words in any case and lists as
 * text among it. `facts` fill the descriptions.
 */
export function settingsSchemaText(facts: Readonly<Record<string, string>>): string {
  const groups = new Map<string, Record<string, Schema>>();
  const top: Record<string, Schema> = {};
  const dotted: Record<string, Schema> = {};
  for (const name of SETTING_NAMES) {
    const setting: Setting = SETTINGS[name];
    if (setting.inFile === false) continue;
    const [group, word] = setting.key.split('.') as [string, string | undefined];
    if (word === undefined) top[group] = settingSchema(setting, facts);
    else {
      const members = groups.get(group) ?? {};
      groups.set(group, members);
      members[word] = settingSchema(setting, facts);
      dotted[`^${group}\\.${word}$`] = { $ref: `#/properties/${group}/properties/${word}` };
    }
  }
  const sections = [...groups].map(([group, properties]) => [
    group,
    { type: ['object', 'null'], properties, additionalProperties: false } satisfies Schema,
  ]);
  return jsonText({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:plimsoll:schema:settings:1',
    title: 'Plimsoll settings',
    description: 'plimsoll.yaml. docs/settings.md says what each key means. Made by `npm run docs`; change src/settings instead.',
    type: ['object', 'null'],
    properties: { ...Object.fromEntries(sections), ...top },
    // `scan.fail-on: high` is read too; editors need not offer it.
    patternProperties: dotted,
    additionalProperties: false,
    $defs: DEFS,
  });
}

function settingSchema(setting: Setting, facts: Readonly<Record<string, string>>): Schema {
  const { kind, fallback } = setting;
  const description = fill(cliEn[setting.description], { choices: kind.choices?.join(', ') ?? '', ...facts });
  const offered =
    setting.description === 'setting.format'
      ? facts.formats
      : setting.description === 'setting.sbom-format'
        ? facts.sbomFormats
        : undefined;
  return {
    description,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(offered === undefined ? {} : { examples: offered.split(', ') }),
    ...kindSchema(kind),
  };
}

function kindSchema({ id, choices = [] }: Setting['kind']): Schema {
  if (id === 'choice') return oneOf(choices, spaced(anyCase(choices)));
  if (id !== 'choices') return { $ref: `#/$defs/${id}` };
  const words = oneOf(choices, listed(`(?:${anyCase(choices)})`));
  return { anyOf: [words, { type: 'array', items: words, minItems: 1 }] };
}

/** The words as they are offered, and however else they may be written. */
function oneOf(words: readonly string[], pattern: string): Schema {
  return { type: 'string', anyOf: [{ enum: words }, { pattern }] };
}

/** JSON Schema's patterns have no flag for it. */
function anyCase(words: readonly string[]): string {
  return words.map((word) => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)).join('|');
}

const spaced = (pattern: string): string => `^\\s*(?:${pattern})\\s*$`;
/** What stands between commas. */
const listed = (word: string): string => `^\\s*${word}\\s*(?:,\\s*${word}\\s*)*$`;
const textOrList = (text: Schema): Schema => ({ anyOf: [text, { type: 'array', items: text, minItems: 1 }] });

const NUMBER = '\\d{1,6}(?:\\.\\d{1,6})?';
const PERCENT = '0{0,4}\\d{1,2}(?:\\.\\d{1,6})?|0{0,3}100(?:\\.0{1,6})?';
const PAIR = '[^\\s=@,]+=[^\\s=@,]+';
const WEIGHED = `(?:(?:${anyCase(SCORED_KINDS)})\\.)?(?:${anyCase(SEVERITIES)})`;
/** A comma divides only before the next name. */
const ADDRESS = '\\s*(?!,[a-z0-9-]+=)\\S(?:(?!,[a-z0-9-]+=)[\\s\\S])*';
const FEED = `[a-z0-9][a-z0-9-]*=${ADDRESS}`;
const points = { $ref: '#/$defs/points' };
const feed = { $ref: '#/$defs/feed' };

/** By the id of the kind (src/settings/kinds.ts), and what these are made of. */
const DEFS: Readonly<Record<string, Schema>> = {
  text: { type: 'string', minLength: 1 },
  path: { description: 'Relative to this file.', type: 'string', minLength: 1 },
  switch: { type: ['boolean', 'string'], pattern: `^(?:${anyCase(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'])})$` },
  days: { type: ['number', 'string'], minimum: 0, pattern: spaced('\\d+(?:\\.\\d+)?') },
  number: { type: ['number', 'string'], minimum: 0, maximum: 100, pattern: spaced(PERCENT) },
  bytes: { type: ['number', 'string'], minimum: 0, pattern: spaced('\\d{1,12}(?:\\.\\d{1,6})?\\s*(?:[kKmMgG]?[bB]|[kKmMgG][iI][bB])?') },
  texts: textOrList({ type: 'string', pattern: listed('[^,\\s][^,]*') }),
  paths: textOrList({ description: 'Relative to this file.', type: 'string', pattern: listed('[^,\\s][^,]*') }),
  pairs: {
    anyOf: [
      { type: 'string', pattern: listed(PAIR) },
      { type: 'array', items: { type: 'string', pattern: listed(PAIR) }, minItems: 1 },
      {
        type: 'object',
        propertyNames: { pattern: '^[^\\s=@,]+$' },
        additionalProperties: textOrList({ type: 'string', pattern: '^[^\\s=@,]+$' }),
        minProperties: 1,
      },
    ],
  },
  points: { type: ['number', 'string'], minimum: 0, pattern: spaced(NUMBER) },
  weights: {
    anyOf: [
      { type: 'string', pattern: listed(`${WEIGHED}\\s*=\\s*${NUMBER}`) },
      { type: 'array', items: { type: 'string', pattern: listed(`${WEIGHED}\\s*=\\s*${NUMBER}`) }, minItems: 1 },
      {
        type: 'object',
        patternProperties: {
          [`^(?:${WEIGHED})$`]: points,
          [`^(?:${anyCase(SCORED_KINDS)})$`]: {
            type: 'object',
            patternProperties: { [`^(?:${anyCase(SEVERITIES)})$`]: points },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    ],
  },
  feed: {
    type: 'object',
    properties: { url: textOrList({ type: 'string', minLength: 1 }), enabled: { type: 'boolean' } },
    additionalProperties: false,
  },
  feeds: {
    anyOf: [
      {
        type: 'object',
        properties: Object.fromEntries(upstreams.map(({ id, title }) => [id, { description: title, ...feed }])),
        additionalProperties: feed,
        minProperties: 1,
      },
      textOrList({ type: 'string', pattern: `^\\s*${FEED}(?:,${FEED})*$` }),
    ],
  },
};
