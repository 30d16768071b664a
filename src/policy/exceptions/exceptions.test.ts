import { describe, expect, it } from 'vitest';
import { check, secret } from '../../../testing/fixtures/assessed-report.ts';
import type { Finding, LayerRef } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type ApplyContext, applying } from './apply.ts';
import { parseExceptions } from './index.ts';
import { isForImage } from './match.ts';
import type { AnyFinding, Demands } from './types.ts';

const now = new Date('2026-11-22T12:00:00Z');
const layer = (index: number): LayerRef => ({ index, digest: `sha256:${String(index).repeat(64)}` });

function flaw(more: Partial<Finding> = {}): Finding {
  return {
    kind: 'vulnerability',
    id: 'CVE-2024-1',
    aliases: ['GHSA-aaaa-bbbb-cccc'],
    advisories: [{ id: 'DSA-5555-1', feed: 'debian' }],
    verdict: 'affected',
    package: {
      type: 'deb',
      class: 'os',
      name: 'libssl3',
      version: '3.0.11-1',
      purl: 'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64',
      source: { name: 'openssl', version: '3.0.11-1' },
    },
    locations: [{ path: 'var/lib/dpkg/status', layer: layer(0), packageId: 'a', fingerprint: '0'.repeat(64) }],
    fingerprint: '0'.repeat(64),
    fix: { state: 'will-not-fix', versions: [] },
    severity: 'medium',
    severities: [],
    cvss: [],
    evidence: [],
    ...more,
  };
}

const npm = (path: string, index = 1): Finding =>
  flaw({
    id: 'CVE-2024-2',
    package: { type: 'npm', class: 'library', name: '@scope/thing', version: '1.10.0', purl: 'pkg:npm/%40scope/thing@1.10.0' },
    locations: [{ path, layer: layer(index), packageId: 'b', fingerprint: '1'.repeat(64) }],
    fix: { state: 'fixed', versions: ['2.0.0'] },
  });

/** Orders by the numbers in them; undefined where there is a letter, as if it were no version. */
function compareVersions(_type: string, a: string, b: string): number | undefined {
  if (/[a-z]/.test(a + b)) return undefined;
  return a.localeCompare(b, 'en', { numeric: true });
}

function outcome(
  text: string,
  findings: readonly AnyFinding[],
  { file = 'plimsoll.exceptions.yaml', ...more }: Partial<ApplyContext & { file: string }> = {},
  demands: Partial<Demands> = {},
) {
  const applied = applying([parseExceptions(file, text, { now, ...demands })], {
    target: { name: 'shop:1', repository: 'registry.example/shop/web', tags: ['registry.example/shop/web:1'] },
    now,
    warnDays: 14,
    looked: new Set(['vulnerability', 'secret', 'misconfiguration']),
    compareVersions,
    ...more,
  });
  const suppressed = findings.map((finding) => applied.suppress(finding).suppressed);
  return { suppressed, ...applied.report() };
}

const one = (fields: string): string => `exceptions:\n  - reason: because\n${fields.replace(/^/gm, '    ')}\n`;
const suppresses = (fields: string, finding: AnyFinding, more: Partial<ApplyContext> = {}): boolean =>
  outcome(one(fields), [finding], more).suppressed[0] !== undefined;

describe('an exception', () => {
  it.each<[string, AnyFinding, boolean]>([
    ['id: CVE-2024-1', flaw(), true],
    ['id: cve-2024-1', flaw(), true],
    ['id: GHSA-aaaa-bbbb-cccc', flaw(), true],
    ['id: DSA-5555-1', flaw(), true],
    ['id: CVE-2024-*', flaw(), true],
    ['id: CVE-2024-10', flaw(), false],
    ['id: [CVE-1-1, CVE-2024-1]', flaw(), true],
    ['id: DL3002', check(), true],
    ['id: dockerfile/made-up', check(), true],
    ['id: AVD-DS-0002', check({ aliases: ['DS-0002'] }), true],
    ['id: DS002', check({ aliases: ['DS-0002'] }), true],
    ['id: aws-access-key-id', secret(), true],
    ['package: libssl3', flaw(), true],
    ['package: libssl*', flaw(), true],
    ['package: openssl', flaw(), false],
    ['source: openssl', flaw(), true],
    ["package: '@scope/*'", npm('a'), true],
    ['package: pkg:deb/debian/libssl3', flaw(), true],
    ['package: pkg:deb/debian/libssl3@3.0.11-1', flaw(), true],
    ['package: pkg:deb/debian/libssl3@3.0.11-2', flaw(), false],
    ['package: pkg:deb/debian/libssl3?arch=arm64', flaw(), false],
    ['package: pkg:deb/ubuntu/libssl3', flaw(), false],
    ["package: 'pkg:npm/@scope/*'", npm('a'), true],
    ['package: libssl3', secret(), false],
    ['id: CVE-2024-1\ntype: deb', flaw(), true],
    ['id: CVE-2024-1\ntype: npm', flaw(), false],
    ['id: CVE-2024-2\nversion: <1.9', npm('a'), false],
    ['id: CVE-2024-2\nversion: 1.10.0', npm('a'), true],
    ['id: CVE-2024-2\nversion: 1.10', npm('a'), false],
    ['id: CVE-2024-2\nversion: ">=1.2 <2"', npm('a'), true],
    ['id: CVE-2024-2\nversion: ">= 1.2, < 1.5 || = 1.10.0"', npm('a'), true],
    ['path: srv/app/**', npm('srv/app/node_modules/x/package.json'), true],
    ['path: /srv/app/**', npm('srv/app/x'), true],
    ['path: srv/*/package.json', npm('srv/a/b/package.json'), false],
    ['path: "**/package.json"', npm('package.json'), true],
    ['path: "srv/{a,b}/[x-z].json"', npm('srv/b/y.json'), true],
    ['path: "srv/{a,b}/[!x-z].json"', npm('srv/b/y.json'), false],
    ['layer: 1', npm('a', 1), true],
    ['layer: 1', npm('a', 2), false],
    ['layer: sha256:111111111111', npm('a', 1), true],
    ['fix-state: will-not-fix', flaw(), true],
    ['fix-state: none', flaw(), true],
    ['fix-state: none', npm('a'), false],
    ['fix-state: none', secret(), false],
    ['max-severity: medium', flaw(), true],
    ['max-severity: low', flaw(), false],
    ['max-severity: low', flaw({ severity: 'unknown' }), false],
    ['max-severity: high', flaw({ severity: 'low', kind: 'malware' }), false],
    ['id: CVE-2024-1\nkind: [secret, misconfiguration]', flaw(), false],
    ['id: CVE-2024-1\nimage: registry.example/shop/*', flaw(), true],
    ['id: CVE-2024-1\nimage: registry.example/shop/api', flaw(), false],
  ])('with %j for %o: %s', (fields, finding, expected) => {
    expect(suppresses(fields, finding)).toBe(expected);
  });

  it('says in the finding what accepted it, until when, and where that is written', () => {
    const text = one('id: CVE-2024-1\nowner: web\napprover: sec\nticket: T-1\nexpires: 2027-01-31');
    expect(outcome(text, [flaw()])).toEqual({
      suppressed: [
        {
          by: 'exception',
          reason: 'because',
          exception: { file: 'plimsoll.exceptions.yaml', line: 2, owner: 'web', approver: 'sec', ticket: 'T-1', expires: '2027-01-31' },
        },
      ],
      exceptions: { files: [{ file: 'plimsoll.exceptions.yaml', format: 'plimsoll', rules: 1, applied: 1, suppressed: 1 }] },
      warnings: [],
    });
  });

  it('is counted as applied where it is in force and needed', () => {
    const text = `${one('id: CVE-2024-1')}  - reason: ended\n    id: CVE-2024-1\n    expires: 2020-01-31\n  - reason: not here\n    id: CVE-1999-1\n`;
    expect(outcome(text, [flaw()]).exceptions?.files).toMatchObject([{ rules: 3, applied: 1, suppressed: 1 }]);
  });

  it('for the base image needs to know it', () => {
    const base = { layers: 1, evidence: 'annotation', confidence: 'high' } as const;
    expect(suppresses('layer: base', flaw(), { base })).toBe(true);
    expect(suppresses('layer: own', flaw(), { base })).toBe(false);
    expect(suppresses('layer: own', npm('a'), { base })).toBe(true);
    const { suppressed, warnings } = outcome(one('layer: base'), [flaw()]);
    expect(suppressed).toEqual([undefined]);
    expect(warnings.map(({ code }) => code)).toEqual(['exceptions-base-unknown']);
  });

  it('has to cover every place of a finding', () => {
    const both = { ...npm('srv/a/x'), locations: [...npm('srv/a/x').locations, ...npm('opt/x').locations] };
    const { suppressed, warnings } = outcome(one('path: srv/**'), [both]);
    expect(suppressed).toEqual([undefined]);
    expect(warnings).toEqual([{ code: 'exceptions-partly', params: { count: 1, list: 'CVE-2024-2 (plimsoll.exceptions.yaml:2)' } }]);
    expect(outcome(`${one('path: srv/**')}  - reason: other\n    path: opt/**\n`, [both]).suppressed[0]).toMatchObject({
      reason: 'because',
    });
  });

  it('does not match a version that cannot be compared, and says so', () => {
    const odd = npm('a');
    const { suppressed, warnings } = outcome(one('id: CVE-2024-2\nversion: <2.x'), [odd]);
    expect(suppressed).toEqual([undefined]);
    expect(warnings.map(({ code }) => code)).toEqual(['exceptions-version-undecided']);
  });

  it('leaves alone what is suppressed already, or does not apply, and is of use all the same', () => {
    const settled = flaw({ suppressed: { by: 'origin' } });
    expect(outcome(one('id: CVE-2024-1'), [settled])).toMatchObject({ suppressed: [{ by: 'origin' }], warnings: [] });
    expect(outcome(one('id: CVE-2024-1'), [flaw({ verdict: 'not-applicable' })])).toMatchObject({ suppressed: [undefined], warnings: [] });
  });

  it.each([
    ['registry.example/shop/web', true],
    ['registry.example/**', true],
    ['registry.example/*', false],
    ['registry.example/shop/web:1', true],
    ['registry.example/shop/web:2', false],
    ['shop', true],
    ['shop:1', true],
  ])('for images %s: %s', (glob, expected) => {
    const target = { name: 'shop:1', repository: 'registry.example/shop/web', tags: ['registry.example/shop/web:1'] };
    expect(isForImage({ images: [glob] }, target)).toBe(expected);
  });

  it('names images of Docker Hub as people do', () => {
    const target = { name: 'alpine:3.20', repository: 'docker.io/library/alpine', tags: ['alpine:3.20'] };
    expect(isForImage({ images: ['alpine:3.*'] }, target)).toBe(true);
    expect(isForImage({ images: ['debian'] }, target)).toBe(false);
  });
});

describe('the end of an exception', () => {
  const until = (expires: string, at: string) =>
    outcome(one(`id: CVE-2024-1\nexpires: ${expires}\nowner: web`), [flaw()], { now: new Date(at) });

  it('is the end of its last day, UTC', () => {
    expect(until('2026-12-31', '2026-12-31T23:59:59.999Z').suppressed[0]).toBeDefined();
    expect(until('2026-12-31', '2027-01-01T00:00:00Z').suppressed[0]).toBeUndefined();
  });

  it('is told ahead, and afterwards', () => {
    expect(until('2026-12-31', '2026-12-16T23:00:00Z').warnings).toEqual([]);
    expect(until('2026-12-31', '2026-12-17T00:00:00Z').warnings).toEqual([
      { code: 'exceptions-end-soon', params: { days: 14, count: 1, list: 'CVE-2024-1 (plimsoll.exceptions.yaml:2, 2026-12-31, web)' } },
    ]);
    expect(until('2026-12-31', '2027-01-01T00:00:00Z').warnings).toEqual([
      { code: 'exceptions-expired', params: { count: 1, list: 'CVE-2024-1 (plimsoll.exceptions.yaml:2, 2026-12-31, web)' } },
    ]);
  });

  it.each([
    ['for ever', '', 0],
    ['for longer', ', expires: 2027-06-30', 0],
    ['no longer either', ', expires: 2026-12-30', 2],
  ])('is not said to count again what another covers: %s', (_, ends, count) => {
    const ending = one('id: CVE-2024-1\nexpires: 2026-12-31');
    const other = `  - {id: GHSA-aaaa-bbbb-cccc, reason: r${ends}}\n`;
    const { warnings, suppressed } = outcome(`${ending}${other}`, [flaw()], { now: new Date('2026-12-20T00:00:00Z') });
    expect(suppressed).toEqual([expect.anything()]);
    expect(warnings.map(({ params }) => params.count ?? 0)).toEqual(count === 0 ? [] : [count]);
  });
});

describe('what nothing needs', () => {
  it('is told, but for other images and for what was not looked for', () => {
    const text = `${one('id: CVE-1999-1')}  - {id: CVE-1999-2, image: other, reason: r}\n  - {id: dockerfile/x, reason: r}\n`;
    const { warnings } = outcome(text, [flaw()], { looked: new Set(['vulnerability']) });
    expect(warnings).toEqual([{ code: 'exceptions-unused', params: { count: 1, list: 'CVE-1999-1 (plimsoll.exceptions.yaml:2)' } }]);
  });
});

describe('a malformed file', () => {
  it.each<[string, string, string, Partial<Demands>?]>([
    ['exceptions-syntax', 'f:2:', 'exceptions:\n  - {id: [}\n'],
    ['exceptions-syntax', 'f:2:', 'exceptions: []\nexceptions: []\n'],
    ['exceptions-value', 'f:1:1', '- id: CVE-1'],
    ['exceptions-value', 'f:1:10', 'version: 2'],
    ['exceptions-value', 'f:1:13', 'exceptions: {id: x}'],
    ['exceptions-value', 'f:2:5', 'exceptions:\n  - CVE-2024-1'],
    ['exceptions-unknown-key', 'f:1:1', 'ignore: []'],
    ['exceptions-unknown-key', 'f:4:5', one('id: x\nexpiers: 2027-01-01')],
    ['exceptions-missing', 'f:2:5', 'exceptions:\n  - id: x'],
    ['exceptions-missing', 'f:2:5', 'exceptions:\n  - {id: x, reason: }'],
    ['exceptions-empty', 'f:2:5', one('kind: secret\nimage: x')],
    ['exceptions-empty', 'f:2:5', one('version: "<1"')],
    ['exceptions-value', 'f:4:', one('id: x\nexpires: 2027-02-30')],
    ['exceptions-value', 'f:4:', one('id: x\nexpires: tomorrow')],
    ['exceptions-value', 'f:4:', one('id: x\nversion: "about 3 >"')],
    ['exceptions-value', 'f:3:', one('path: "{a,b"')],
    ['exceptions-value', 'f:3:', one(`path: "${'*a'.repeat(20)}"`)],
    ['exceptions-value', 'f:3:', one('package: "pkg:npm/"')],
    ['exceptions-value', 'f:3:', one('package: "pkg:lodash"')],
    ['exceptions-value', 'f:3:', one('layer: mine')],
    ['exceptions-value', 'f:3:', one('fix-state: soon')],
    ['exceptions-value', 'f:3:', one('max-severity: bad')],
    ['exceptions-value', 'f:4:', one('id: x\nkind: flaw')],
    ['exceptions-value', 'f:3:', one('id: {a: b}')],
    ['exceptions-value', 'f:4:', one('id: x\nowner: [a, b]')],
    [
      'exceptions-syntax',
      'f:',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`}, `.repeat(9)}]`).join('\n')}`,
    ],
    ['exceptions-missing', 'f:2', one('id: x'), { require: ['owner'] }],
    ['exceptions-missing', 'f:2', one('id: x'), { longestDays: 30 }],
    ['exceptions-too-long', 'f:2', one('id: x\nexpires: 2027-03-01'), { longestDays: 30 }],
  ])('is %s at %s', (code, where, text, demands = {}) => {
    let thrown: unknown;
    try {
      parseExceptions('f', text, { now, ...demands });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PlimsollError);
    const { code: actual, params, exitCode } = thrown as PlimsollError;
    expect([actual, exitCode]).toEqual([code, 2]);
    expect(String(params.where)).toMatch(new RegExp(`^${where}`));
  });

  it('is nothing where the file is empty, or holds nothing yet', () => {
    for (const text of ['', '# later\n', 'version: 1\nexceptions:\n', 'exceptions: []'])
      expect(parseExceptions('f', text, { now }).rules).toEqual([]);
  });
});
