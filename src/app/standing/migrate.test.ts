import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseExceptions } from '../../policy/exceptions/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { addedTo } from './exceptions.ts';
import { migrate, migratedTexts } from './migrate.ts';

const now = new Date('2026-11-22T12:00:00Z');
const of = (name: string, text: string) => migrate([{ name, text }], now, (file, line) => `none in ${file}:${line}`);

describe('a conversion', () => {
  it('gives exceptions that are read again as they were', () => {
    const text = '# trusted\nCVE-2024-1 exp:2027-01-01\naws-access-key-id\n';
    const { exceptions = '' } = migratedTexts(of('.trivyignore', text));
    const strip = (rules: readonly object[]) => rules.map((rule) => ({ ...rule, file: '', line: 0 }));
    const read = parseExceptions('plimsoll.exceptions.yaml', exceptions, { now }).rules;
    expect(strip(read)).toEqual([
      { file: '', line: 0, ids: ['CVE-2024-1'], reason: 'trusted', expires: '2026-12-31' },
      { file: '', line: 0, ids: ['aws-access-key-id'], reason: 'trusted' },
    ]);
  });

  it('gives settings of trivy.yaml, with its gate, and says what it cannot give', () => {
    const text = [
      'severity: HIGH,CRITICAL',
      'exit-code: 1',
      'timeout: 5m',
      'format: json',
      'scan: {scanners: [vuln, misconfig], skip-dirs: [x]}',
      'vulnerability: {ignore-unfixed: true}',
      'pkg: {types: [os]}',
    ].join('\n');
    const migration = of('trivy.yaml', text);
    expect(migration.settings).toEqual({
      'scan.severity': ['high', 'critical'],
      'scan.fail-on': 'high',
      'scan.format': 'trivy',
      'scan.scanners': ['vuln', 'config'],
      'scan.ignore-unfixed': true,
      'scan.type': ['os'],
    });
    expect(migration.left).toEqual([
      { file: 'trivy.yaml', line: 3, what: 'timeout' },
      { file: 'trivy.yaml', line: 5, what: 'scan.skip-dirs' },
    ]);
    expect(parse(migratedTexts(migration).settings ?? '').scan['fail-on']).toBe('high');
  });

  it('gives both of .grype.yaml, names as globs where they can be, and says which cannot', () => {
    const text = [
      'fail-on-severity: medium',
      'only-fixed: true',
      'search: {scope: all-layers}',
      'ignore:',
      '  - package: {name: "linux-.*-headers", version: 1.2}',
      '  - package: {name: "a|b"}',
      '  - vulnerability: CVE-2',
      '    match-type: x',
    ].join('\n');
    const { exceptions, settings, left } = of('.grype.yaml', text);
    expect(exceptions).toEqual([
      { package: 'linux-**-headers', version: '=1.2', kind: ['vulnerability', 'malware'], reason: 'none in .grype.yaml:5' },
    ]);
    expect(settings).toEqual({ 'scan.fail-on': 'medium', 'scan.ignore-unfixed': true });
    expect(left.map(({ line, what }) => `${line} ${what}`)).toEqual(['7 match-type', '6 ^(?:a|b)$', '3 search.scope']);
  });

  it('takes no file that it does not know', () => {
    expect(() => of('package.json', '{}')).toThrow(PlimsollError);
  });
});

describe('one exception more', () => {
  it('leaves what people wrote as it is', () => {
    const text = '# ours\nversion: 1\nexceptions:\n  - id: CVE-1 # soon gone\n    reason: r\n';
    expect(addedTo('f', text, { id: 'CVE-2', reason: 's' }, { now })).toBe(`${text}  - id: CVE-2\n    reason: s\n`);
  });

  it.each(['', '# nothing yet\n', 'version: 1\nexceptions:\n', 'version: 1\nexceptions: []\n', 'version: 1\n'])(
    'begins a file that holds none: %j',
    (text) => {
      expect(parseExceptions('f', addedTo('f', text, { id: 'CVE-2', reason: 's' }, { now }), { now }).rules).toHaveLength(1);
    },
  );

  it('is not written where it would not be read', () => {
    expect(() => addedTo('f', '', { id: 'CVE-2' }, { now })).toThrow(PlimsollError);
    expect(() => addedTo('f', 'x: [', { id: 'CVE-2', reason: 's' }, { now })).toThrow(PlimsollError);
  });
});
