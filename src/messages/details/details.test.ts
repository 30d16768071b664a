import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { errorSentences } from '../index.ts';
import { detailText } from './index.ts';

const SRC = join(import.meta.dirname, '../..');

/** What says in English why something is refused: the params of errors, and the functions that make them. */
const PARAM = /\b(?:detail|reason):\s*(?:[^,\n}'`"]*\?\s*)?(?<text>'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g;
const MAKER =
  /(?<!function )(?<![.\w])(?:this\.)?#?(?:malformed|malformedTar|unsupported|refused?|invalid|unusable|damaged|syntax|unsafe|daemonProtocol|wrong|fail|PatternError|Malformed)\((?<args>[^;\n]*)/g;
const TEXT = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** What is said of packages in reports for programs, of statements of feeds, and of rules that are built in: no errors. */
const ELSEWHERE =
  /^(?:match|model|messages|versions|harden|report\/(?!template)|checks\/(?!custom)|policy\/(?!exceptions)|extract\/(?:lang|bin|os)\/[\w-]+\/(?:index|identify)\.ts|app\/recommend)/;

/** `it lacks ${name}` as `it lacks X`. */
const sample = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'X')
    .replace(/\\(.)/g, '$1');

function texts(): [string, string][] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /(?<!\.test)\.ts$/.test(name) && !ELSEWHERE.test(name),
  );
  return files.flatMap((file) => {
    const source = readFileSync(join(SRC, file), 'utf8');
    const literals = [
      ...[...source.matchAll(PARAM)].map((found) => found.groups?.text ?? ''),
      ...[...source.matchAll(MAKER)].flatMap((found) => found.groups?.args?.match(TEXT) ?? []),
    ];
    // Words, not names: at least two of them.
    return literals
      .map(sample)
      .flatMap((text): [string, string][] => (/[a-z]{2,} [a-z`'"]*[a-z]{2,}|[a-z]{2,} X|X [a-z]{2,}/.test(text) ? [[file, text]] : []));
  });
}

describe('why something went wrong', () => {
  it('is said in Korean wherever our own code says it', () => {
    const all = texts();
    expect(all.length).toBeGreaterThan(150);
    const english = all.filter(([, text]) => !/[\uac00-\ud7a3]/.test(detailText(text, 'ko')));
    expect(english.map(([file, text]) => `${file}: ${text}`)).toEqual([]);
  });

  it.each([
    ['ENOENT', 'there is no such file or folder (ENOENT)', '파일이나 폴더가 없음 (ENOENT)'],
    ['EISDIR: illegal operation on a directory, read', 'it is a folder, not a file (EISDIR)', '파일이 아니라 폴더임 (EISDIR)'],
    ["EACCES: permission denied, open '/etc/shadow'", 'permission denied (EACCES)', '권한 없음 (EACCES)'],
    ['the connection was refused (ECONNREFUSED)', 'the connection was refused (ECONNREFUSED)', '연결이 거부됨 (ECONNREFUSED)'],
    ['EWHATEVER', 'EWHATEVER', 'EWHATEVER'],
    ['Map keys must be unique', 'Map keys must be unique', '매핑에 같은 키가 두 번 있음'],
    ['it lacks blobs/a: b', 'it lacks blobs/a: b', 'blobs/a: b이(가) 없음'],
    ['ca.pem: ENOENT', 'ca.pem: ENOENT', 'ca.pem: 파일이나 폴더가 없음 (ENOENT)'],
    ['the words of another program', 'the words of another program', 'the words of another program'],
  ])('%s', (text, en, ko) => {
    expect(detailText(text, 'en')).toBe(en);
    expect(detailText(text, 'ko')).toBe(ko);
  });

  it.each([
    'a: [1',
    'a: b: c',
    'a: 1\na: 2',
    "a: 'b",
    'a: "b',
    '\ta: 1',
    '- a\nb: 1',
    '{a: 1',
    'a: ]',
    'a: {',
    '? [',
    'a: @b',
    'a: !!x [',
    'a\nb: 1',
  ])('is said in Korean where YAML is broken: %j', (text) => {
    const [error] = parseDocument(text).errors;
    const message = error?.message.split(/ at line |\n/)[0] ?? '';
    expect(message).not.toBe('');
    expect(detailText(message, 'ko')).toMatch(/[\uac00-\ud7a3]/);
  });

  it.each(['', '{', '{"a" 1}', '[1', '{"a":1,}', '{"a":1 "b"}', 'x', '1 2', '"a', '-', '1.', '"\n"', '"\\x"'])(
    'is said in Korean where JSON is broken: %j',
    (text) => {
      let message = '';
      try {
        JSON.parse(text);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).not.toBe('');
      expect(detailText(message, 'ko')).toMatch(/[\uac00-\ud7a3]/);
    },
  );

  it('stands in the sentences of errors', () => {
    const error = { code: 'reference-invalid', params: { reference: 'A', reason: 'the repository must be in lower case' } } as const;
    expect(errorSentences(error, 'ko').what).toBe('A은(는) 올바른 이미지 참조가 아닙니다: 저장소 이름은 소문자여야 함.');
  });
});
