import { describe, expect, it } from 'vitest';
import { withoutPasswords, withoutSecrets } from './addresses.ts';

describe('addresses as people may see them', () => {
  it.each([
    ['https://user:word@host/path', 'https://***@host/path'],
    ['HTTP://user@host', 'HTTP://***@host'],
    ['https://user:w@rd@host/a@b', 'https://***@host/a@b'],
    ['https://a:b@one/,https://c:d@two/', 'https://***@one/,https://***@two/'],
    ['{"kev":["https://a:b@host/"]}', '{"kev":["https://***@host/"]}'],
    ['https://host/a@b', 'https://host/a@b'],
    ['registry.example/app@sha256:0', 'registry.example/app@sha256:0'],
  ])('tell no name or password: %s', (text, shown) => {
    expect(withoutPasswords(text)).toBe(shown);
  });

  it('tell no query', () => {
    expect(withoutSecrets('https://user:word@host/path?key=1&url=https://x/')).toBe('https://***@host/path');
  });
});
