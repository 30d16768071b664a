import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dockerfileChecker } from './index.ts';

const ALL = new Set(dockerfileChecker.rules.map((rule) => rule.id));
const check = (text: string) => dockerfileChecker.check({ path: 'Dockerfile', text }, {}, ALL);

/** Every finding lies within the text. */
function sound(text: string): void {
  const lines = text.split('\n').length;
  for (const { location } of check(text)) {
    expect(location.line).toBeGreaterThan(0);
    expect(location.line).toBeLessThanOrEqual(lines);
  }
}

const samples = ['err', 'ok']
  .map((name) => readFileSync(new URL(`testdata/${name}.txt`, import.meta.url), 'utf8'))
  .flatMap((text) => text.split(/^=== .*\n/m))
  .map((section) => section.split(/^--- /m)[0] ?? '');

describe('malformed Dockerfiles', () => {
  it('are read at whatever place they end', () => {
    for (const text of samples) for (let end = 0; end < text.length; end += 11) sound(text.slice(0, end));
  });

  it('are read with any of their characters replaced', () => {
    const marks = ['\\', '"', "'", '$', '{', '(', ')', '`', '<<', '\n', '\r', '\0', '|', '&', '[', '\ufeff', '\ud800', '#'];
    for (const [index, text] of samples.entries()) {
      for (let at = index % 7; at < text.length; at += 7) {
        const mark = marks[(at + index) % marks.length]!;
        sound(text.slice(0, at) + mark + text.slice(at + 1));
      }
    }
  });

  const LONG = 200_000;
  it.each([
    ['nothing', ''],
    ['only a byte order mark', '\ufeff'],
    ['a binary file', '\x7fELF\0\x01\x02'.repeat(1000)],
    ['a line without end', `FROM a\nRUN ${'x '.repeat(LONG)}`],
    ['continuations without end', `FROM a\nRUN x${' \\\n'.repeat(LONG)}`],
    ['substitutions in each other', `FROM a\nRUN ${'$('.repeat(LONG)}`],
    ['backquotes', `FROM a\nRUN ${'`'.repeat(LONG)}`],
    ['groups in each other', `FROM a\nRUN ${'( '.repeat(LONG)}`],
    ['braces in each other', `FROM a\nENV A=${'${a:-'.repeat(LONG / 10)}`],
    ['open braces in a name', `FROM ${'${'.repeat(LONG)}`],
    ['ifs in each other', `FROM a\nRUN ${'if x; then '.repeat(LONG / 10)}`],
    ['pipes', `FROM a\nRUN ${'a | '.repeat(LONG / 4)}`],
    ['wrappers', `FROM a\nRUN ${'sudo '.repeat(LONG / 5)}`],
    ['here-documents', `FROM a\nRUN ${'<<A '.repeat(LONG / 10)}\n`],
    ['quotes', `FROM a\nENV A=${'"'.repeat(LONG)}`],
    ['slashes', `FROM a\nCOPY ${'/'.repeat(LONG)}pem /x`],
    ['colons', `FROM a\nEXPOSE ${'1:'.repeat(LONG)}`],
    ['an address', `FROM a\nRUN curl ${'a'.repeat(LONG)}://${'b'.repeat(LONG)}`],
    ['instructions', 'FROM a\nARG A\n'.repeat(LONG / 10)],
    ['comments', `${'# hadolint ignore=DL3000\n'.repeat(LONG / 100)}FROM a\n`],
    ['flags', `FROM a\nRUN ${'--mount=type=cache,target=/x '.repeat(LONG / 100)}`],
    ['JSON in JSON', `FROM a\nCMD ${'['.repeat(LONG)}`],
  ])('%s', (_name, text) => {
    sound(text);
  });

  it('as settings are told by nothing but that they have no effect', () => {
    for (const yaml of ['', ':', '[', 'ignored: 5', 'override: []', 'label-schema: x', '- a', 'a: &a [*a]', '\0', 'x: '.repeat(1000)]) {
      expect(() => dockerfileChecker.check({ path: 'Dockerfile', text: 'FROM a\n' }, { read: () => yaml }), yaml).not.toThrow();
    }
  });
});
