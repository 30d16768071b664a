import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PlimsollError } from '../../util/errors.ts';
import { parseExceptions } from './index.ts';
import { EXCEPTION_KEYS, FIX_STATES } from './parse-own.ts';
import { EXCEPTION_KINDS } from './types.ts';

const now = new Date('2026-11-22T12:00:00Z');
const rules = (file: string, text: string) => parseExceptions(file, text, { now }).rules.map(({ file: _file, ...rest }) => rest);
const left = (file: string, text: string) => parseExceptions(file, text, { now }).left;

describe('.trivyignore', () => {
  it('is ids, with the first day that they do not count any more', () => {
    const text = '# Accept the risk\nCVE-2018-14618\n\nCVE-2019-14697 exp:2023-01-01\r\n  aws-account-id  some words\n';
    expect(rules('.trivyignore', text)).toEqual([
      { line: 2, ids: ['CVE-2018-14618'], reason: 'Accept the risk' },
      { line: 4, ids: ['CVE-2019-14697'], expires: '2022-12-31' },
      { line: 5, ids: ['aws-account-id'] },
    ]);
  });

  it('is refused where a date is none, which Trivy passes over', () => {
    expect(() => rules('.trivyignore', 'CVE-1 exp:2023-13-01')).toThrow(
      new PlimsollError('exceptions-value', { where: '.trivyignore:1:7', key: 'exp', value: '2023-13-01', expected: 'YYYY-MM-DD' }).message,
    );
  });
});

describe('.trivyignore.yaml', () => {
  it('is read with paths, package URLs, statements and dates, by kind', () => {
    const text = [
      'vulnerabilities:',
      '  - id: CVE-2023-3817',
      '    purls: [pkg:deb/debian/libssl1.1]',
      '    paths: [usr/local/**]',
      '    statement: not reachable',
      '    expired_at: 2023-09-01',
      'misconfigurations:',
      '  - id: AVD-DS-0002',
      'secrets:',
      '  - {id: aws-access-key-id, paths: [foo/bar]}',
      'licenses:',
      '  - id: GPL-3.0',
    ].join('\n');
    expect(rules('.trivyignore.yaml', text)).toEqual([
      {
        line: 2,
        ids: ['CVE-2023-3817'],
        kinds: ['vulnerability', 'malware', 'end-of-life'],
        paths: ['usr/local/**'],
        packages: ['pkg:deb/debian/libssl1.1'],
        reason: 'not reachable',
        expires: '2023-08-31',
      },
      { line: 8, ids: ['AVD-DS-0002'], kinds: ['misconfiguration'] },
      { line: 10, ids: ['aws-access-key-id'], kinds: ['secret'], paths: ['foo/bar'] },
    ]);
    expect(left('.trivyignore.yaml', text)).toEqual([{ line: 12, what: 'licenses' }]);
  });

  it.each([
    '- id: x',
    'vulnerabilities: {id: x}',
    'vulnerabilities: [{paths: [a]}]',
    'vulnerabilities: [{id: x, purls: [libssl]}]',
    'vulnerabilities: [{id: x, expired_at: soon}]',
  ])('is refused: %s', (text) => {
    expect(() => rules('.trivyignore.yaml', text)).toThrow(PlimsollError);
  });
});

describe('.grype.yaml', () => {
  it('is its ignore rules, of which all conditions hold', () => {
    const text = [
      'fail-on-severity: high',
      'ignore:',
      '  - vulnerability: CVE-2008-4318',
      '    include-aliases: true',
      '    fix-state: wont-fix',
      '    reason: not ours',
      '    package: {name: libcurl, version: 1.5.1, type: npm, location: "/usr/local/lib/node_modules/**"}',
      '  - package: {type: gem}',
      '  - package: {name: "linux-(.*)-headers", language: python}',
    ].join('\n');
    expect(rules('.grype.yaml', text)).toEqual([
      {
        line: 3,
        ids: ['CVE-2008-4318'],
        packages: ['libcurl'],
        exactVersions: ['1.5.1'],
        types: ['npm'],
        paths: ['usr/local/lib/node_modules/**'],
        fixStates: ['will-not-fix', 'end-of-life'],
        kinds: ['vulnerability', 'malware'],
        reason: 'not ours',
      },
      { line: 8, types: ['gem'], kinds: ['vulnerability', 'malware'] },
      { line: 9, packageExpressions: [/^(?:linux-(.*)-headers)$/], types: ['pypi'], kinds: ['vulnerability', 'malware'] },
    ]);
  });

  it.each([
    ['match-type', '{vulnerability: CVE-1, match-type: exact-direct-match}'],
    ['namespace', '{vulnerability: CVE-1, namespace: "debian:distro:debian:12"}'],
    ['vex-status', '{vulnerability: CVE-1, vex-status: not_affected}'],
    ['fix-state: unknown', '{fix-state: unknown}'],
    ['type: wordpress-plugin', '{package: {type: wordpress-plugin}}'],
    ['{}', '{reason: none}'],
  ])('leaves out a rule with %s, which would ignore more without it', (what, rule) => {
    expect(rules('.grype.yaml', `ignore: [${rule}]`)).toEqual([]);
    expect(left('.grype.yaml', `ignore: [${rule}]`)).toEqual([{ line: 1, what }]);
  });

  it.each([
    '[]',
    'ignore: {a: b}',
    'ignore: [{package: curl}]',
    'ignore: [{package: {name: "a("}}]',
    `ignore: [{package: {name: "${'(a+)+'.repeat(50)}"}}]`,
  ])('is refused: %s', (text) => {
    expect(() => rules('.grype.yaml', text)).toThrow(PlimsollError);
  });
});

describe('.snyk', () => {
  it('is read with packages, reasons and moments', () => {
    const text = [
      '# a policy',
      'version: v1.25.0',
      'ignore:',
      '  CVE-2024-1:',
      "    - '*':",
      '        reason: not reachable',
      "        expires: '2027-01-01T00:00:00.000Z'",
      "        created: '2026-01-01T00:00:00.000Z'",
      "    - '* > lodash@4.17.15':",
      '        expires: 2027-01-31T14:30:04.137Z',
      '  GHSA-aaaa-bbbb-cccc:',
      "    - 'curl/libcurl4': {disregardIfFixable: true}",
      "    - '@babel/traverse@*': {expires: '2027-01-31T23:59:59Z'}",
      '      github.com/a/b:',
      '  CVE-2024-2:',
      'patch: {}',
    ].join('\n');
    expect(rules('.snyk', text)).toEqual([
      { line: 6, ids: ['CVE-2024-1'], reason: 'not reachable', expires: '2026-12-31' },
      { line: 10, ids: ['CVE-2024-1'], packages: ['lodash'], exactVersions: ['4.17.15'], expires: '2027-01-30' },
      {
        line: 12,
        ids: ['GHSA-aaaa-bbbb-cccc'],
        packages: ['curl/libcurl4', 'libcurl4'],
        fixStates: ['affected', 'will-not-fix', 'fix-deferred', 'end-of-life', 'under-investigation'],
      },
      { line: 13, ids: ['GHSA-aaaa-bbbb-cccc'], packages: ['@babel/traverse'], expires: '2027-01-31' },
      { line: 14, ids: ['GHSA-aaaa-bbbb-cccc'], packages: ['github.com/a/b'] },
    ]);
    expect(left('.snyk', text)).toEqual([]);
  });

  it.each([
    ["Snyk's own ids", 'ignore: {SNYK-JS-LODASH-1: [{"*": {}}]}', 'SNYK-JS-LODASH-1'],
    ["Snyk's older ids", 'ignore: {"npm:ms:20151024": [{"*": {}}]}', 'npm:ms:20151024'],
    ['how a package came here', 'ignore: {CVE-1: [{"express > qs": {}}]}', 'CVE-1: express > qs'],
    ['ranges of versions', 'ignore: {CVE-1: [{"qs@<6": {}}]}', 'CVE-1: qs@<6'],
    ['ranges of versions, in letters', 'ignore: {CVE-1: [{"qs@2.x": {}}]}', 'CVE-1: qs@2.x'],
    ['patches', 'patch: {"npm:ms:20151024": [{ms: {patched: "2016-01-01"}}]}', 'patch'],
    ['files', 'exclude: {global: [a]}', 'exclude'],
  ])('leaves out %s, which cannot be told here', (_what, text, what) => {
    expect(rules('.snyk', text)).toEqual([]);
    expect(left('.snyk', text)).toEqual([{ line: 1, what }]);
  });

  it.each([
    '[]',
    'ignore: [a]',
    'ignore: {CVE-1: {path: [a]}}',
    'ignore: {CVE-1: [a]}',
    'ignore: {CVE-1: [{"*": never}]}',
    'ignore: {CVE-1: [{"*": {expires: "soon"}}]}',
    'ignore: {CVE-1: [{"*": {expires: "2027-02-30"}}]}',
  ])('is refused: %s', (text) => {
    expect(() => rules('.snyk', text)).toThrow(PlimsollError);
  });
});

describe('schema/exceptions.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../schema/exceptions.json', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it('has the keys and words that are read', () => {
    expect(Object.keys(schema.$defs.exception.properties)).toEqual([...EXCEPTION_KEYS]);
    expect(schema.$defs.fixState.enum).toEqual([...FIX_STATES]);
    expect(schema.$defs.kind.enum).toEqual([...EXCEPTION_KINDS]);
  });

  it.each<[boolean, string]>([
    [true, '{version: 1, exceptions: [{id: CVE-1, reason: r, expires: "2027-01-01", layer: [base, 0], path: a/**}]}'],
    [true, '{exceptions: [{package: [a, b], version: ">1", fix-state: none, reason: r, image: x}]}'],
    [false, '{exceptions: [{id: CVE-1}]}'],
    [false, '{exceptions: [{kind: secret, reason: r}]}'],
    [false, '{exceptions: [{id: CVE-1, reason: r, expiers: "2027-01-01"}]}'],
    [false, '{exceptions: [{id: CVE-1, reason: r, fix-state: soon}]}'],
    [false, '{version: 2}'],
  ])('says %s of %s, as the reader does', (sound, text) => {
    expect(validate(parse(text))).toBe(sound);
    const read = () => rules('plimsoll.exceptions.yaml', text);
    if (sound) expect(read()).toHaveLength(1);
    else expect(read).toThrow(PlimsollError);
  });
});
