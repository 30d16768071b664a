import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Ran, ROOT, run } from '../e2e/workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-steps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What somebody may call a branch, a tag, an image or a folder. */
const HOSTILE = [
  '$(touch pwned)',
  '`touch pwned`',
  'a; touch pwned',
  "a' && touch pwned #",
  'a" || touch pwned "',
  '--fail-on=none',
  'two words *',
  '${IFS}',
];

/** A folder with programs that write down, a line each, how they were called; the first word is the program. */
class Machine {
  readonly home = mkdtempSync(join(folder, 'machine-'));
  readonly env: Readonly<Record<string, string>>;

  constructor({ code = 0, out = '', err = '' } = {}) {
    const bin = join(this.home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'out'), out);
    writeFileSync(join(bin, 'err'), err);
    const script = `#!/bin/sh
{ printf '%s' "\${0##*/}"; printf '\\037%s' "$@"; printf '\\n'; } >>"${this.home}/calls"
case $1 in login) cat >"${this.home}/password" ;; esac
cat "${bin}/out"; cat "${bin}/err" >&2
exit ${code}
`;
    for (const name of ['docker', 'skopeo', 'plimsoll']) writeFileSync(join(bin, name), script, { mode: 0o755 });
    this.env = { PATH: `${bin}:${process.env.PATH}`, HOME: this.home, PLIMSOLL: join(bin, 'plimsoll') };
  }

  step(name: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return run(join(ROOT, 'ci/steps', `${name}.sh`), args, { cwd: this.home, env: { ...this.env, ...env } });
  }

  calls(): readonly (readonly string[])[] {
    const lines = readFileSync(join(this.home, 'calls'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.split('\u001f'));
  }

  pwned(): boolean {
    return existsSync(join(this.home, 'pwned'));
  }
}

describe('ci/steps', () => {
  it.each(HOSTILE)('takes a name for nothing but a name: %s', async (evil) => {
    const machine = new Machine();
    for (const [step, ...args] of [
      ['scan', evil],
      ['secrets', evil],
      ['dependencies', evil],
      ['build', evil, evil],
      ['push', evil, 'scan'],
    ] as const) {
      await machine.step(step, args, {
        DOCKERFILE: evil,
        BUILD_OPTIONS: `--label=${evil}`,
        MAIN_BRANCH: evil,
        BRANCH_NAME: evil,
        REGISTRY_USERNAME: evil,
        REGISTRY_PASSWORD: evil,
      });
    }
    const [scan, secrets, dependencies, build, save, login, push] = machine.calls();
    // What comes after -- is no option.
    for (const [call, target] of [
      [scan, evil],
      [secrets, evil],
      [dependencies, `dir:${evil}`],
    ] as const)
      expect(call?.slice(-2)).toEqual(['--', target]);
    expect(scan).toEqual(expect.arrayContaining(['--dockerfile', evil]));
    expect(build).toEqual(['docker', 'build', '--tag', evil, `--label=${evil}`, '--file', evil, evil]);
    expect(save).toEqual(['docker', 'save', '--output', 'image.tar', evil]);
    expect([login?.slice(0, 4), push]).toEqual([
      ['docker', 'login', '--username', evil],
      ['docker', 'push', evil],
    ]);
    expect(readFileSync(join(machine.home, 'password'), 'utf8')).toBe(evil);
    expect(machine.pwned()).toBe(false);
  });

  // Sources: each service's documentation of its predefined variables.
  it.each([
    ['GitHub', true, { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'push' }],
    ['GitHub, by hand', true, { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'workflow_dispatch' }],
    ['GitHub, a pull request with the rights of main', false, { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'pull_request_target' }],
    ['GitHub, a pull request', false, { GITHUB_REF: 'refs/pull/7/merge', GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }],
    ['GitHub, a tag called main', false, { GITHUB_REF: 'refs/tags/main', GITHUB_EVENT_NAME: 'push' }],
    ['GitLab', true, { GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'main' }],
    ['GitLab, a merge request', false, { GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '7', CI_COMMIT_REF_NAME: 'main' }],
    ['Azure', true, { BUILD_SOURCEBRANCH: 'refs/heads/main' }],
    ['Azure, a pull request', false, { BUILD_SOURCEBRANCH: 'refs/pull/7/merge', BUILD_SOURCEBRANCHNAME: 'main' }],
    ['CircleCI', true, { CIRCLECI: 'true', CIRCLE_BRANCH: 'main' }],
    ['CircleCI, a fork', false, { CIRCLECI: 'true', CIRCLE_BRANCH: 'main', CIRCLE_PR_NUMBER: '7' }],
    ['Bitbucket', true, { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_BRANCH: 'main' }],
    ['Bitbucket, a pull request', false, { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_BRANCH: 'main', BITBUCKET_PR_ID: '7' }],
    ['Buildkite', true, { BUILDKITE: 'true', BUILDKITE_BRANCH: 'main', BUILDKITE_PULL_REQUEST: 'false' }],
    ['Buildkite, a pull request', false, { BUILDKITE: 'true', BUILDKITE_BRANCH: 'main', BUILDKITE_PULL_REQUEST: '7' }],
    ['Drone', true, { DRONE: 'true', DRONE_BRANCH: 'main', DRONE_BUILD_EVENT: 'push' }],
    ['Drone, a pull request', false, { DRONE: 'true', DRONE_BRANCH: 'main', DRONE_BUILD_EVENT: 'pull_request' }],
    ['Jenkins', true, { BRANCH_NAME: 'main' }],
    ['Jenkins, a change request', false, { BRANCH_NAME: 'main', CHANGE_ID: '7' }],
    ['anywhere, without a word', false, {}],
    ['a branch called nearly so', false, { BRANCH_NAME: 'main-2' }],
    ['a hostile branch', false, { BRANCH_NAME: '$(echo main)' }],
  ])('pushes from the main branch alone: %s, %s', async (_, expected, env) => {
    const machine = new Machine();
    await machine.step('scan', ['app']);
    expect((await machine.step('push', ['app', 'scan'], env as Readonly<Record<string, string>>)).code).toBe(0);
    expect(machine.calls().some(([, word]) => word === 'push')).toBe(expected);
  });

  it('gives each line of options as one', async () => {
    const machine = new Machine();
    await machine.step('build', ['app', 'web'], { BUILD_OPTIONS: '--build-arg=A=two words\n\n--target=$(id)\n' });
    expect(machine.calls()[0]).toEqual(['docker', 'build', '--tag', 'app', '--build-arg=A=two words', '--target=$(id)', 'web']);
  });

  // Source: actions/runner, src/Runner.Common/ActionCommand.cs: `##[` anywhere, `::` after white space of any kind.
  it('shows no line that a service takes as a command, of what is found and of what went wrong', async () => {
    const evil = ['##[set-output name=a]b', 'x ##vso[task.setvariable variable=a]b', '###[x]', '\u00a0::set-output name=a::b', '::::x::'];
    const machine = new Machine({ out: `Foo::Bar\n${evil.join('\n')}\n`, err: `${evil.join('\n')}\n` });
    for (const step of ['scan', 'lint', 'secrets', 'dependencies']) {
      const { out, err } = await machine.step(step, ['a']);
      expect(out).toContain('Foo::Bar\n## [set-output name=a]b\n');
      for (const text of [out, err]) expect(text).not.toMatch(/##\w*\[|^\s*::/m);
    }
  });

  /** In place of plimsoll: says a line, and goes on once there is a file `go`, or stops by a signal. */
  const WAITING = (stream: number, says: string) => `#!/bin/sh
trap 'echo stopped >stopped; exit 1' TERM
echo '${says}' >&${stream}
for each in $(seq 600); do [ ! -f go ] || exit 5; sleep 0.1; done
`;

  /** Starts the scan of a machine, and does this with it once it has shown a line. */
  function scanUntil(machine: Machine, then: (child: ChildProcess) => void): Promise<Ran> {
    return new Promise((done, reject) => {
      const env = { ...machine.env, GATE: 'later' };
      const child = spawn(join(ROOT, 'ci/steps/scan.sh'), ['app'], { cwd: machine.home, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const texts = { out: '', err: '' };
      const heard = (stream: 'out' | 'err') => (chunk: Buffer) => {
        texts[stream] += chunk;
        if (texts[stream].endsWith('\n')) then(child);
      };
      child.stdout.on('data', heard('out'));
      child.stderr.on('data', heard('err'));
      child.on('error', reject);
      child.on('close', (code) => done({ code, ...texts }));
    });
  }

  it.each([
    ['out', 1],
    ['err', 2],
  ] as const)('shows each line while plimsoll runs, without commands: std%s', async (stream, number) => {
    const machine = new Machine();
    writeFileSync(join(machine.home, 'bin/plimsoll'), WAITING(number, '::set-output name=a::b'), { mode: 0o755 });
    const ran = await scanUntil(machine, () => writeFileSync(join(machine.home, 'go'), ''));
    expect(ran).toEqual({ code: 0, out: '', err: '', [stream]: '| ::set-output name=a::b\n' });
    expect(readFileSync(join(machine.home, 'plimsoll-reports/scan.exit'), 'utf8')).toBe('5\n');
    expect(readFileSync(join(machine.home, `plimsoll-reports/scan.${stream === 'out' ? 'txt' : 'err'}`), 'utf8')).toBe(
      '::set-output name=a::b\n',
    );
  });

  it('hands its standard input on, and does without one that is closed', async () => {
    const machine = new Machine();
    writeFileSync(join(machine.home, 'bin/plimsoll'), '#!/bin/sh\ncat\n', { mode: 0o755 });
    const options = { cwd: machine.home, env: machine.env, input: Buffer.from('a bill of materials\n') };
    const scan = join(ROOT, 'ci/steps/scan.sh');
    expect(await run(scan, ['-'], options)).toEqual({ code: 0, out: 'a bill of materials\n', err: '' });
    expect(await run('sh', ['-c', `"${scan}" - <&-`], options)).toEqual({ code: 0, out: '', err: '' });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('hands %s on, and has neither a pass nor an end of its own then', async (signal, code) => {
    const machine = new Machine();
    await machine.step('scan', ['app']);
    writeFileSync(join(machine.home, 'bin/plimsoll'), WAITING(1, 'scanning'), { mode: 0o755 });
    expect((await scanUntil(machine, (child) => child.kill(signal))).code).toBe(code);
    expect(existsSync(join(machine.home, 'stopped'))).toBe(true);
    expect(await machine.step('gate', ['scan'])).toMatchObject({ code: 3, out: 'scan: has not run\n' });
  });

  it.each([
    [0, 0, 'passed'],
    [1, 1, 'the gate failed'],
    [3, 3, 'it could not be done'],
    [5, 5, 'unknown: the gate could not be judged'],
    [137, 137, 'it was stopped'],
  ])('tells a scan that could not be made from a gate that failed: %i', async (code, expected, said) => {
    const machine = new Machine({ code });
    expect((await machine.step('scan', ['app'])).code).toBe(code);
    expect((await machine.step('scan', ['app'], { GATE: 'later' })).code).toBe(0);
    expect(await machine.step('gate', ['scan'])).toMatchObject({ code: expected, out: `scan: ${said} (${code})\n` });
    const pushed = await machine.step('push', ['app', 'scan'], { BRANCH_NAME: 'main' });
    expect([pushed.code, machine.calls().some(([, word]) => word === 'push')]).toEqual([expected, code === 0]);
  });

  it('has no pass of an earlier run where the scan is stopped before it ends', async () => {
    const machine = new Machine();
    await machine.step('scan', ['app']);
    writeFileSync(join(machine.home, 'bin/plimsoll'), '#!/bin/sh\nkill -9 $PPID\n', { mode: 0o755 });
    await machine.step('scan', ['app']);
    expect(await machine.step('gate', ['scan'])).toMatchObject({ code: 3, out: 'scan: has not run\n' });
  });

  it.each([
    ['app', 'docker.io'],
    ['app:1.0', 'docker.io'],
    ['team/app:1.0', 'docker.io'],
    ['localhost/app', 'localhost'],
    ['registry:5000/app', 'registry:5000'],
    ['ghcr.io/team/app@sha256:0', 'ghcr.io'],
  ])('logs in where %s is: %s', async (image, registry) => {
    const machine = new Machine();
    await machine.step('scan', ['a']);
    writeFileSync(join(machine.home, 'image.tar'), '');
    const credentials = { REGISTRY_USERNAME: 'someone', REGISTRY_PASSWORD: 'secret' };
    expect((await machine.step('push', [image, 'scan'], { BRANCH_NAME: 'main', ...credentials })).code).toBe(0);
    expect(machine.calls().slice(-2)).toEqual([
      ['skopeo', 'login', '--username', 'someone', '--password-stdin', registry],
      ['skopeo', 'copy', 'docker-archive:image.tar', `docker://${image}`],
    ]);
    expect(machine.calls().flat()).not.toContain('secret');
  });
});
