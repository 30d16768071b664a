import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SECRET_WORDS } from '../../model/index.ts';
import { readYamlRules } from './yaml.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const schema = JSON.parse(read('schema/secret-rules.json'));
const valid = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

/** What the reader says of a text that is YAML; patterns that RE2 has not are its own business. */
function readable(text: string): boolean {
  try {
    readYamlRules(text, 'rules.yaml');
    return true;
  } catch {
    return false;
  }
}

const rule = (more: string) => `rules:\n  - {id: acme-token, keywords: [acme_], pattern: 'acme_[0-9]{8}'${more}}\n`;
const allow = (fields: string) => `allow:\n  - {${fields}}\n`;

describe('schema/secret-rules.json', () => {
  it('takes the example of docs/secrets.md, as the reader does', () => {
    const [example = ''] = /(?<=```yaml\n)rules:\n[\s\S]*?(?=```)/.exec(read('docs/secrets.md')) ?? [];
    expect(example).toContain('acme-deploy-token');
    expect([valid(parse(example)), readable(example)]).toEqual([true, true]);
  });

  it.each([
    '{}',
    rule(''),
    rule(', title: Acme, severity: low, lookAlikes: none, minEntropy: 2.5, reference: https://acme.example'),
    rule(', files: {names: [.acmerc], suffixes: [.acme]}'),
    rule(', title: null, files: null, keywords: [abc, "x y"]').replace('keywords: [acme_], ', ''),
    'rules:\n  - {id: a1, pattern: x, files: {}}\n',
    ...SECRET_WORDS.map((word) => rule(`, word: ${word}`)),
    allow('words: [sandbox]'),
    allow('rules: [jwt], paths: ["^a/"], patterns: [x], target: line, words: [a], all: true, reason: no'),
    'disable: [jwt]\nbuiltIn: false\n',
    'rules:\nallow:\ndisable:\nbuiltIn:\n',
  ])('takes what the reader takes: %j', (text) => {
    expect([valid(parse(text)), readable(text)]).toEqual([true, true]);
  });

  it.each([
    '[]',
    'text',
    'rule: []',
    'rules: {}',
    'rules: [x]',
    'rules:\n  - {id: a1, pattern: x}\n',
    'rules:\n  - {id: a1, keywords: [abc]}\n',
    'rules:\n  - {id: a1, keywords: [abc], pattern: ""}\n',
    'rules:\n  - {keywords: [abc], pattern: x}\n',
    rule('').replace('acme-token', 'Acme_Token'),
    rule('').replace('acme_]', 'ab]'),
    rule('').replace('acme_]', 'äöü]'),
    rule('').replace('[acme_]', '[]'),
    rule(', word: tokens'),
    rule(', severity: unknown'),
    rule(', minEntropy: -1'),
    rule(', minEntropy: "3"'),
    rule(', lookAlikes: some'),
    rule(', files: [.acmerc]'),
    rule(', files: {paths: [a]}'),
    rule(', titel: Acme'),
    allow('rules: [jwt]'),
    allow('words: sandbox'),
    allow('words: [a], target: path'),
    allow('words: [a], all: "yes"'),
    'disable: jwt',
    'builtIn: "false"',
  ])('refuses what the reader refuses: %j', (text) => {
    expect([valid(parse(text)), readable(text)]).toEqual([false, false]);
  });

  it('allows as many rules as the reader', () => {
    const { maxItems } = schema.properties.rules;
    const many = (count: number) =>
      `rules:\n${Array.from({ length: count }, (_, i) => `  - {id: a${i}, keywords: [abc], pattern: abc}\n`).join('')}`;
    expect([valid(parse(many(maxItems))), readable(many(maxItems))]).toEqual([true, true]);
    expect([valid(parse(many(maxItems + 1))), readable(many(maxItems + 1))]).toEqual([false, false]);
  });
});
