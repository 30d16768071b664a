import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { lint } from './index.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-lint-'));
afterAll(() => rmSync(cwd, { recursive: true }));
const TOKEN = ['AKIA', 'Z3MB7QWXK5NV', 'D2RT'].join('');
mkdirSync(join(cwd, 'web'));
writeFileSync(join(cwd, '.hadolint.yaml'), 'ignored: [DL3027]\n');
writeFileSync(join(cwd, '.dockerignore'), '*.txt\n');
writeFileSync(join(cwd, 'web/Dockerfile'), `FROM debian:12\nRUN apt moo\nCOPY a.txt /\nRUN deploy --id ${TOKEN}\n`);

const options = { paths: ['web'], cwd, stdin: Readable.from([]) };

describe('lint of Dockerfiles', () => {
  it('takes the settings of hadolint and the ignore file of the folder that one is in', async () => {
    const { checks } = await lint(options);
    expect(checks.findings.find(({ aliases }) => aliases.includes('DL3027'))?.suppressed?.by).toBe('settings');
    expect(checks.findings.find(({ aliases }) => aliases.includes('CopyIgnoredFile'))?.location.line).toBe(3);
  });

  it('finds secrets by their form, and shows them nowhere', async () => {
    const { checks } = await lint(options);
    expect(checks.findings.find(({ id }) => id === 'dockerfile/secret-value')?.location.line).toBe(4);
    expect(JSON.stringify(checks)).not.toContain(TOKEN);
  });

  it('asks the tools that it is given', async () => {
    const comment = { line: 2, endLine: 2, column: 1, endColumn: 4, level: 'style', code: 1234, message: 'm' };
    const { checks } = await lint({ ...options, runTool: async () => JSON.stringify({ comments: [comment] }) });
    expect(checks.findings.filter(({ aliases }) => aliases.includes('SC1234')).map(({ location }) => location.line)).toEqual([2, 4]);
  });
});
