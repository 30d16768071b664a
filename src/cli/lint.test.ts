import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { DIGEST, SECRET } from '../../testing/container-cases.ts';
import { lintSchemaErrors } from '../../testing/report-schema.ts';

const home = mkdtempSync(join(tmpdir(), 'plimsoll-lint-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Errors, warnings and everything milder. */
const BAD = `version: "3"\nservices:\n  web:\n    image: app:latest\n    privileged: true\n    environment: {API_TOKEN: ${SECRET}}\n`;
const GOOD = `services:
  web:
    image: registry.example/app:1@${DIGEST}
    user: "10001"
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges=true]
    mem_limit: 512m
    cpus: 0.5
    pids_limit: 100
    healthcheck: {test: [CMD, "true"]}
`;

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(home, 'case-'));
});

function file(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

async function* stdin(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

interface Found {
  readonly files: number;
  readonly findings: readonly {
    id: string;
    level: string;
    message: string;
    location: { file: string; line: number };
    suppressed?: object;
  }[];
  readonly decision: { outcome: string };
}

async function json(...argv: string[]): Promise<Found & { code: number; err: string }> {
  const { out, code, err } = await cli(['lint', '-f', 'json', ...argv], { cwd });
  const document: unknown = JSON.parse(out);
  expect(lintSchemaErrors(document)).toBeNull();
  return { ...(document as Found), code, err };
}

describe('plimsoll lint', () => {
  it('looks at the files of a folder that it knows, by name and by content, and at no others', async () => {
    file('compose.yaml', BAD);
    file('deploy/stack.yml', BAD);
    file('deploy/values.yaml', 'image: app:latest\n');
    file('start.sh', '#!/bin/sh\ndocker run --privileged app:1\n');
    file('README.md', 'docker run --privileged app:1\n');
    file('node_modules/x/compose.yaml', BAD);
    file('.git/compose.yaml', BAD);
    symlinkSync(join(cwd, '..'), join(cwd, 'loop'));
    const { files, findings, code } = await json('.');
    expect({ files, code }).toEqual({ files: 3, code: 1 });
    expect([...new Set(findings.map(({ location }) => location.file))].sort()).toEqual(['compose.yaml', 'deploy/stack.yml', 'start.sh']);
    expect((await json()).files).toBe(3);
    expect(JSON.stringify(findings)).not.toContain(SECRET);
  });

  it('looks at several files and folders in one run, at each once', async () => {
    file('a/compose.yaml', BAD);
    file('b.txt', 'docker run app:latest');
    expect((await json('a', 'a/compose.yaml', 'b.txt')).files).toBe(2);
  });

  it('reads standard input, recognised or of the kind that is said', async () => {
    const recognised = await cli(['lint', '-', '-f', 'json'], { cwd, stdin: stdin(BAD) });
    expect(JSON.parse(recognised.out).findings[0].location.file).toBe('-');
    const said = await cli(['lint', '-', '--kind', 'compose'], { cwd, stdin: stdin('services: 5\nname: [') });
    expect(said.out).toContain('-:2:8 error compose/syntax');
    const neither = await cli(['lint', '-'], { cwd, stdin: stdin('hello') });
    expect(neither).toMatchObject({ code: 2, err: expect.stringContaining('[lint-kind-unknown]') });
  });

  it('looks at command lines', async () => {
    const one = await json('--run', 'docker run --no-new-privileges app:1');
    expect(one.findings[0]).toMatchObject({ id: 'run/unknown-flag', location: { file: '--run', line: 1 } });
    const two = await json('--run', 'docker run app:1', '--run', 'podman run --privileged b:1');
    expect(two.findings[0]).toMatchObject({ id: 'run/privileged', location: { file: '--run 2' } });
    expect(two.files).toBe(2);
  });

  it('shows place, level, rule, message, line, reason, remedy and reference', async () => {
    file('compose.yaml', BAD);
    const { out, code } = await cli(['lint', 'compose.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(
      [
        'compose.yaml:5:5 error compose/privileged CIS-Docker-5.5 The container is privileged: it has every capability and every device of the host. (service web)',
        '  5 |     privileged: true',
        '    |     ^^^^^^^^^^^^^^^^',
        '  why: Whoever takes over a privileged container has the host: nothing that sets the two apart is left.',
        '  remedy: Remove `privileged: true`; add the single capability or device that is needed.',
        '  see: CIS Docker 5.5, NIST 800-190 4.4.3, https://docs.docker.com/reference/compose-file/services/#privileged,',
      ].join('\n'),
    );
    expect(out).toMatch(/Files looked at: 1; errors: 2, warnings: \d+, info: \d+, style: 1\.\nGate: failed\.\n$/);
    expect(out).not.toContain(SECRET);
    const korean = await cli(['lint', 'compose.yaml', '--lang', 'ko'], { cwd });
    expect(korean.out).toContain('오류 compose/privileged CIS-Docker-5.5 컨테이너가 특권 모드로 실행되어');
  });

  it.each([
    ['Dockerfile', 'FROM debian:12 AS build\nRUN apt moo\n', '(stage build)', '(build 스테이지)'],
    ['compose.yaml', BAD, '(service web)', '(web 서비스)'],
    [
      'pod.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n',
      '(Pod/p container a)',
      '(Pod/p의 컨테이너 a)',
    ],
    [
      'init.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {initContainers: [{name: a, image: b}]}\n',
      '(Pod/p init container a)',
      '(Pod/p의 초기화 컨테이너 a)',
    ],
  ])('names what it is about in the reader’s language, and alike in the JSON: %s', async (name, text, english, korean) => {
    file(name, text);
    expect((await cli(['lint', name], { cwd })).out).toContain(english);
    const inKorean = await cli(['lint', name, '--lang', 'ko'], { cwd });
    expect(inKorean.out).toContain(korean);
    expect(inKorean.out).not.toContain(english);
    expect((await cli(['lint', name, '--lang', 'ko', '-f', 'json'], { cwd })).out).toContain(english.slice(1, -1));
  });

  it('is quiet about what is well, and passes', async () => {
    file('compose.yaml', GOOD);
    expect(await cli(['lint', '--fail-on', 'style'], { cwd })).toEqual({
      code: 0,
      out: 'Nothing found. Files looked at: 1.\nGate: passed.\n',
      err: '',
    });
  });

  it.each([
    ['error', 0],
    ['high', 0],
    ['warning', 1],
    ['medium', 1],
    ['info', 1],
    ['style', 1],
    ['none', 0],
    ['critical', 0],
  ])('with --fail-on %s ends with %i where a warning is the worst', async (level, code) => {
    file('compose.yaml', GOOD.replace('app:1@', 'app:latest@').replace('[no-new-privileges=true]', '[no-new-privileges=false]'));
    expect((await json('compose.yaml', '--fail-on', level)).code).toBe(code);
  });

  it('does not count what is ignored, by id or by another name, and keeps it in the JSON', async () => {
    file('compose.yaml', GOOD.replace('read_only: true', 'privileged: true\n    read_only: true'));
    const { code, findings } = await json('.', '--ignore', 'cis-docker-5.5');
    expect(code).toBe(0);
    expect(findings.map(({ id, suppressed }) => [id, suppressed])).toEqual([['compose/privileged', { by: 'settings' }]]);
    expect((await cli(['lint', '--ignore', 'compose/privileged'], { cwd })).out).toContain(
      'Ignored by exceptions, comments or settings: 1.',
    );
  });

  it('refuses rules that do not exist', async () => {
    file('compose.yaml', GOOD);
    expect(await cli(['lint', '--ignore', 'compose/privileges'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean compose/privileged?'),
    });
    expect(await cli(['lint', '--enable', 'nonsense-of-mine'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('[lint-rule'),
    });
    expect((await cli(['lint', '--ignore', 'SC2086'], { cwd })).code).toBe(0);
  });

  it('asks for reasons where the settings do', async () => {
    file('compose.yaml', `# plimsoll:ignore-file *\n${GOOD.replace('read_only: true', 'privileged: true')}`);
    file('plimsoll.yaml', 'lint:\n  require-reason: true\n  fail-on: warning\n');
    const { code, findings } = await json('compose.yaml');
    expect(code).toBe(1);
    expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['compose/privileged', 'lint/ignore-without-reason']));
    file('compose.yaml', `# plimsoll:ignore-file * a test of the tests\n${GOOD.replace('read_only: true', 'privileged: true')}`);
    expect((await json('compose.yaml')).code).toBe(0);
  });

  it('writes several reports', async () => {
    file('compose.yaml', BAD);
    const { out, code } = await cli(['lint', '-f', 'table', '-f', 'json=lint.json'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('Gate: failed.');
    expect(lintSchemaErrors(JSON.parse(readFileSync(join(cwd, 'lint.json'), 'utf8')))).toBeNull();
    expect(await cli(['lint', '-f', 'xml'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('[format-unknown]') });
  });

  it('tells files that it cannot read from those that it does not know', async () => {
    expect(await cli(['lint', 'gone.yaml'], { cwd })).toMatchObject({ code: 3, err: expect.stringContaining('[lint-unreadable]') });
    file('notes.txt', 'hello');
    expect(await cli(['lint', 'notes.txt'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('[lint-kind-unknown]') });
    file('compose.yaml', GOOD);
    const { code, err } = await cli(['lint', 'notes.txt', 'compose.yaml'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('notes.txt: no kind of file') });
    file('big/compose.yaml', '#'.repeat(5_000_000));
    expect((await json('big')).code).toBe(5);
  });

  it('says when there is nothing to look at', async () => {
    expect(await cli(['lint', '.'], { cwd })).toMatchObject({ code: 0, err: 'There is no file here that plimsoll lint knows.\n' });
  });

  it('lists its rules', async () => {
    const { out, code } = await cli(['lint', '--list-rules'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^compose\/privileged +error +CIS-Docker-5\.5 +Privileged container$/m);
    expect(out).toMatch(/^run\/unknown-flag +error/m);
  });
});

describe('the gate of a .hadolint.yaml', () => {
  const outcome = async (...argv: string[]) => {
    const { code, decision } = await json('.', ...argv);
    return [code, decision.outcome];
  };
  /** Its worst is an error; the second one's is a warning. */
  const ERROR = 'FROM debian:12\nADD https://example.com/a /a\nMAINTAINER a\nWORKDIR here\n';
  const WARNING = `FROM debian:12@${DIGEST}\nRUN cd /tmp\nUSER 1000\n`;

  it.each([
    ['failure-threshold: error', ERROR, 1],
    ['failure-threshold: error', WARNING, 0],
    ['failure-threshold: warning', WARNING, 1],
    ['failure-threshold: none', WARNING, 1],
    ['failure-threshold: ignore', WARNING, 1],
    ['no-fail: true', ERROR, 0],
    ['{no-fail: true, failure-threshold: style}', ERROR, 0],
    ['no-fail: false', ERROR, 1],
    ['failure-threshold: wrong', ERROR, 1],
    ['failure-threshold: [warning]', WARNING, 0],
    ['ignored: []', WARNING, 0],
  ])('is that of its Dockerfile: %s', async (settings, text, code) => {
    file('Dockerfile', text);
    file('.hadolint.yaml', settings);
    expect(await outcome()).toEqual([code, code === 1 ? 'deny' : 'allow']);
  });

  it('gives way to any gate that the user names', async () => {
    file('Dockerfile', WARNING);
    file('.hadolint.yaml', 'failure-threshold: warning');
    expect((await cli(['lint'], { cwd })).code).toBe(1);
    expect((await cli(['lint', '--fail-on', 'error'], { cwd })).code).toBe(0);
    expect((await cli(['lint'], { cwd, env: { PLIMSOLL_LINT_FAIL_ON: 'none' } })).code).toBe(0);
    file('plimsoll.yaml', 'lint: {fail-on: error}\n');
    expect((await cli(['lint'], { cwd })).code).toBe(0);
  });

  it('does not hold for other files, or for the Dockerfiles of other folders', async () => {
    file('a/Dockerfile', ERROR);
    file('a/.hadolint.yaml', 'no-fail: true');
    expect(await outcome()).toEqual([0, 'allow']);
    file('compose.yaml', BAD);
    expect(await outcome()).toEqual([1, 'deny']);
    file('compose.yaml', GOOD);
    expect(await outcome()).toEqual([0, 'allow']);
    file('b/Dockerfile', ERROR);
    expect(await outcome()).toEqual([1, 'deny']);
  });
});

describe('--fix', () => {
  it('shows the difference and writes it, leaves the rest, and judges what is left', async () => {
    file('compose.yaml', `version: "3.8"\n${GOOD}`);
    const dry = await cli(['lint', '--fix', '--dry-run', '--fail-on', 'style'], { cwd });
    expect(dry.code).toBe(1);
    expect(dry.err).toBe(
      [
        '--- a/compose.yaml',
        '+++ b/compose.yaml',
        '@@ -1,4 +1,3 @@',
        '-version: "3.8"',
        ' services:',
        '   web:',
        `     image: registry.example/app:1@${DIGEST}`,
        'compose.yaml: fixes that --fix would apply: 1',
        '',
      ].join('\n'),
    );
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toContain('version');
    const fixed = await cli(['lint', '--fix', '--fail-on', 'style'], { cwd });
    expect(fixed).toMatchObject({ code: 0, err: expect.stringContaining('compose.yaml: fixes applied: 1') });
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(GOOD);
    expect(readdirSync(cwd)).toEqual(['compose.yaml']);
    expect((await cli(['lint', '--fix'], { cwd })).err).toContain('There is nothing that --fix can mend.');
  });

  it('shows what would be mended in a line or in standard input', async () => {
    const { err } = await cli(['lint', '--fix', '--run', `docker run app@sha256:${DIGEST}`], { cwd });
    expect(err).toContain(`+docker run app@${DIGEST}`);
    expect(err).toContain('fixes that --fix would apply: 1');
  });
});

describe('--rules', () => {
  it('adds rules of the user, by option or settings', async () => {
    file(
      'rules/team.yaml',
      'rules:\n  - {id: team/name, title: No project name, severity: error, kind: compose, when: "!has(document.name)"}\n',
    );
    file('compose.yaml', GOOD);
    const { code, findings } = await json('compose.yaml', '--rules', 'rules/team.yaml');
    expect({ code, ids: findings.map(({ id, message }) => [id, message]) }).toEqual({ code: 1, ids: [['team/name', 'No project name']] });
    file('plimsoll.yaml', 'lint:\n  rules: rules/team.yaml\n  ignore: [team/name]\n');
    expect((await json('compose.yaml')).code).toBe(0);
    expect(await cli(['lint', '--rules', 'gone.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('[lint-unreadable]'),
    });
  });

  it.each([
    ['compose.yaml', 'compose', 'container', '# plimsoll:ignore team/x known\nservices:\n  web: {image: a}\n', [3]],
    ['compose.yaml', 'compose', 'container', 'services:\n  # plimsoll:ignore team/x known\n  web: {image: a}\n  db: {image: b}\n', [3]],
    ['Dockerfile', 'dockerfile', 'instruction', 'FROM a\nRUN a \\\n  # plimsoll:ignore team/x known\n  && b\n', [2]],
    ['run.sh', 'run', 'container', 'docker run \\\n  a # plimsoll:ignore team/x known\ndocker run b\n', [1]],
  ])('are ignored by comments over as many lines as our own: %s', async (name, kind, subject, text, lines) => {
    file('rules.yaml', `rules:\n  - {id: team/x, title: T, severity: info, kind: ${kind}, for: ${subject}, when: "true"}\n`);
    file(name, text);
    const { findings } = await json(name, '--rules', 'rules.yaml');
    const ignored = findings.filter(({ id, suppressed }) => id === 'team/x' && suppressed !== undefined);
    expect(ignored.map(({ location }) => location.line)).toEqual(lines);
  });

  it('that cannot be evaluated leave the gate unknown', async () => {
    file(
      'rules.yaml',
      'rules:\n  - {id: team/x, title: T, severity: error, kind: compose, when: "document.services.startsWith(\\"a\\")"}\n',
    );
    file('compose.yaml', GOOD);
    const { code, out } = await cli(['lint', '--rules', 'rules.yaml', 'compose.yaml'], { cwd });
    expect(code).toBe(5);
    expect(out).toContain('Gate: unknown');
  });
});
