import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CheckFinding, TextEdit } from '../../model/index.ts';
import type { Instruction } from './document.ts';
import { dockerfileChecker } from './index.ts';
import { parseDockerfile } from './parser/parse.ts';

const ALL = new Set(dockerfileChecker.rules.map((rule) => rule.id));

function check(text: string): readonly CheckFinding[] {
  return dockerfileChecker.check({ path: 'Dockerfile', text }, {}, ALL);
}

/** The text with every fix applied that no earlier one overlaps, as the command does it. */
function fixed(text: string): string {
  const taken: TextEdit[] = [];
  for (const { fix } of [...check(text)]
    .filter((finding) => finding.fix)
    .sort((a, b) => (a.fix?.[0]?.start ?? 0) - (b.fix?.[0]?.start ?? 0))) {
    const edits = fix ?? [];
    if (edits.every((edit) => taken.every((other) => edit.end < other.start || edit.start > other.end || edit.start === edit.end)))
      taken.push(...edits);
  }
  let result = '';
  let at = 0;
  for (const edit of taken.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

describe('fixes', () => {
  it.each([
    ['FROM a as b', 'FROM a AS b'],
    ['FROM --platform=$TARGETPLATFORM a', 'FROM a'],
    [
      'FROM a@sha256:sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      'FROM a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    ],
    ['FROM a\nMAINTAINER Jane <j@example.com>', 'FROM a\nLABEL org.opencontainers.image.authors="Jane <j@example.com>"'],
    ['FROM a\nENV b c', 'FROM a\nENV b=c'],
    ['FROM a\nENV b c d', 'FROM a\nENV b="c d"'],
    ['FROM a\nLABEL b "c d"', 'FROM a\nLABEL b="c d"'],
    ['FROM a\nCMD nginx -g daemon', 'FROM a\nCMD ["nginx", "-g", "daemon"]'],
    ["FROM a\nCMD node 'a b.js'", 'FROM a\nCMD ["node", "a b.js"]'],
    ['FROM a\nADD a.py /a/', 'FROM a\nCOPY a.py /a/'],
    ['FROM a\nEXPOSE 53/UDP', 'FROM a\nEXPOSE 53/udp'],
    ['FROM a\nRUN a && \\\n\n  b', 'FROM a\nRUN a && \\\n  b'],
    ['FROM a\nRUN apt-get install x=1', 'FROM a\nRUN apt-get install -y x=1'],
    [
      'FROM a\nRUN apt-get update && apt-get -y install x',
      'FROM a\nRUN apt-get update && apt-get -y install x && rm -rf /var/lib/apt/lists/*',
    ],
    ['FROM a\nRUN apk add x', 'FROM a\nRUN apk add --no-cache x'],
    ['FROM a\nRUN pip install \\\n  x', 'FROM a\nRUN pip install --no-cache-dir \\\n  x'],
    ['FROM a\nrun x\nCOPY b /c', 'FROM a\nRUN x\nCOPY b /c'],
    ["FROM a\nRUN bash -c 'dnf install x-1'", "FROM a\nRUN bash -c 'dnf install -y x-1'"],
  ])('%j', (text, expected) => {
    expect(fixed(text)).toBe(expected);
  });

  it.each([
    ['a shell is needed', 'FROM a\nCMD nginx && tail -f $LOG'],
    ['a builtin', 'FROM a\nCMD exec nginx'],
    ['a variable in front', 'FROM a\nCMD A=1 nginx'],
    ['the other of the two is given', 'FROM a\nENTRYPOINT run\nCMD ["b"]'],
    ['another shell was chosen', 'FROM a\nSHELL ["/bin/bash", "-c"]\nCMD nginx'],
    ['a triggered instruction', 'FROM a\nONBUILD CMD nginx'],
    ['a source that may be an archive', 'FROM a\nADD data /d/'],
    ['a variable as source', 'FROM a\nADD $x.py /d/'],
    ['quotes within an old value', 'FROM a\nENV b c "d" e'],
    ['quotes within a name', 'FROM a\nMAINTAINER Jane "J" Doe'],
    ['later steps that count on the lists', 'FROM a\nRUN apt-get update && apt-get install -y x\nRUN apt-get install -y y'],
    ['a command whose failure is meant to pass', 'FROM a\nRUN apt-get update && apt-get install -y x || true'],
    ['a comment at the end', 'FROM a\nRUN <<E\napt-get update && apt-get install -y x # y\nE'],
    ['an index that was fetched on purpose', 'FROM a\nRUN apk update && apk add x'],
    ['a verb in quotes', 'FROM a\nRUN pip "install" x'],
  ])('are not offered: %s', (_why, text) => {
    expect(fixed(text)).toBe(text);
  });

  it('hold no value: it may be a secret', () => {
    for (const text of [
      'FROM a\nENV PASSWORD hunter2',
      'FROM a\nENV PASSWORD hunter2 hunter2',
      "FROM a\nCMD db --password hunter2 'hunter2 x'",
    ]) {
      const fixes = check(text).flatMap((finding) => finding.fix ?? []);
      expect(fixes).not.toEqual([]);
      expect(JSON.stringify(fixes)).not.toContain('hunter2');
    }
  });

  const samples = ['err', 'ok'].flatMap((name) =>
    readFileSync(new URL(`testdata/${name}.txt`, import.meta.url), 'utf8')
      .split(/^=== .*\n/m)
      .map((section) => section.split(/^--- /m)[0] ?? '')
      .filter((text) => text !== ''),
  );
  const joined = samples.map((text, index) =>
    text.replaceAll('FROM', index % 3 === 0 ? 'from' : 'FROM').replace(/^RUN/gm, index % 5 === 0 ? 'run' : 'RUN'),
  );

  it('leave the meaning as it is: the same instructions and commands, but for the words that were edited', () => {
    for (const text of [...samples, ...joined, samples.join('')]) expect(meaning(fixed(text)), text).toEqual(meaning(text));
  });

  it('leave nothing to fix, and nothing new that BuildKit refuses', () => {
    for (const text of [...samples, ...joined, samples.join('')]) {
      const once = fixed(text);
      expect(fixed(once), text).toBe(once);
      const problems = (each: string) => parseDockerfile({ path: 'Dockerfile', text: each }).problems.map((problem) => problem.code);
      expect(problems(once), text).toEqual(problems(text));
    }
  });
});

const ADDED = new Set(['-y', '--no-cache', '--no-cache-dir']);

/** What a build makes of it, with what fixes add left out. */
function meaning(text: string): unknown {
  return parseDockerfile({ path: 'Dockerfile', text }).instructions.map(told);
}

function told(instruction: Instruction): unknown {
  const keyword =
    instruction.keyword === 'MAINTAINER' || instruction.written.text.toUpperCase() === 'LABEL'
      ? 'LABEL'
      : instruction.keyword === 'ADD'
        ? 'COPY'
        : instruction.keyword;
  const { script, trigger } = instruction;
  const flags = instruction.flags
    .filter((flag) => !(flag.name === 'platform' && flag.value === '$TARGETPLATFORM'))
    .map((flag) => `${flag.name}=${flag.value}`);
  const commands = script?.commands
    .map((command) =>
      command.words
        .map((word) => word.text)
        .filter((word) => !ADDED.has(word))
        .join(' '),
    )
    .filter((command) => command !== 'rm -rf /var/lib/apt/lists/*');
  const pairs = instruction.pairs.map((pair) => `${pair.key.text}=${pair.value?.text.replace(/^"|"$/g, '')}`);
  const words = script ? [] : instruction.words.map((word) => word.text.toLowerCase().replace('sha256:sha256:', 'sha256:'));
  const maintainer =
    instruction.keyword === 'MAINTAINER' ? { pairs: [`org.opencontainers.image.authors=${words[0]}`], words: [] } : { pairs, words };
  return { keyword, flags, commands, ...maintainer, trigger: trigger && told(trigger) };
}
