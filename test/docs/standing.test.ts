import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-docs-standing-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const lodash = (version: string) => ({
  path: 'srv/node_modules/lodash/package.json',
  content: JSON.stringify({ name: 'lodash', version }),
});
const minimist = { path: 'srv/node_modules/minimist/package.json', content: JSON.stringify({ name: 'minimist', version: '1.2.0' }) };

beforeAll(async () => {
  const created = '2026-01-01T00:00:00Z';
  const platform = { os: 'linux', architecture: 'amd64' };
  for (const [name, files] of Object.entries({ older: [lodash('4.17.15')], image: [lodash('4.17.15'), minimist] })) {
    await writeLayout(join(work, name), [
      { image: buildImage({ platform, created, steps: [{ createdBy: 'COPY . .', files }] }), tag: 'latest' },
    ]);
  }
  writeFileSync(join(work, '.trivyignore'), '# an example\nCVE-2020-8203\n');
});

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** The lines of a page's shell blocks with the exit code that they say, 0 where they say none. */
function commands(text: string): readonly (readonly [line: string, code: number])[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => [line.replace(/\s+#.*/, ''), Number(/# exit (\d)/.exec(line)?.[1] ?? 0)] as const);
}

function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

const env = { PLIMSOLL_DB: 'starter', PLIMSOLL_OFFLINE: '1', PLIMSOLL_LANG: 'en', PLIMSOLL_PLATFORM: 'linux/amd64' };

describe('docs/exceptions.md', () => {
  const text = page('exceptions.md');
  const cwd = join(work, 'exceptions');
  beforeAll(() => {
    mkdirSync(cwd);
    const file = /^```yaml\n(# plimsoll\.exceptions\.yaml\n[\s\S]*?)^```$/m.exec(text)?.[1] ?? '';
    writeFileSync(join(cwd, 'plimsoll.exceptions.yaml'), file);
    writeFileSync(join(cwd, '.trivyignore'), '# an example\nCVE-2020-8203\n');
  });

  it.each(commands(text))('%s', async (line, expected) => {
    const { code, err } = await cli(words(line.replace('oci:', `oci:${work}/`)), { cwd, env });
    expect({ code, err: code === expected ? '' : err }).toEqual({ code: expected, err: '' });
  });

  it('shows a file that accepts what it says', async () => {
    const { out } = await cli(['scan', `oci:${work}/image`, '-f', 'json', '--exceptions', 'plimsoll.exceptions.yaml'], { cwd, env });
    const { findings } = JSON.parse(out) as { findings: { id: string; suppressed?: { reason: string; exception: object } }[] };
    expect(findings.find(({ id }) => id === 'CVE-2021-23337')?.suppressed).toEqual({
      by: 'exception',
      reason: 'template() is not called with input of users',
      exception: {
        file: 'plimsoll.exceptions.yaml',
        line: 4,
        owner: 'web',
        approver: 'security',
        ticket: 'SHOP-123',
        expires: '2030-12-31',
      },
    });
  });

  it('shows settings that a team may make, and that its own example breaks', async () => {
    writeFileSync(join(cwd, 'plimsoll.yaml'), /^```yaml\n(# plimsoll\.yaml\n[\s\S]*?)^```$/m.exec(text)?.[1] ?? '');
    const { code, err } = await cli(['exceptions', 'list'], { cwd, env });
    expect([code, err]).toEqual([2, expect.stringContaining('exceptions-too-long')]);
  });
});

describe('docs/baselines.md', () => {
  const text = page('baselines.md');
  const cwd = join(work, 'baselines');
  beforeAll(() => void mkdirSync(cwd));

  it.each(commands(text).map(([line]) => [line]))('%s', async (line) => {
    const { code, err } = await cli(words(line.replaceAll('oci:', `oci:${work}/`)), { cwd, env });
    // Against the older image minimist is new; against itself nothing is.
    const expected = line.includes('oci:older') ? 1 : 0;
    expect({ code, err: code === expected ? '' : err }).toEqual({ code: expected, err: '' });
  });

  it('shows the line that a table ends in', async () => {
    const { out } = await cli(['scan', `oci:${work}/image`, '--baseline', `oci:${work}/older`], { cwd, env });
    const shape = (line: string) =>
      line
        .trim()
        .replace(/\d+/g, 'N')
        .replace(/^Against \S+:/, 'Against:');
    expect(out.split('\n').map(shape)).toContain(shape(/^ {4}(Against .*)$/m.exec(text)?.[1] ?? ''));
    expect(out).toMatch(/CRITICAL NEW|HIGH NEW|MEDIUM NEW/);
  });
});
