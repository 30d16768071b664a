import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT, run } from './workshop.ts';

const words = async (...typed: string[]): Promise<string[]> => {
  const { out } = await run(`${ROOT}/plimsoll`, ['complete', '--', ...typed]);
  return out.split('\n').flatMap((line) => (line && !line.startsWith(':') ? [line.split('\t')[0] ?? ''] : []));
};

describe('completion', () => {
  it('knows commands, options, their words, and paths', async () => {
    expect(await words('s')).toEqual(['scan', 'secrets', 'sbom', 'settings']);
    expect(await words('db', '')).toEqual(expect.arrayContaining(['build', 'status', 'search']));
    expect(await words('scan', '--fa')).toEqual(['--fail-on']);
    expect((await words('scan', '--fail-on', '')).slice(0, 6)).toEqual(['none', 'critical', 'high', 'medium', 'low', 'negligible']);
    expect(await words('scan', 'examples/vuln')).toEqual(['examples/vulnerable/']);
    expect(await words('completion', '')).toEqual(['zsh', 'bash', 'fish', 'powershell']);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, out, err } = await run(`${ROOT}/plimsoll`, ['completion', shell]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/plimsoll.* complete/);
    if (shell === 'bash') expect(spawnSync('bash', ['-n'], { input: out }).status).toBe(0);
  });

  it('completes in a bash without the package bash-completion', () => {
    const script = `
      plimsoll() { ${ROOT}/plimsoll "$@"; }
      compopt() { :; }
      source <(plimsoll completion bash)
      COMP_WORDS=(plimsoll scan --fail-on h) COMP_CWORD=3
      __plimsoll_complete
      echo "\${COMPREPLY[*]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc'], { input: script, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'high\n', stderr: '' });
  });
});
