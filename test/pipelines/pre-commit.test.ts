import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { missing } from '../../testing/programs.ts';
import { type Ran, ROOT, run } from '../e2e/workshop.ts';
import { read } from '../house/files.ts';
import { TOKEN } from './images.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-pre-commit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a hook in a repository of its own with these files, out of this checkout as it is. */
async function hook(id: string, files: Readonly<Record<string, string>>): Promise<Ran> {
  const home = mkdtempSync(join(folder, 'repository-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const env = { HOME: home, PRE_COMMIT_HOME: join(folder, 'cache'), PRE_COMMIT_COLOR: 'never', PLIMSOLL_CACHE_DIR: join(folder, 'layers') };
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
  ])
    await run('git', args, { cwd: home, env });
  // As `pre-commit try-repo` does it, but for the clone, which would be set up anew: hooks of a local repository, entries of this one.
  const hooks: Record<string, string>[] = parse(read('.pre-commit-hooks.yaml'));
  const local = hooks.map((each) => ({ ...each, entry: join(ROOT, each.entry ?? ''), language: 'system' }));
  writeFileSync(join(home, '.pre-commit-config.yaml'), JSON.stringify({ repos: [{ repo: 'local', hooks: local }] }));
  return run('pre-commit', ['run', id, '--all-files', '--verbose'], { cwd: home, env });
}

describe.skipIf(missing('pre-commit').length > 0)('.pre-commit-hooks.yaml (needs the package pre-commit)', () => {
  it('is valid by pre-commit itself, which would object', async () => {
    const env = { HOME: folder };
    expect(await run('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml'], { env })).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'broken.yaml'), '- id: plimsoll-lint\n  entry: plimsoll\n');
    expect((await run('pre-commit', ['validate-manifest', join(folder, 'broken.yaml')], { env })).code).toBe(1);
  }, 60_000);

  it('is used as docs/pipelines.md shows it', async () => {
    const shown = /^## pre-commit\n\n```yaml\n([\s\S]*?)^```$/m.exec(read('docs/pipelines.md'))?.[1] ?? '';
    expect(shown).toContain('plimsoll-secrets');
    writeFileSync(join(folder, 'config.yaml'), shown);
    const env = { HOME: folder };
    expect(await run('pre-commit', ['validate-config', join(folder, 'config.yaml')], { env })).toMatchObject({ code: 0 });
  }, 60_000);

  it('lint: stops what it finds in Dockerfiles and Compose files, and looks at no other', async () => {
    const bad = await hook('plimsoll-lint', {
      'web/Dockerfile': 'FROM debian\nMAINTAINER me\nADD https://example.com/a /a\n',
      'notes.yaml': 'a: 1\n',
    });
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('web/Dockerfile:')]);
    expect((await hook('plimsoll-lint', { 'notes.yaml': 'a: 1\n', 'README.md': 'FROM debian\n' })).out).toContain('Skipped');
  }, 60_000);

  it('takes no file for an option, whatever it is called', async () => {
    const files = { '--fail-on=none': 'FROM debian\n', '--fail-on=critical': 'x\n', "$(touch pwned) 'a'": 'x\n' };
    const secrets = await hook('plimsoll-secrets', { ...files, 'client.js': `const token = '${TOKEN}';\n` });
    expect([secrets.code, secrets.out]).toEqual([1, expect.stringContaining('client.js')]);
    const lint = await hook('plimsoll-lint', { '--fail-on=none.dockerfile': 'FROM debian\nMAINTAINER me\n' });
    expect([lint.code, lint.out]).toEqual([1, expect.stringContaining('--fail-on=none.dockerfile:2')]);
  }, 60_000);

  it('secrets: stops a token, shows its place and not the token, and lets everything else pass', async () => {
    const bad = await hook('plimsoll-secrets', { 'src/client.js': `const token = '${TOKEN}';\n`, 'src/a b.js': 'ok\n' });
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('src/client.js')]);
    expect(bad.out).not.toContain(TOKEN);
    expect(bad.out).toContain('\nfiles of this commit\n');
    expect((await hook('plimsoll-secrets', { 'src/client.js': 'const token = process.env.TOKEN;\n' })).code).toBe(0);
  }, 60_000);
});
