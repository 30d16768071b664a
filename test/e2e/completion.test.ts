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

  it('knows the words of every option that takes some, of lists one after the other, and the paths of the others', async () => {
    expect(await words('scan', '-f', 'ma')).toEqual(['markdown', 'markdown-pr']);
    expect(await words('sbom', '--format', 'spdx3')).toEqual(['spdx3']);
    expect(await words('scan', '--scanners', 'vuln,s')).toEqual(['vuln,secret']);
    expect(await words('scan', '--severity=critical,h')).toEqual(['critical,high']);
    expect(await words('scan', '--fail-on', 'new:fixable:c')).toEqual(['new:fixable:critical']);
    expect(await words('scan', '--image-source', 'p')).toEqual(['podman']);
    expect(await words('scan', '--template', '')).toEqual(['list', 'mail', 'chat']);
    expect(await words('scan', '--template', '@README.k')).toEqual(['@README.ko.md']);
    expect(await words('exceptions', 'add', '--kind', 'mi')).toEqual(['misconfiguration']);
    expect(await words('exceptions', 'list', '--report', 'READ')).toEqual(['README.ko.md', 'README.md']);
    for (const option of ['--baseline', '--exceptions', '--import', '--dockerfile', '--db']) {
      expect([option, await words('scan', option, 'examples/vuln')]).toEqual([option, ['examples/vulnerable/']]);
    }
    for (const line of [['fs'], ['convert'], ['harden'], ['lint'], ['compare', 'a', '--to']]) {
      expect([line, await words(...line, 'examples/vuln')]).toEqual([line, ['examples/vulnerable/']]);
    }
    expect(await words('scan', 'oci:examples/vuln')).toEqual(['oci:examples/vulnerable/']);
    expect(await words('assess', '--forma')).toEqual([]);
  });

  /** What a bash, a zsh or a fish makes of the line when the tab key is pressed. */
  const inBash = (line: string): string => {
    const script = `
      plimsoll() { ${ROOT}/plimsoll "$@"; }
      compopt() { :; }
      source <(plimsoll completion bash)
      source <(plimsoll completion bash)
      COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}
      __plimsoll_complete
      echo "\${COMPREPLY[*]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc'], { input: script, encoding: 'utf8', cwd: ROOT });
    return stdout.trim() + stderr;
  };

  it.each([
    ['plimsoll scan --fail-on h', 'high'],
    ['plimsoll scan --fail-on=h', 'high'],
    ['plimsoll scan --fail-on new:h', 'high'],
    ['plimsoll scan --scanners vuln,s', 'vuln,secret'],
    ['plimsoll scan oci:examples/vuln', 'examples/vulnerable/'],
    ['plimsoll sca', 'scan'],
    ['plimsoll completion ', 'zsh bash fish powershell'],
  ])('completes in any bash, which cuts words at = and colons: %s', (line, expected) => {
    expect(inBash(line)).toBe(expected);
  });

  it('completes in zsh, words with colons and values behind = included', ({ skip }) => {
    skip(spawnSync('zsh', ['--version']).error !== undefined, 'needs the package zsh');
    const script = `
      plimsoll() { ${ROOT}/plimsoll "$@"; }
      compdef() { :; }
      compadd() { print -r -- \${(P)@[-1]}; }
      source <(plimsoll completion zsh)
      for line in 'scan oci:examples/vuln' 'scan --fail-on=h' 'scan --scanners vuln,s'; do
        words=(plimsoll \${=line}); CURRENT=3; (( \${#words} > 3 )) && CURRENT=\${#words}
        _plimsoll
      done`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8', cwd: ROOT });
    const lines = stdout.split('\n').filter((line) => line !== '');
    expect({ lines, stderr }).toEqual({ lines: ['oci:examples/vulnerable/', '--fail-on=high', 'vuln,secret'], stderr: '' });
  });

  it('completes in fish', ({ skip }) => {
    skip(spawnSync('fish', ['--version']).error !== undefined, 'needs the package fish');
    const script = `function plimsoll; ${ROOT}/plimsoll $argv; end; plimsoll completion fish | source; complete -C "plimsoll scan --scanners vuln,s"`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: 'vuln,secret', stderr: '' });
  });
});
