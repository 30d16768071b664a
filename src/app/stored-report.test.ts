import { describe, expect, it } from 'vitest';
import { assessedReport } from '../../testing/fixtures/assessed-report.ts';
import { fullReport } from '../../testing/fixtures/full-report.ts';
import { emptyReport, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../testing/reporter-contract.ts';
import type { Report } from '../model/index.ts';
import { json } from '../report/json/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { readStoredReports } from './stored-report.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const readOne = (from: Uint8Array): Report => readStoredReports(from, 'old.json').reports[0] as Report;
const read = (document: unknown): Report => readOne(bytes(JSON.stringify(document)));

/** The code and params that reading it fails with. */
function refusal(text: string | Uint8Array): object {
  try {
    readOne(typeof text === 'string' ? bytes(text) : text);
  } catch (error) {
    if (error instanceof PlimsollError) return { code: error.code, ...error.params };
    throw error;
  }
  return {};
}

describe('a report that was kept', () => {
  it.each<[string, Report]>([
    ['of everything', sampleReport()],
    ['of nothing', emptyReport()],
    ['with secrets and checks', assessedReport()],
    ['with every field of the model', fullReport],
  ])('is read as it was written: one %s', async (_, report) => {
    const text = await rendered(json, report);
    const again = await rendered(json, readOne(bytes(text)));
    expect(JSON.parse(again)).toEqual(JSON.parse(text));
  });

  it('of all platforms is read with those that failed', async () => {
    const error = new PlimsollError('blob-missing', { source: 'web', digest: 'sha256:1' });
    const digest = `sha256:${'0'.repeat(64)}` as const;
    const platforms = { reports: samplePlatforms('amd64', 'arm64'), failed: [{ digest, platform: 'linux/s390x', error }] };
    const text = await renderedPlatforms(json, platforms);
    const stored = readStoredReports(bytes(text), 'r.json');
    expect(stored).toMatchObject({ every: true, failed: [{ digest, platform: 'linux/s390x', error: { code: 'blob-missing' } }] });
    expect(JSON.parse(await renderedPlatforms(json, stored))).toEqual(JSON.parse(text));
    const newer = JSON.parse(text);
    newer.failed[0].code = 'of-a-newer-version';
    expect(readStoredReports(bytes(JSON.stringify(newer)), 'r.json').failed[0]?.error.params).toEqual({ detail: 'of-a-newer-version' });
  });

  it('is read where it has no field of a newer version, no display, or a byte order mark', () => {
    const { findings, inventory, ...rest } = sampleReport();
    const packages = inventory.packages.map(({ files: _never, ...each }) => each);
    const old = { ...rest, findings, inventory: { ...inventory, packages } };
    expect(read(old)).toEqual(old);
    expect(readOne(bytes(`\ufeff${JSON.stringify(old)}`))).toEqual(old);
  });

  it('loses what this version does not know, prototypes included', () => {
    const text = JSON.stringify(sampleReport())
      .replace('{', '{"fromTheFuture":{"a":1},"__proto__":{"polluted":true},')
      .replace('"id":"CVE-2023-44487"', '"id":"CVE-2023-44487","fromTheFuture":[]');
    const report = readOne(bytes(text));
    expect(JSON.stringify(report)).not.toMatch(/fromTheFuture|polluted/);
    expect('polluted' in report).toBe(false);
    expect(Object.getPrototypeOf(report)).toBe(Object.prototype);
  });

  it('says how many findings its filter left out', async () => {
    const text = await rendered(json, sampleReport(), { filter: { ignoreUnfixed: true } });
    expect(readStoredReports(bytes(text), 'r.json').hidden).toBe(2);
  });
});

describe('what is no report', () => {
  /** The sample report with another value at a path, or with none. */
  const broken = (path: string, value?: unknown): string => {
    const document: unknown = JSON.parse(JSON.stringify(sampleReport()));
    const names = path.split('/');
    const last = names.pop() ?? '';
    const holder = names.reduce((at, name) => (at as Record<string, unknown>)[name], document) as Record<string, unknown>;
    holder[last] = value;
    return JSON.stringify(document);
  };

  it.each<[string, string | Uint8Array, object]>([
    ['nothing', '', { at: '/', expected: 'JSON' }],
    ['half of one', JSON.stringify(sampleReport()).slice(0, 4000), { at: '/', expected: 'JSON' }],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), { at: '/', expected: 'JSON' }],
    ['a list', '[]', { at: '/', expected: 'type: object' }],
    ['null', 'null', { at: '/', expected: 'type: object' }],
    ['another program’s JSON', '{"SchemaVersion":2,"Results":[]}', { at: '/', expected: 'required: schemaVersion' }],
    ['reports that are none', '{"schemaVersion":1,"reports":{}}', { at: '/reports', expected: 'type: array' }],
    ['no reports', '{"schemaVersion":1,"reports":[]}', { at: '/reports', expected: 'minItems: 1' }],
    ['a report within that is none', '{"schemaVersion":1,"reports":[{}]}', { at: '/reports/0', expected: 'required: schemaVersion' }],
    [
      'a failure that is none',
      '{"schemaVersion":1,"reports":[{}],"failed":[{"digest":"x"}]}',
      { at: '/failed/0', expected: 'required: code' },
    ],
    ['one without findings', broken('findings'), { at: '/', expected: 'required: findings' }],
    [
      'a severity that is none',
      broken('findings/1/severity', 'HIGH'),
      { at: '/findings/1/severity', expected: 'enum: critical, high, medium, low, negligible, unknown' },
    ],
    [
      'a digest that is none',
      broken('inventory/layers/0/digest', '../../etc'),
      { at: '/inventory/layers/0/digest', expected: expect.stringMatching(/^pattern: \^sha/) },
    ],
    ['a probability that is none', broken('findings/0/epss/score', 7), { at: '/findings/0/epss/score', expected: 'maximum: 1' }],
    ['params that are objects', broken('warnings/0/params', { 'a/b': {} }), { at: '/warnings/0/params/a~1b', expected: 'anyOf' }],
  ])('is refused with the place: %s', (_, text, place) => {
    expect(refusal(text)).toEqual({ code: 'stored-report-malformed', path: 'old.json', ...place });
  });

  it('is refused where it is of another schema version', () => {
    const expected = { code: 'stored-report-version', path: 'old.json', version: '2' };
    expect(refusal(broken('schemaVersion', 2))).toEqual(expected);
    expect(refusal('{"schemaVersion":2,"reports":[]}')).toEqual(expected);
  });
});
