import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { homeFolder } from './home.ts';

const passwd = { ...userInfo(), homedir: '/h/of-passwd' };
const gone = (): never => {
  throw new Error('uv_os_homedir returned ENOENT');
};

it.each([
  ['/h/me', '/h/me'],
  ['', '/h/of-passwd'],
  ['relative', '/h/of-passwd'],
])('of HOME=%j is %s', (home, expected) => {
  expect(homeFolder({ homedir: () => home, userInfo: (() => passwd) as typeof userInfo })).toBe(expected);
});

it('of a user that nobody knows is nowhere', () => {
  expect(homeFolder({ homedir: gone, userInfo: gone })).toBe('/nonexistent');
  expect(homeFolder({ homedir: () => '', userInfo: gone })).toBe('/nonexistent');
});
