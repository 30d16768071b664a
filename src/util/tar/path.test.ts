import { expect, it } from 'vitest';
import { normalisePath } from './path.ts';

it.each([
  ['a/b', 'a/b'],
  ['./a/b/', 'a/b'],
  ['/a/b', 'a/b'],
  ['//a', 'a'],
  ['a//b', 'a/b'],
  ['a/./b', 'a/b'],
  ['a/.', 'a'],
  ['a/b/../c', 'a/c'],
  ['a/..', ''],
  ['.', ''],
  ['./', ''],
  ['/', ''],
  ['', ''],
  ['././a', 'a'],
  ['.hidden', '.hidden'],
  ['a/.hidden', 'a/.hidden'],
  ['...', '...'],
  ['a/..b', 'a/..b'],
  ['..a/b', '..a/b'],
  ['a..', 'a..'],
  ['..', undefined],
  ['../a', undefined],
  ['/../a', undefined],
  ['a/../../b', undefined],
  ['./..', undefined],
])('%j means %j', (name, path) => {
  expect(normalisePath(name)).toBe(path);
});
