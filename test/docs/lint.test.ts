import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8');
const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-docs-'));
afterAll(() => rmSync(cwd, { recursive: true }));

/** The n-th fence of a heading's section. */
function fence(heading: string, n: number): string {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)][n]?.[1] ?? '';
}

describe('docs/lint.md', () => {
  it('shows what the command prints', async () => {
    const line = /--run '([^']+)'/.exec(page)?.[1] ?? '';
    const { out } = await cli(['lint', '--run', line], { cwd });
    expect(out).toContain(fence('What it prints', 0).replace(':15 ', `:${line.indexOf('--no-new') + 1} `));
    expect(line.indexOf('--no-new') + 1).toBe(15);
  });

  it('shows ignores that work', async () => {
    writeFileSync(join(cwd, 'compose.yaml'), fence('Ignoring a finding', 0));
    const { out, code } = await cli(['lint', 'compose.yaml', '--require-reason', '-f', 'json'], { cwd });
    const { findings } = JSON.parse(out) as { findings: { id: string; suppressed?: { reason: string } }[] };
    const ignored = findings.filter(({ suppressed }) => suppressed).map(({ id, suppressed }) => `${id}: ${suppressed?.reason}`);
    expect(ignored).toEqual([
      "compose/privileged: measures the host's network",
      "compose/host-network: measures the host's network",
      'compose/image-without-digest: pinned by the pipeline',
    ]);
    expect(code).toBe(0);
  });

  it('shows rules of your own that work', async () => {
    writeFileSync(join(cwd, 'team-rules.yaml'), fence('Rules of your own', 0));
    writeFileSync(join(cwd, 'compose.yaml'), fence('Rules of your own', 1));
    const { out, code } = await cli(['lint', 'compose.yaml', '--rules', 'team-rules.yaml'], { cwd });
    const places = out.split('\n').filter((line) => / team\//.test(line));
    expect(places.join('\n')).toBe(fence('Rules of your own', 2).trimEnd());
    expect(code).toBe(1);
  });
});
