import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkerContract } from '../../../testing/checker-contract.ts';
import { casesOf } from '../../../testing/container-cases.ts';
import { run } from './index.ts';
import { runCommands } from './parse.ts';
import { wordsAt } from './words.ts';

checkerContract(run, {
  path: '--run',
  cases: [
    ...casesOf('run'),
    { rule: 'run/syntax', bad: "docker run -e 'A=1 app:1", good: "docker run -e 'A=1' app:1" },
    { rule: 'run/no-command', bad: 'docker ps', good: 'podman create app:1' },
    { rule: 'run/unknown-flag', bad: 'docker run --no-new-privileges app:1', good: 'docker run --security-opt no-new-privileges app:1' },
    { rule: 'run/unknown-flag', bad: 'docker run --cpu 1 app:1', good: 'docker run --cpus 1 app:1' },
    { rule: 'run/unknown-flag', bad: 'docker run --pod x app:1', good: 'podman run --pod x app:1' },
    { rule: 'run/unknown-flag', bad: 'docker run -ixt app:1', good: 'docker run -itd app:1' },
    { rule: 'run/flag-without-value', bad: 'docker run --name', good: 'docker run --name a app:1' },
    { rule: 'run/no-image', bad: 'docker run -d --rm', good: 'docker run --help' },
    { rule: 'run/flag-after-image', bad: 'docker run app:1 --read-only', good: 'docker run app:1 sh --read-only' },
    { rule: 'run/flag-after-image', bad: 'docker run nginx:1 -p 80:80', good: 'docker run nginx:1 -v' },
    { rule: 'run/conflicting-flags', bad: 'docker run --rm --restart always app:1', good: 'docker run --rm --restart no app:1' },
    { rule: 'run/conflicting-flags', bad: 'docker run --net host -p 80:80 app:1', good: 'docker run -p 80:80 app:1' },
    { rule: 'run/obsolete-flag', bad: 'docker run --kernel-memory 1g app:1', good: 'docker run --memory 1g app:1' },
  ],
  malformed: [
    'docker run',
    'docker run -',
    'docker run --',
    'docker run -v',
    'docker run "',
    'docker run $(docker run $(',
    'docker run \\\n',
    `docker run ${'-'.repeat(10_000)}`,
  ],
});

describe('the words of a command', () => {
  it.each([
    ['a "b c" \'d e\' f\\ g h"i"\'j\'', ['a', 'b c', 'd e', 'f g', 'hij']],
    ['a \\\n  b \\\r\n c `\n d ^\n e', ['a', 'b', 'c', 'd', 'e']],
    ['a "$(x "y z")" $(p q) ${r:-s t} "\\$u\\n"', ['a', '$(x "y z")', '$(p q)', '${r:-s t}', '$u\\n']],
    ['a < in > out 2>&1 b', ['a', 'b']],
    ['a b; c', ['a', 'b']],
    ['a b && c', ['a', 'b']],
    ['a b) c', ['a', 'b']],
    ['a b # c', ['a', 'b']],
    ['a b#c', ['a', 'b#c']],
    ['a\nb', ['a']],
    ['a "" b', ['a', '', 'b']],
  ])('%j', (source, expected) => {
    expect(wordsAt(source, 0).words.map(({ text }) => text)).toEqual(expected);
  });

  it('know the place of each of their characters', () => {
    const source = `x 'a b'"c"`;
    const [, word] = wordsAt(source, 0).words;
    expect(word?.offsets.map((offset) => source[offset]).join('')).toBe(word?.text);
  });
});

describe('the options of a command', () => {
  const flags = (line: string) => runCommands(line)[0]?.flags.map(({ name, value }) => `${name}=${value}`);

  it.each([
    ['docker run -itp 80:80 a', ['interactive=true', 'tty=true', 'publish=80:80']],
    ['docker run -p80:80 -p=81:81 -e A=1 a', ['publish=80:80', 'publish=81:81', 'env=A=1']],
    ['docker run --rm=false --name=x --net host a --name y', ['rm=false', 'name=x', 'network=host']],
    ['docker -H tcp://h --context c container create --init -- -a', ['init=true']],
    ['sudo -E A=1 podman run --tls-verify=false -d a', ['tls-verify=false', 'detach=true']],
    ['docker.exe run -d a', ['detach=true']],
    ['docker run --mem 512m -d a', ['detach=true']],
  ])('%s', (line, expected) => {
    expect(flags(line)).toEqual(expected);
    expect(runCommands(line)[0]?.image?.text).toMatch(/^-?a$/);
  });
});

describe('commands in a text', () => {
  it.each([
    ['docker run a:1', 1],
    ['$ docker run a:1\n> docker run b:1', 2],
    ['  cd x && docker run a:1; docker create b:1 || exit 1', 2],
    ['X=$(docker run --rm \\\n  a:1 sh)\n', 1],
    ['# docker run a:1', 0],
    ['echo "docker run a:1"', 0],
    ['see docker run for more', 0],
    ['if true; then docker run a:1; fi', 1],
    ['docker build . && docker runner', 0],
    ['/usr/bin/mydocker run a:1', 0],
  ])('%j: %i', (text, count) => {
    expect(runCommands(text)).toHaveLength(count);
  });
});

describe('slips that documents carry', () => {
  const ids = (text: string) => [...new Set(run.check({ path: 'x.sh', text }, {}).map(({ id }) => id))];

  it('are found in lines of the kind that courses show', () => {
    const text = [
      'docker run -d \\',
      '  --no-new-privileges \\',
      '  --cap-drop ALL \\',
      '  --security-opt apparmor:docker-default \\',
      `  app@sha256:sha256:${'ab'.repeat(32)}`,
    ].join('\n');
    expect(ids(text)).toEqual(expect.arrayContaining(['run/unknown-flag', 'run/security-option-colon', 'run/image-invalid-digest']));
    const [slip] = run.check({ path: 'x.sh', text }, {}).filter(({ id }) => id === 'run/unknown-flag');
    expect(slip).toMatchObject({
      location: { line: 2, column: 3, endColumn: 22 },
      params: { flag: '--no-new-privileges', like: '--security-opt no-new-privileges' },
    });
  });

  const notes = new URL('../../../../shared/course/003_dd36e97321b1d96f.txt', import.meta.url);
  it.skipIf(!existsSync(notes))('are found in the notes of a course (needs ../shared)', () => {
    const text = readFileSync(notes, 'utf8');
    const found = run.check({ path: 'notes', text }, {}).map(({ id, location }) => `${location.line} ${id}`);
    expect(found).toEqual(
      expect.arrayContaining([
        '240 run/engine-socket',
        '564 run/unknown-flag',
        '572 run/image-latest',
        '576 run/security-option-colon',
        '581 run/selinux-disabled',
      ]),
    );
    expect(runCommands(text)).toHaveLength(7);
  });
});
