import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT, run } from './workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const YAML = `id: PYSEC-2023-242
modified: "2023-10-12T02:55:32Z"
affected:
- package: {name: httpie, ecosystem: PyPI}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: "1.10"}]
`;

it('builds in threads of the bundled program what needs every reader, YAML among them', async () => {
  mkdirSync(join(folder, 'in', 'pypa'), { recursive: true });
  writeFileSync(join(folder, 'in', 'pypa', 'PYSEC-2023-242.yaml'), YAML);
  // From four megabytes on, threads are worth their start.
  const long = { id: 'PYSEC-2020-1', modified: '2020-01-01T00:00:00Z', withdrawn: '2020-01-02T00:00:00Z', details: 'x'.repeat(5e6) };
  writeFileSync(join(folder, 'in', 'pypa', 'long.jsonl'), `${JSON.stringify(long)}\n`);
  const { code, out, err } = await run(join(ROOT, 'plimsoll'), ['db', 'build', '--from', join(folder, 'in'), '--db', join(folder, 'db')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('1 records of 1 feeds');
}, 120_000);
