import { homedir, userInfo } from 'node:os';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { homeFolder } from './home.ts';

vi.mock('node:os', () => ({ homedir: vi.fn(), userInfo: vi.fn() }));
const gone = () => {
  throw new Error('uv_os_homedir returned ENOENT');
};
beforeEach(() => void vi.mocked(userInfo).mockReturnValue({ homedir: '/h/of-passwd' } as ReturnType<typeof userInfo>));
afterEach(() => void vi.resetAllMocks());

it.each([
  ['/h/me', '/h/me'],
  ['', '/h/of-passwd'],
  ['relative', '/h/of-passwd'],
])('of HOME=%j is %s', (home, expected) => {
  vi.mocked(homedir).mockReturnValue(home);
  expect(homeFolder()).toBe(expected);
});

it('of a user that nobody knows is nowhere', () => {
  vi.mocked(homedir).mockImplementation(gone);
  expect(homeFolder()).toBe('/nonexistent');
  vi.mocked(homedir).mockReturnValue('');
  vi.mocked(userInfo).mockImplementation(gone);
  expect(homeFolder()).toBe('/nonexistent');
});
