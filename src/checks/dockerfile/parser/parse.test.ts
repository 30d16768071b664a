import { describe, expect, it } from 'vitest';
import type { Instruction } from '../document.ts';
import { parseDockerfile } from './parse.ts';

function parse(text: string) {
  return parseDockerfile({ path: 'Dockerfile', text });
}

/** Name and arguments, as written. */
function shape({ written, flags, words, pairs, trigger, type }: Instruction): unknown {
  return [
    written.text,
    ...flags.map((flag) => (flag.value === undefined ? `--${flag.name}` : `--${flag.name}=${flag.value}`)),
    ...(type ? [type.text] : []),
    ...words.map((word) => word.text),
    ...pairs.map((pair) => [pair.key.text, pair.value?.text]),
    ...(trigger ? [shape(trigger)] : []),
  ];
}

const shapes = (text: string) => parse(text).instructions.map(shape);
const codes = (text: string) => parse(text).problems.map((problem) => problem.code);

// What BuildKit's frontend does with these was read off its parser's own test files (frontend/dockerfile/parser/testfiles).
describe('logical lines', () => {
  it('are joined where the escape character ends them, comments and blank lines between left out', () => {
    expect(shapes('FROM a\nRUN x \\\n# a comment \\\n   # another\n\n  y\\\nz\n')).toEqual([
      ['FROM', 'a'],
      ['RUN', 'x   yz'],
    ]);
    expect(parse('FROM a\nRUN x \\\n\n  y\n').emptyContinuations).toHaveLength(1);
  });

  it('end where two escape characters stand, and at the end of the file', () => {
    expect(shapes('FROM a\nRUN a \\\\\nRUN b \\')).toEqual([
      ['FROM', 'a'],
      ['RUN', 'a \\\\'],
      ['RUN', 'b'],
    ]);
  });

  it('take the escape character of the directive', () => {
    const document = parse('# escape=`\nFROM a\nCOPY a.txt c:\\\\\nRUN dir `\n  c:\\\n');
    expect(document.escape).toBe('`');
    expect(document.instructions.map(shape)).toEqual([
      ['FROM', 'a'],
      ['COPY', 'a.txt', 'c:\\\\'],
      ['RUN', 'dir   c:\\'],
    ]);
  });

  it('know directives at the top only', () => {
    expect(parse('# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n').directives.map(({ name, value }) => [name, value])).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['check', 'skip=all'],
    ]);
    expect(parse('# a comment\n# escape=`\nFROM a\n').directives).toEqual([]);
    expect(codes('# escape=`\n# escape=\\\nFROM a\n')).toEqual(['directive-twice']);
    expect(codes('# escape=x\nFROM a\n')).toEqual(['escape']);
  });

  it('may end in CRLF and begin with a byte order mark', () => {
    expect(shapes('\ufeffFROM a\r\nRUN x \\\r\n  y\r\n')).toEqual([
      ['FROM', 'a'],
      ['RUN', 'x   y'],
    ]);
  });
});

describe('arguments', () => {
  it.each([
    ['ENV a b c', [['a', 'b c']]],
    [
      'ENV a=b c="d e" f=\\ g',
      [
        ['a', 'b'],
        ['c', '"d e"'],
        ['f', '\\ g'],
      ],
    ],
    ['LABEL "a b"=\'c d\'', [['"a b"', "'c d'"]]],
    [
      'ARG a b=c',
      [
        ['a', undefined],
        ['b', 'c'],
      ],
    ],
  ])('%s are pairs', (line, pairs) => {
    expect(shapes(`FROM x\n${line}`)[1]).toEqual([line.split(' ')[0], ...pairs]);
  });

  it.each([
    ['CMD ["a", "b\\u00e9\\n"]', ['a', 'b\u00e9\n']],
    ["CMD ['a', 'b']", ["['a', 'b']"]],
    ['CMD ["a" "b"]', ['["a" "b"]']],
    ['COPY ["a b", "/c d/"]', ['a b', '/c d/']],
    ['VOLUME /a /b', ['/a', '/b']],
    ['EXPOSE 80/tcp 90-92', ['80/tcp', '90-92']],
    ['USER a:b', ['a:b']],
  ])('%s are words', (line, words) => {
    expect(shapes(`FROM x\n${line}`)[1]).toEqual([line.split(' ')[0], ...words]);
  });

  it('come after flags, whose quotes and escapes are taken off', () => {
    expect(
      shapes(
        'FROM --platform=$BUILDPLATFORM a AS b\nCOPY --from="b" --chown=1:1 --link /a /b\nHEALTHCHECK --interval=5s --retries=3 CMD a b\nADD --checksum=sha256:x --keep-git-dir=true --exclude=*.o --exclude=*.a u /d',
      ),
    ).toEqual([
      ['FROM', '--platform=$BUILDPLATFORM', 'a', 'AS', 'b'],
      ['COPY', '--from=b', '--chown=1:1', '--link', '/a', '/b'],
      ['HEALTHCHECK', '--interval=5s', '--retries=3', 'CMD', 'a b'],
      ['ADD', '--checksum=sha256:x', '--keep-git-dir=true', '--exclude=*.o', '--exclude=*.a', 'u', '/d'],
    ]);
  });

  it('of ONBUILD are an instruction', () => {
    expect(shapes('FROM a\nONBUILD COPY --from=b c d')[1]).toEqual(['ONBUILD', ['COPY', '--from=b', 'c', 'd']]);
  });
});

describe('here-documents', () => {
  it('are read whole, several and with tabs taken off', () => {
    const { instructions, problems } = parse(
      'FROM a\nRUN <<A cat >/a && <<-"B" cat >/b\n#x\nA\n\t\tFROM y\n\tB\nCOPY <<f <<g /d/\n1\nf\n2\ng\nUSER 1\n',
    );
    expect(problems).toEqual([]);
    expect(instructions.map((instruction) => instruction.keyword)).toEqual(['FROM', 'RUN', 'COPY', 'USER']);
    expect(instructions[1]?.heredocs.map(({ name, chomp, expand, content }) => [name, chomp, expand, content.text])).toEqual([
      ['A', false, true, '#x\n'],
      ['B', true, false, 'FROM y\n'],
    ]);
    expect(instructions[2]?.heredocs.map(({ content }) => content.text)).toEqual(['1\n', '2\n']);
  });

  it('need a terminator', () => {
    expect(codes('FROM a\nRUN <<EOF\nx\n')).toEqual(['heredoc']);
  });

  it('are none in arithmetic, in quotes, in JSON and with a space behind', () => {
    expect(shapes('FROM a\nRUN echo $((1<<2)) "<<EOF" << EOF\nRUN ["a", "<<EOF"]\nUSER 1')).toHaveLength(4);
  });
});

describe('places', () => {
  it('are those of the source, across continuations', () => {
    const text = 'FROM a\nRUN apt-get \\\n  # why\n  install  x\n';
    const words = parse(text).instructions[1]?.script?.commands[0]?.words ?? [];
    expect(words.map((word) => text.slice(word.start, word.end))).toEqual(['apt-get', 'install', 'x']);
    const heredoc = 'FROM a\nRUN <<-E\n\tpip install x\n\tE\n';
    const inner = parse(heredoc).instructions[1]?.script?.commands[0]?.words ?? [];
    expect(inner.map((word) => heredoc.slice(word.start, word.end))).toEqual(['pip', 'install', 'x']);
  });
});

describe('stages', () => {
  it('know their base, their name and what is shipped', () => {
    const { stages } = parse('ARG V=3\nFROM alpine:$V AS Base\nFROM base AS build\nFROM base\nRUN x\n');
    expect(stages.map(({ name, resolved, base, shipped }) => [name, resolved?.text, base?.index, shipped])).toEqual([
      ['base', 'alpine:3', undefined, true],
      ['build', 'base', 0, false],
      [undefined, 'base', 0, true],
    ]);
  });

  it('hand their shell on', () => {
    const document = parse('FROM a AS b\nSHELL ["pwsh", "-c"]\nFROM b\nRUN apt x\nFROM c\nRUN apt y\n');
    expect(document.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ script }) => script !== undefined)).toEqual([
      false,
      true,
    ]);
  });
});

describe('what BuildKit refuses', () => {
  it.each([
    ['', 'empty'],
    ['# only a comment', 'empty'],
    ['ARG A=1\nARG B', 'empty'],
    ['FROM', 'no-arguments'],
    ['FROM a b', 'from'],
    ['FROM a AS 1b', 'stage-name'],
    ['FROM a\nCOPIE b c', 'unknown-instruction'],
    ['FROM a\nENV b', 'pair'],
    ['FROM a\nENV b=c d', 'pair'],
    ['FROM a\nLABEL =c', 'pair'],
    ['FROM a\nCOPY b', 'destination'],
    ['FROM a\nCOPY --frm=b c d', 'unknown-flag'],
    ['FROM a\nCOPY --from=b --from=c d e', 'flag-twice'],
    ['FROM a\nCOPY --from c d', 'flag-value'],
    ['FROM a\nCMD ["b", 1]', 'json'],
    ['FROM a\nCMD ["b", ["c"]]', 'json'],
    ['FROM a\nSHELL bash', 'shell'],
    ['FROM a\nHEALTHCHECK TEST b', 'healthcheck'],
    ['FROM a\nHEALTHCHECK NONE b', 'healthcheck'],
    ['FROM a\nHEALTHCHECK --interval=soon CMD b', 'flag-value'],
    ['FROM a\nRUN --mount=type=cahce,target=/x b', 'mount'],
    ['FROM a\nRUN --mount=type=cache,tarjet=/x b', 'mount'],
    ['FROM a\nRUN --mount=type=bind,sharing=locked,target=/x b', 'mount'],
    ['FROM a\nCOPY b <<EOF\nEOF', 'heredoc'],
  ])('%j', (text, code) => {
    expect(codes(text)).toContain(code);
  });
});
