import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFiles } from '../house/files.ts';
import { type Ran, ROOT, run } from './workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-launcher-'));
const clone = join(folder, 'clone with spaces');
const launcher = join(clone, 'plimsoll');

/** A copy of the checkout that shares its installed packages. */
beforeAll(() => {
  for (const file of projectFiles()) {
    if (!file.includes('node_modules') && /^(src|tools|schema|data)\/|^(package(-lock)?\.json|plimsoll)$/.test(file)) {
      cpSync(join(ROOT, file), join(clone, file), { preserveTimestamps: true });
    }
  }
  for (const modules of ['node_modules', 'tools/build/node_modules', 'tools/node/node_modules']) {
    if (existsSync(join(ROOT, modules))) symlinkSync(join(ROOT, modules), join(clone, modules));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const version = (how: Ran): void => expect(how).toEqual({ code: 0, out: expect.stringMatching(/^plimsoll \d+\.\d+\.\d+\n$/), err: '' });

describe('./plimsoll', () => {
  it('builds once for many callers at the same time, and leaves no lock', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => run(launcher, ['--version'])));
    // A busy machine makes the others wait so long that they say it.
    const waiting = 'plimsoll: waiting for another plimsoll that is building ...\n';
    for (const each of runs) version({ ...each, err: each.err.replace(waiting, '') });
    expect(readdirSync(clone).filter((name) => name.startsWith('.plimsoll-lock'))).toEqual([]);
  }, 120_000);

  it('works through symbolic links and from other folders', async () => {
    const link = join(folder, 'bin');
    mkdirSync(link);
    symlinkSync(launcher, join(link, 'absolute'));
    symlinkSync('absolute', join(link, 'relative'));
    version(await run(join(link, 'absolute'), ['--version'], { cwd: '/' }));
    version(await run('./relative', ['--version'], { cwd: link }));
  });

  it('builds again where a source is newer, and takes over the lock of a process that is gone', async () => {
    const source = join(clone, 'src/cli/io.ts');
    const built = (): string[] => readdirSync(join(clone, 'dist'));
    rmSync(join(clone, 'dist/plimsoll.js'));
    utimesSync(source, new Date(), new Date(Date.now() + 1000));
    mkdirSync(join(clone, '.plimsoll-lock'));
    writeFileSync(join(clone, '.plimsoll-lock/pid'), '4194304999\n');
    version(await run(launcher, ['--version']));
    expect(built()).toContain('plimsoll.js');
    utimesSync(source, new Date(), new Date(0));
  }, 120_000);

  /** A folder with what the launcher calls, and a Node that only says its version. */
  function machine(reported: string): string {
    const tools = mkdtempSync(join(folder, 'path-'));
    for (const tool of ['sh', 'dirname', 'readlink', 'uname', 'find', 'head', 'id']) {
      const path = ['/usr/bin', '/bin'].map((each) => join(each, tool)).find((each) => existsSync(each));
      if (path) symlinkSync(path, join(tools, tool));
    }
    if (reported) writeFileSync(join(tools, 'node'), `#!/bin/sh\necho ${reported}\n`, { mode: 0o755 });
    rmSync(join(clone, 'tools/node/node_modules'), { force: true });
    return tools;
  }

  it.each([
    ['v18.19.0', 'plimsoll: Node.js 20 or newer is needed (24 is best), and version 18 was found; see https://nodejs.org\n'],
    ['', 'plimsoll: Node.js 20 or newer is needed (24 is best), and none was found; see https://nodejs.org\n'],
  ])('says in one line that a host Node "%s" cannot do', async (reported, message) => {
    expect(await run(launcher, ['--version'], { env: { PATH: machine(reported) } })).toEqual({ code: 3, out: '', err: message });
  });

  // Source: GitHub, "Variables reference", RUNNER_TOOL_CACHE; Microsoft, "Predefined variables", Agent.ToolsDirectory.
  it.each(['RUNNER_TOOL_CACHE', 'AGENT_TOOLSDIRECTORY'])(
    'takes the Node 24 that a hosted runner keeps beside its path: %s',
    async (variable) => {
      const tools = mkdtempSync(join(folder, 'tools cache '));
      for (const release of ['20.19.0', '24.9.0']) mkdirSync(join(tools, 'node', release, 'x64/bin'), { recursive: true });
      symlinkSync(process.execPath, join(tools, 'node/24.9.0/x64/bin/node'));
      version(await run(launcher, ['--version'], { env: { PATH: machine('v20.19.0'), [variable]: tools } }));
    },
  );
});
