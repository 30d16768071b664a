import { describe, expect, it } from 'vitest';
import { parseToml } from './toml.ts';

describe('TOML', () => {
  it('gives plain data', () => {
    expect(parseToml('version = 3\r\n[[package]]\nname = "a"\nsource = { registry = "x" }\nfiles = [\n  "y", # z\n]\n')).toEqual({
      version: 3,
      package: [{ name: 'a', source: { registry: 'x' }, files: ['y'] }],
    });
  });

  it.each(['[package', 'a = ', 'a = 1\na = 2', 'a = "\0"', '\ufffd\ufffd', `a = ${'['.repeat(100_000)}`, 'a'.repeat(1_000_000)])(
    'is undefined for what is none (%#)',
    (text) => {
      expect(parseToml(text)).toBeUndefined();
    },
  );

  it('takes no key for a prototype', () => {
    const data = parseToml('[__proto__]\nname = "x"\n[constructor.prototype]\nversion = "1"\n');
    expect(({} as Record<string, unknown>).name).toBeUndefined();
    expect(Object.getPrototypeOf(data) === Object.prototype || Object.getPrototypeOf(data) === null).toBe(true);
  });

  it('reads 20,000 tables', () => {
    const text = '[[package]]\nname = "x"\nversion = "1.0.0"\n\n'.repeat(20_000);
    expect(parseToml(text)?.package).toHaveLength(20_000);
  });
});
