import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { migrate, migratedTexts } from '../../src/app/standing/migrate.ts';
import { readSettingsFile } from '../../src/settings/file.ts';
import { SETTING_NAMES, SETTINGS, type Setting } from '../../src/settings/index.ts';
import { PlimsollError } from '../../src/util/errors.ts';

const root = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const schema = JSON.parse(textOf('schema/settings.json'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const IN_FILES = SETTING_NAMES.map((name): Setting => SETTINGS[name]).filter(({ inFile }) => inFile !== false);

/** What the program itself says of a file; anything but an error with a code is a fault. */
function isRead(text: string): boolean {
  try {
    return readSettingsFile('/x/plimsoll.yaml', text).every(({ name, raw }) => SETTINGS[name].kind.accept(raw) !== undefined);
  } catch (error) {
    if (error instanceof PlimsollError) return false;
    throw error;
  }
}

/** `key: value` as a file says it, with groups as mappings or with dots. */
function fileOf(key: string, value: unknown, dotted = false): string {
  const words = dotted ? [key] : key.split('.');
  return JSON.stringify(words.reduceRight((inner: unknown, word) => ({ [word]: inner }), value));
}

function said(text: string): { schema: boolean; reader: boolean } {
  return { schema: validate(parse(text)), reader: isRead(text) };
}

/** Values of every sort, each tried for each setting: right for some, wrong for others. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, 1, 7, 0.5, 100, 100.5, -1, 2e9, '', ' ', ',', 'a', 'a,', ',a', 'a, b', 'a,,b', './a', '@a', 'a=b', 'a=b,c=d'],
  ...[
    'a=',
    '=a',
    'a=b=c',
    'a b=c',
    'a=b ,c=d',
    'a,b=c',
    '7',
    ' 7 ',
    '7.5',
    '-7',
    '7e1',
    '100',
    '100.0',
    '100.5',
    '0100',
    '1000',
    '.5',
    '0x10',
  ],
  ...['true', 'TRUE', 'Yes', 'off', ' on', '1', '0', '2', 'maybe', '500MB', '2 GiB', '5 gb', '5B', '5TB', '5 KI', '1e9'],
  ...[
    'high',
    'High',
    ' HIGH ',
    'worse',
    'high,low',
    'HIGH , low',
    'high,worse',
    'high,',
    'any',
    'none',
    'new',
    'new:high',
    'fixable',
    'new:fixable:low',
  ],
  ...[
    'error',
    'New:Error',
    'os',
    'registry',
    'docker,podman',
    'vuln,secret',
    'owner,expires',
    'en',
    'ko',
    'auto',
    'always',
    'final',
    'json',
    'fail',
    'base',
  ],
  ...[
    'critical=20',
    'critical=20, secret.high=5',
    'Critical = 20',
    'critical=x',
    'crit=2',
    'secret.x.high=5',
    'high=5=5',
    'license.high=1',
    'osv=off',
  ],
  ...['osv=https://a.example/?x=1,2,nvd=on', 'osv=', 'osv= ,nvd=on', '-osv=a', 'osv=a,-nvd=b', 'osv=,,', 'OSV=a'],
  ...[
    [],
    [''],
    ['a'],
    ['a', 'b'],
    ['a,b'],
    ['a', ''],
    ['a', 1],
    [1],
    [null],
    [['a']],
    ['high'],
    ['HIGH', 'low'],
    ['high', 'worse'],
    ['a=b', 'c=d'],
  ],
  ...[['osv=off', 'nvd=on'], ['critical=20', 'high=1'], ['os', 'library'], [true]],
  ...[
    {},
    { a: 1 },
    { a: 'b' },
    { a: ['b', 'c'] },
    { a: [] },
    { a: null },
    { a: 'b c' },
    { 'a=b': 'c' },
    { high: 5 },
    { high: '5' },
    { high: -1 },
  ],
  ...[
    { High: 5, Secret: { LOW: 2 } },
    { secret: { worse: 2 } },
    { 'secret.high': 2 },
    { critical: { high: 5 } },
    { high: null },
    { high: [5] },
  ],
  ...[
    { osv: {} },
    { osv: { url: 'a' } },
    { osv: { url: ['a', 'b'], enabled: false } },
    { osv: { url: [] } },
    { osv: { url: '' } },
    { own: { enabled: true } },
  ],
  ...[{ osv: { enabled: 'yes' } }, { osv: { adress: 'a' } }, { osv: 'a', nvd: { enabled: true } }],
];

describe('schema/settings.json', () => {
  it('knows every key that files may have, with what it is and what holds without it', () => {
    const keys = Object.entries<{ properties?: object }>(schema.properties).flatMap(([key, { properties }]) =>
      properties ? Object.keys(properties).map((word) => `${key}.${word}`) : [key],
    );
    expect(keys.sort()).toEqual(IN_FILES.map(({ key }) => key).sort());
    for (const { key, fallback } of IN_FILES) {
      const [group = '', word] = key.split('.');
      const own = word === undefined ? schema.properties[group] : schema.properties[group].properties[word];
      expect(own.description, key).toMatch(/^[^{}]{5,}/);
      expect(own.default, key).toEqual(fallback);
      if (fallback !== undefined) expect(said(fileOf(key, fallback)), key).toEqual({ schema: true, reader: true });
    }
  });

  it.each(IN_FILES.map(({ key, kind }) => [key, kind] as const))('takes what the program takes, and nothing else: %s', (key, kind) => {
    const all = VALUES.concat(kind.choices ?? [], kind.choices?.map((each) => each.toUpperCase()) ?? []);
    const verdicts = all.map((value) => ({ value, ...said(fileOf(key, value)), dotted: said(fileOf(key, value, true)) }));
    expect(
      verdicts.filter(({ schema, reader, dotted }) => schema !== reader || schema !== dotted.schema || reader !== dotted.reader),
    ).toEqual([]);
    expect(new Set(verdicts.map(({ reader }) => reader)).size).toBe(2);
  });

  it.each<[boolean, string]>([
    [true, ''],
    [true, '# nothing'],
    [true, 'scan:'],
    [true, 'scan: {}'],
    [true, 'scan: {fail-on: &a high}\nassess: {fail-on: *a}'],
    // As other tests have them.
    [true, 'scan:\n  format: json\n  severity: [high]\n'],
    [true, 'lint:\n  rules: rules/team.yaml\n  ignore: [team/name]\n  require-reason: true\n  fail-on: warning\n'],
    [true, 'scan: { format: [table, json=out/report.json, csv=-], output: o.txt, import: [a.sarif, b.sarif], baseline: ./base.json }'],
    [true, "report: { template: '@mail.hbs' }\nexceptions: { files: e.yaml }\ndatabase: { source: [./db, registry.example/db] }"],
    [false, '[]'],
    [false, 'high'],
    [false, 'scan: high'],
    [false, 'scan: [high]'],
    [false, 'scan: {fail-no: high}'],
    [false, 'scan: {fail_on: high}'],
    [false, 'fail-on: high'],
    [false, 'failOn: high'],
    [false, 'scan: {fail-on: {high: true}}'],
    [false, 'lang: {ko: true}'],
    [false, 'colour: auto'],
    [false, 'registry: {password: a}'],
    [false, 'registry.token: a'],
    [false, 'shared-cache: {token: a}'],
    [false, 'secrets: {key: 0123456789abcdef}'],
    [false, 'nvd-api-key: a'],
    [false, 'feed-url: osv=a'],
    [false, 'lint: {kubernetes-version: 1.30}'],
    [true, 'lint: {kubernetes-version: "1.30"}'],
  ])('says %s of a file, as the program does: %s', (sound, text) => {
    expect(said(text)).toEqual({ schema: sound, reader: sound });
  });

  it('takes what `plimsoll settings migrate` writes', () => {
    const trivy =
      'severity: HIGH,CRITICAL\nexit-code: 1\nformat: json\noutput: r.json\nquiet: true\nscan: {scanners: [vuln, misconfig], offline: true}\n' +
      'vulnerability: {ignore-unfixed: true}\npkg: {types: [os]}\nimage: {platform: linux/arm64}\ndb: {skip-update: true}\n';
    const grype = 'fail-on-severity: medium\nonly-fixed: true\nplatform: linux/arm64\nquiet: false\ndb: {auto-update: false}\n';
    for (const [name, text, least] of [
      ['trivy.yaml', trivy, 10],
      ['.grype.yaml', grype, 5],
    ] as const) {
      const migration = migrate([{ name, text }], new Date('2026-11-22T12:00:00Z'), () => 'none');
      expect(Object.keys(migration.settings).length).toBeGreaterThanOrEqual(least);
      expect(said(migratedTexts(migration).settings ?? '')).toEqual({ schema: true, reader: true });
    }
  });

  it('takes every plimsoll.yaml of the documentation', () => {
    const sections = new Set(Object.keys(schema.properties));
    const pages = [
      'README.md',
      'README.ko.md',
      ...readdirSync(new URL('docs/', root))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ];
    const examples = pages.flatMap((page) =>
      [...textOf(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => {
        if (/^# (?!plimsoll\.yaml)\S+\.ya?ml/.test(text)) return [];
        const keys = Object.keys((parse(text) as object | null) ?? {});
        return keys.some((key) => sections.has(key)) ? [{ page, text }] : [];
      }),
    );
    expect(examples.map(({ page }) => page)).toEqual(
      expect.arrayContaining(['docs/settings.md', 'docs/exceptions.md', 'docs/secrets.md', 'docs/feeds.md']),
    );
    for (const { page, text } of examples) expect({ page, ...said(text) }).toEqual({ page, schema: true, reader: true });
  });

  it('is part of the package, and named where settings are explained', () => {
    expect(JSON.parse(textOf('package.json')).exports['./schema/settings.json']).toBe('./schema/settings.json');
    expect(textOf('docs/settings.md')).toContain('# yaml-language-server: $schema=node_modules/plimsoll/schema/settings.json');
  });
});
