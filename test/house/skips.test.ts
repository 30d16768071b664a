import { describe, expect, it } from 'vitest';
import { read } from './files.ts';
import { readAllowedSkips, reasonOf, refusedSkips } from './skips.ts';

const skip = (name: string, note?: string) => ({ file: 'a.test.ts', name, ...(note === undefined ? {} : { note }) });

describe('skipped tests', () => {
  it('give their reason in a note or in their name', () => {
    expect(reasonOf(skip('reads it', 'no docker-registry here'))).toBe('no docker-registry here');
    expect(reasonOf(skip('vectors (needs ../shared/data) > dpkg'))).toBe('needs ../shared/data');
    expect(reasonOf(skip('reads it'))).toBeUndefined();
  });

  it('are refused without a reason that the list knows', () => {
    const allowed = readAllowedSkips('# comment\n\nneeds ../shared/data | a user has none\n');
    const skips = [skip('a, needs ../shared/data'), skip('b, needs the moon'), skip('c')];
    expect(refusedSkips(skips, allowed).map(({ name }) => name)).toEqual(['b, needs the moon', 'c']);
  });

  it('have a list that can be read', () => {
    expect(readAllowedSkips(read('test/house/allowed-skips.txt')).length).toBeLessThanOrEqual(15);
    expect(() => readAllowedSkips('only a reason')).toThrow('allowed-skips.txt:1');
  });
});
