import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/app/reporters.ts';
import { COLUMNS } from '../../src/report/csv/rows.ts';
import { HELPERS } from '../../src/report/template/helpers.ts';
import { cli } from '../../testing/cli.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { reportErrors } from '../../testing/validate-report.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((match) => match[1]!.trim().split('\n'));
const files: Readonly<Record<string, string>> = {
  'report.sarif': 'sarif',
  'report.xml': 'junit',
  'gl-container-scanning-report.json': 'gitlab',
  'gl-secret-detection-report.json': 'gitlab-secret-detection',
  'gl-sast-report.json': 'gitlab-sast',
  'gl-dependency-scanning-report.json': 'gitlab-dependency-scanning',
  'gl-code-quality-report.json': 'gitlab-codequality',
  'comment.md': 'markdown-pr',
  'findings.csv': 'csv',
  'findings.json': 'asff',
};
let cwd: string;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'plimsoll-docs-reports-'));
  const image = buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2025-01-01T00:00:00Z',
    steps: [
      {
        createdBy: 'COPY . /srv',
        files: [{ path: 'srv/node_modules/lodash/package.json', content: '{"name":"lodash","version":"4.17.15"}' }],
      },
    ],
  });
  await writeLayout(join(cwd, 'app'), [{ image, tag: '1.0' }]);
  mkdirSync(join(cwd, 'bin'));
  writeFileSync(join(cwd, 'bin/jq'), JQ, { mode: 0o755 });
  writeFileSync(join(cwd, 'mail.html.hbs'), /^```handlebars\n([\s\S]*?)^```$/m.exec(page)![1]!);
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** Stands in for jq where there is none, for the page's only filter. */
const JQ = `#!${process.execPath}
const { Findings } = JSON.parse(require('node:fs').readFileSync(process.argv.at(-1), 'utf8'));
for (let i = 0; i < Findings.length; i += 100) console.log(JSON.stringify({ Findings: Findings.slice(i, i + 100) }));
`;

/** Words of a line of the shell that has single quotes only. */
function words(line: string): readonly string[] {
  return (line.match(/(?:'[^']*'|\S)+/g) ?? []).map((word) => word.replaceAll("'", ''));
}

describe('docs/reports.md', () => {
  // One after the other: later commands read what earlier ones wrote.
  it.each(commands)('shows a command that works: %s', async (line) => {
    if (line.startsWith('jq ')) {
      execFileSync('sh', ['-c', line], { cwd, env: { PATH: `${process.env.PATH}:${join(cwd, 'bin')}` } });
      return;
    }
    const all = words(line);
    const env = Object.fromEntries(all.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=') as [string, string]));
    const argv = all.filter((word) => !/^[A-Z_]+=/.test(word)).map((word) => (word === 'app:1.0' ? `oci:${join(cwd, 'app')}` : word));
    expect(argv[0]).toBe('plimsoll');
    const { code, err, out } = await cli(argv.slice(1), { cwd, home: cwd, env: { ...env, PLIMSOLL_OFFLINE: 'yes' } });
    expect({ code, errors: err.split('\n').filter((each) => each.includes('[')) }).toEqual({ code: 0, errors: [] });
    if (line.includes('--template')) expect(out).toMatch(/app/);
  });

  it('shows commands whose files are valid', async () => {
    for (const [file, format] of Object.entries(files)) {
      expect([file, await reportErrors(format, readFileSync(join(cwd, file), 'utf8'))]).toEqual([file, []]);
    }
    expect(readFileSync(join(cwd, 'findings.csv'), 'utf8')).toContain('CVE-');
    const batches = readFileSync(join(cwd, 'batches.jsonl'), 'utf8').trim().split('\n');
    expect(batches.every((batch) => JSON.parse(batch).Findings.length <= 100)).toBe(true);
  });

  it('names every format, column and helper, and none that is not there', () => {
    const rows = /\| format \|[\s\S]*?\n\n/.exec(page)![0].split('\n').slice(2);
    const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map((match) => match[1]));
    const others = REPORTERS.filter(({ id, inventoryOnly }) => !inventoryOnly && !/^(cyclonedx|spdx)/.test(id));
    expect(named.filter((name) => name !== 'cyclonedx' && name !== 'spdx').sort()).toEqual(others.map(({ id }) => id).sort());
    const columns = /<!-- columns -->([\s\S]*?)<!--/.exec(page)![1]!;
    expect([...columns.matchAll(/`(\w+)`/g)].map((match) => match[1])).toEqual([...COLUMNS]);
    for (const helper of Object.keys(HELPERS)) expect(page).toContain(`\`${helper}\``);
    expect(existsSync(join(cwd, 'report.json'))).toBe(true);
  });
});
