import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseExceptions } from '../../policy/exceptions/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type Added, addedTo } from './exceptions.ts';
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

  it('gives settings that plimsoll takes as they are, and of a list what there is', () => {
    const text = 'quiet: true\nscan: {scanners: [vuln, license], offline: true}\ndb: {skip-update: true}\nimage: {platform: linux/amd64}\n';
    const migration = of('trivy.yaml', text);
    expect(parse(migratedTexts(migration).settings ?? '')).toEqual({
      quiet: true,
      offline: true,
      scan: { scanners: ['vuln'], platform: 'linux/amd64' },
      database: { update: 'never' },
    });
    expect(migration.left).toEqual([{ file: 'trivy.yaml', line: 2, what: 'scan.scanners: license' }]);
  });

  it('writes each exception out, without anchors of YAML', () => {
    const text = 'vulnerabilities:\n  - id: CVE-1\n  - id: CVE-2\n';
    expect(migratedTexts(of('.trivyignore.yaml', text)).exceptions).not.toMatch(/[&*]a1/);
  });

  it.each([
    'package: {type: gem}',
    'package: {version: 1.2.3}',
    'package: {location: "/usr/**"}',
    'fix-state: wont-fix',
    'package: {language: python}',
  ])('gives of Grype what is read again: %s', (rule) => {
    const { exceptions = '' } = migratedTexts(of('.grype.yaml', `ignore:\n  - ${rule}\n`));
    expect(parseExceptions('plimsoll.exceptions.yaml', exceptions, { now }).rules).toHaveLength(1);
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

  it('gives what is ignored in .snyk, and names what cannot be told', () => {
    const text = "ignore:\n  CVE-1:\n    - '*': {reason: r, expires: '2027-01-01'}\n    - 'a > b': {}\n  SNYK-JS-A-1:\n    - '*': {}\n";
    const { exceptions, left } = of('.snyk', text);
    expect(exceptions).toEqual([{ id: 'CVE-1', reason: 'r', expires: '2026-12-31' }]);
    expect(left.map(({ what }) => what)).toEqual(['CVE-1: a > b', 'SNYK-JS-A-1']);
  });

  it('takes no file that it does not know', () => {
    expect(() => of('package.json', '{}')).toThrow(PlimsollError);
  });
});

describe('one exception more', () => {
  const textOf = (added: Added): string => (added.outcome === 'same' ? '' : added.text);
  const text = '# ours\nversion: 1\nexceptions:\n  - id: CVE-1 # soon gone\n    reason: r\n';
  const said = (run: () => unknown): string => {
    try {
      run();
      return 'nothing';
    } catch (error) {
      const { code, params } = error as PlimsollError;
      return [code, params.where, params.option, params.fields].filter((each) => each !== undefined).join(' ');
    }
  };

  it('leaves what people wrote as it is', () => {
    expect(textOf(addedTo('f', text, { id: 'CVE-2', reason: 's' }, { now }))).toBe(`${text}  - id: CVE-2\n    reason: s\n`);
  });

  it.each(['', '# nothing yet\n', 'version: 1\nexceptions:\n', 'version: 1\nexceptions: []\n', 'version: 1\n'])(
    'begins a file that holds none: %j',
    (text) => {
      const added = textOf(addedTo('f', text, { id: 'CVE-2', reason: 's' }, { now }));
      expect(parseExceptions('f', added, { now }).rules).toHaveLength(1);
    },
  );

  it('is not written twice: the same is the same, other words need to be asked for', () => {
    expect(addedTo('f', text, { id: 'cve-1', reason: 'r' }, { now })).toEqual({ outcome: 'same', where: 'f:4' });
    expect(said(() => addedTo('f', text, { id: 'CVE-1', reason: 'other', owner: 'web' }, { now }))).toBe(
      'exceptions-there f:4 reason, owner',
    );
    expect(addedTo('f', text, { id: 'CVE-1', reason: 'other', owner: 'web' }, { now, update: true })).toEqual({
      outcome: 'updated',
      where: 'f:4',
      fields: ['reason', 'owner'],
      text: '# ours\nversion: 1\nexceptions:\n  - id: CVE-1 # soon gone\n    reason: other\n    owner: web\n',
    });
  });

  it('is another where it is about something else', () => {
    for (const about of [{ package: 'a' }, { version: '<2' }, { path: 'a/**' }, { kind: 'secret' }, { image: 'a' }]) {
      expect(addedTo('f', text, { id: 'CVE-1', ...about, reason: 'r' }, { now }).outcome).toBe('added');
    }
  });

  it('is not written where it would not be read', () => {
    expect(said(() => addedTo('f', 'x: [', { id: 'CVE-2', reason: 's' }, { now }))).toMatch(/^exceptions-syntax f:/);
    expect(said(() => addedTo('.trivyignore', 'CVE-1\n', { id: 'CVE-2', reason: 's' }, { now }))).toBe('exceptions-foreign-file');
  });

  it('says which option is wrong or missing, not a line that is in no file', () => {
    expect(said(() => addedTo('f', '', { id: 'CVE-2' }, { now }))).toBe('exceptions-option --reason');
    expect(said(() => addedTo('f', '', { id: 'CVE-2', reason: 's' }, { now, require: ['owner'] }))).toBe('exceptions-option --owner');
    expect(said(() => addedTo('f', '', { id: 'CVE-2', reason: 's' }, { now, longestDays: 9 }))).toBe('exceptions-option --expires');
    const late = { id: 'CVE-2', reason: 's', expires: '2999-01-01' };
    expect(said(() => addedTo('f', '', late, { now, longestDays: 9 }))).toBe('exceptions-too-long --expires');
    expect(said(() => addedTo('f', '', { id: 'CVE-2', reason: 's', version: 'x..' }, { now }))).toBe('nothing');
    expect(said(() => addedTo('f', '', { id: 'CVE-2', reason: 's', version: '<' }, { now }))).toBe('exceptions-value --package-version');
  });
});
