import { describe, expect, it } from 'vitest';
import { createScanner } from '../index.ts';
import type { FoundSecret, SecretRule, SecretScanner } from '../types.ts';
import { searchKeywords } from './keywords.ts';

const base = { service: 'Acme', word: 'token', severity: 'high', reference: 'https://acme.example/tokens' } as const;
const token: SecretRule = {
  ...base,
  id: 'acme-token',
  keywords: ['acme_'],
  pattern: /(?<![a-z])acme_[a-z0-9]{12}(?![a-z0-9])/,
  maxLength: 17,
};
const named: SecretRule = {
  ...base,
  id: 'acme-password',
  word: 'password',
  keywords: ['acme-pass'],
  pattern: /acme-pass\s{0,4}[:=]\s{0,4}"(?<secret>[^"\n]{6,200})"/,
  maxLength: 230,
  lookAlikes: 'all',
};
const host: SecretRule = {
  ...base,
  id: 'acme-file',
  keywords: [],
  files: { basenames: ['.acmerc'] },
  pattern: /(?<=^|\n)[a-z]{2,10}:(?<secret>[a-z0-9]{4,20})(?=\r?\n|$)/,
  maxLength: 33,
};
const rules = [token, named, host];
const hashKey = Buffer.alloc(32, 7);
const A = 'acme_q8w7e6r5t4z3';
const B = 'acme_m1n2b3v4c5x6';

/** Feeds the bytes in pieces that end at `cuts`. */
function feed(scanner: SecretScanner, bytes: Buffer, cuts: readonly number[], path = 'app/config'): readonly FoundSecret[] {
  const stream = scanner.open(path, bytes.length);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (!stream.chunk(Buffer.from(bytes.subarray(from, cut)))) break;
    from = cut;
  }
  return stream.end();
}

const places = (found: readonly FoundSecret[]) => found.map(({ rule, line, column }) => `${rule} ${line}:${column}`);

describe('keywords', () => {
  it('are found at every place, overlapping, without case and across pieces', () => {
    const words = ['she', 'he', 'hers', 'his', 'sHE-'];
    const text = Buffer.from('usHers she-his HIS hershe');
    const expected: string[] = [];
    for (let end = 1; end <= text.length; end++) {
      for (const [i, word] of words.entries()) {
        if (text.toString('latin1', 0, end).toLowerCase().endsWith(word.toLowerCase())) expected.push(`${i}@${end}`);
      }
    }
    for (let cut = 0; cut <= text.length; cut++) {
      const search = searchKeywords(words);
      const met: string[] = [];
      const on = (keyword: number, end: number) => void met.push(`${keyword}@${end}`);
      search.run(text, cut, text.length, search.run(text, 0, cut, 0, on), on);
      expect(met.sort(), `cut at ${cut}`).toEqual(expected.sort());
    }
  });
});

describe('a stream', () => {
  const text = `first\nkey = ${A}\n\n  {"x": "${B}"} acme-pass: "Tr0ub4dor&3"\nlast`;
  const expected = ['acme-token 2:7', 'acme-token 4:10', 'acme-password 4:42'];

  it('finds the same at every split', () => {
    const scanner = createScanner({ rules, hashKey });
    const bytes = Buffer.from(text);
    const whole = feed(scanner, bytes, []);
    expect(places(whole)).toEqual(expected);
    for (let cut = 0; cut <= bytes.length; cut++) expect(feed(scanner, bytes, [cut]), `cut at ${cut}`).toEqual(whole);
    expect(feed(scanner, bytes, [...bytes.keys()])).toEqual(whole);
  });

  it('finds secrets wherever the edge of its window falls', () => {
    const scanner = createScanner({ rules, hashKey });
    for (let shift = -60; shift <= 60; shift++) {
      // 256 KiB is the window; the second lies at the edge that follows once a part of the first was let go.
      const lead = Buffer.alloc((256 << 10) + shift, 'lorem ipsum\n');
      const found = feed(
        scanner,
        Buffer.concat([lead, Buffer.from(`\n${A} ${B}\nacme-pass = "Tr0ub4dor&3"\n`), lead, Buffer.from(` ${A} `)]),
        [],
      );
      expect(
        found.map(({ rule }) => rule),
        `shift ${shift}`,
      ).toEqual(['acme-token', 'acme-token', 'acme-password', 'acme-token']);
      const lines = 1 + lead.toString('latin1').split('\n').length;
      expect(found[0]?.line).toBe(lines);
      expect(found[2]?.line).toBe(lines + 1);
    }
  });

  it('counts columns of a line that is longer than what is kept', () => {
    const scanner = createScanner({ rules, hashKey });
    const found = feed(scanner, Buffer.concat([Buffer.alloc(3_000_000, '.'), Buffer.from(A)]), [1_000_000, 2_000_000]);
    expect(places(found)).toEqual(['acme-token 1:3000001']);
  });

  it('counts characters as editors do where the line is text', () => {
    const scanner = createScanner({ rules, hashKey });
    const characters = (bytes: Uint8Array, cuts: readonly number[] = []) =>
      feed(scanner, Buffer.from(bytes), cuts).map(({ line, column, character }) => [line, column, character]);
    const text = `ü€😀 ${A}\n\ufeff${A}`;
    const bytes = Buffer.from(`\ufeff${text}`);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(characters(bytes, [cut])).toEqual([
        [1, 3 + 2 + 3 + 4 + 1 + 1, 6],
        [2, 4, 2],
      ]);
    }
    for (const wide of [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${text}`, 'utf16le').swap16()]) {
      expect(characters(wide).map(([line, , character]) => [line, character])).toEqual([
        [1, 6],
        [2, 2],
      ]);
    }
    expect(characters(Buffer.from(`ü ${A}`, 'latin1'))).toEqual([[1, 3, undefined]]);
    expect(characters(Buffer.from(`${'.'.repeat(20_000)}${A}`))).toEqual([[1, 20_001, undefined]]);
  });

  it('finds each secret once where keywords crowd', () => {
    const scanner = createScanner({ rules, hashKey });
    const bytes = Buffer.from(`${'acme_ acme-pass '.repeat(40_000)}${A}${' acme_'.repeat(60_000)} ${B} `);
    expect(feed(scanner, bytes, []).map(({ column }) => column)).toEqual([640_001, 640_001 + 17 + 360_001]);
  });

  it('gives up a rule that matches too often, and says so', () => {
    const scanner = createScanner({ rules, hashKey });
    const stream = scanner.open('x', 0);
    for (let i = 0; i < 150; i++) stream.chunk(Buffer.from(`acme_q8w7e6r5t${String(i).padStart(3, '0')}\n`));
    expect(stream.end()).toHaveLength(100);
    expect(stream.limited).toBe(true);
  });

  it('reads UTF-16 by its mark, and no other bytes with zeros', () => {
    const scanner = createScanner({ rules, hashKey });
    const little = Buffer.from(`\ufeffa\n${A}\n`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      for (let cut = 0; cut <= bytes.length; cut++) expect(places(feed(scanner, bytes, [cut]))).toEqual(['acme-token 2:1']);
    }
    const binary = scanner.open('x', 9000);
    expect(binary.chunk(Buffer.concat([Buffer.from([0]), Buffer.alloc(5000, `${A} `)]))).toBe(false);
    expect(binary.end()).toEqual([]);
    expect(places(feed(createScanner({ rules, hashKey, skip: [] }), Buffer.from(`\0\0 ${A} \0`), []))).toEqual([
      'acme-token undefined:undefined',
    ]);
  });

  it('tries a rule without keywords on its own files only', () => {
    const scanner = createScanner({ rules, hashKey });
    const bytes = Buffer.from('one:p4ssw0rt\r\ntwo:q1w9e2r8\n#\nthree:m5n6');
    expect(places(feed(scanner, bytes, [20], 'root/.AcmeRC'))).toEqual(['acme-file 1:5', 'acme-file 2:5', 'acme-file 4:7']);
    expect(feed(scanner, bytes, [], 'root/acmerc')).toEqual([]);
    const long = Buffer.concat([Buffer.alloc(300_000, '#\n'), bytes, Buffer.alloc(600_000, '\n#\n'), bytes]);
    expect(feed(scanner, long, [], '.acmerc')).toHaveLength(6);
  });
});

describe('what is shown', () => {
  const scanner = createScanner({ rules, hashKey });

  it('has nothing of any secret but a known prefix', () => {
    const line = `a ${A} b ${B} acme-pass="Tr0ub4dor&3" c ${A}`;
    const found = scanner.text('x', line);
    expect(found).toHaveLength(4);
    const shown = JSON.stringify(found);
    for (const secret of [A, B, 'Tr0ub4dor&3']) {
      const body = secret.replace('acme_', '');
      for (let i = 0; i + 4 <= body.length; i++) expect(shown).not.toContain(body.slice(i, i + 4));
    }
    expect(found[0]?.masked).toBe('acme_****************');
    expect(found[2]?.masked).toBe('****************');
    expect(found[2]?.snippet).toBe('a ***************** b ***************** acme-pass="****************');
  });

  it('is the same hash for the same secret, another for another key or rule', () => {
    const [one, , , again] = scanner.text('x', `a ${A} b ${B} acme-pass="Tr0ub4dor&3" c ${A}`);
    expect(one?.hash).toBe(again?.hash);
    expect(createScanner({ rules, hashKey: Buffer.alloc(32, 8) }).text('x', A)[0]?.hash).not.toBe(one?.hash);
    expect(createScanner({ rules: [{ ...token, id: 'other' }], hashKey }).text('x', A)[0]?.hash).not.toBe(one?.hash);
  });

  it('marks what a comment on the line says not to count', () => {
    const ignored = (line: string) => scanner.text('x', line)[0]?.ignored;
    expect(ignored(`${A} # plimsoll:ignore revoked in May`)).toEqual({ by: 'pragma', reason: 'revoked in May' });
    expect(ignored(`x = "${A}" // gitleaks:allow`)).toEqual({ by: 'pragma' });
    expect(ignored(`<!-- ${A} plimsoll:ignore: test key -->`)).toEqual({ by: 'pragma', reason: 'test key' });
    expect(ignored(`${A} # plimsoll:ignore:acme-token gone`)).toEqual({ by: 'pragma', reason: 'gone' });
    expect(ignored(`${A} # plimsoll:ignore:other gone`)).toBeUndefined();
    expect(ignored(`${A}\n# plimsoll:ignore`)).toBeUndefined();
  });

  it('names the rule that knows most where several match', () => {
    const found = scanner.text('x', `acme-pass = "${A}"`);
    expect(found.map(({ rule }) => rule)).toEqual(['acme-token']);
  });

  it('is another version for other rules, keys and settings', () => {
    const versions = [
      createScanner({ rules, hashKey }),
      createScanner({ rules: [token], hashKey }),
      createScanner({ rules: [{ ...token, pattern: /acme_[a-z0-9]{12}/ }, named, host], hashKey }),
      createScanner({ rules, hashKey: Buffer.alloc(32, 8) }),
      createScanner({ rules, hashKey, skip: [] }),
      createScanner({ rules, hashKey, disable: ['acme-token'] }),
      createScanner({ rules, hashKey, allow: [{ words: ['q8'] }] }),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
    expect(createScanner({ rules: [...rules], hashKey }).version).toBe(versions[0]);
  });
});
