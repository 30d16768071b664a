import { describe, expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';
import { isLoopback, isPlain } from './host.ts';

describe('challenges (RFC 9110, 11.6.1)', () => {
  it.each([
    ['Basic realm="x"', [{ scheme: 'basic', params: { realm: 'x' } }]],
    ['Basic', [{ scheme: 'basic', params: {} }]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          params: { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:a/b:pull,push' },
        },
      ],
    ],
    [
      'Bearer Realm = "a" , error=insufficient_scope, Basic realm="b, c \\"d\\""',
      [
        { scheme: 'bearer', params: { realm: 'a', error: 'insufficient_scope' } },
        { scheme: 'basic', params: { realm: 'b, c "d"' } },
      ],
    ],
    [
      'Negotiate, Bearer realm="a"',
      [
        { scheme: 'negotiate', params: {} },
        { scheme: 'bearer', params: { realm: 'a' } },
      ],
    ],
    ['', []],
    [undefined, []],
  ])('%s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  it.each([
    'Bearer realm="',
    '=',
    '"""',
    ',,,,',
    'Bearer realm=',
    `Bearer ${'a="b",'.repeat(100_000)}`,
    `Bearer realm="${'\\'.repeat(100_000)}`,
  ])('hostile header %#', (header) => {
    expect(() => parseChallenges(header)).not.toThrow();
  });
});

describe('plain http', () => {
  it.each(['localhost', 'localhost:5000', '127.0.0.1:1', '127.8.9.1', '[::1]:5000', 'a.localhost'])('%s is loopback', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['localhost.example', '128.0.0.1', '127.0.0.1.example', 'my-localhost', '[::2]', '10.0.0.1:127'])('%s is not', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  it('only where asked', () => {
    expect(isPlain('r.example', undefined)).toBe(false);
    expect(isPlain('r.example', true)).toBe(true);
    expect(isPlain('r.example:80', ['r.example:80'])).toBe(true);
    expect(isPlain('r.example', ['r.example:80'])).toBe(false);
  });
});
