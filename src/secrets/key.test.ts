import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlimsollError } from '../util/errors.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import { SECRETS_KEY_FILE, secretsKey } from './key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    return error instanceof PlimsollError ? error.code : String(error);
  }
  return undefined;
};

describe('the key of hashes', () => {
  it('is made once, for this user only, and read again', () => {
    const config = join(folder, 'a/b');
    const first = secretsKey(undefined, config);
    expect(first.kept).toBe(true);
    expect(secretsKey('', config).key).toEqual(first.key);
    expect(readdirSync(config)).toEqual([SECRETS_KEY_FILE]);
    expect(statSync(join(config, SECRETS_KEY_FILE)).mode & 0o777).toBe(0o600);
    // What is used is derived: the file's text itself is no key.
    expect(first.key.toString('hex')).not.toBe(readFileSync(join(config, SECRETS_KEY_FILE), 'utf8').trim());
    expect(secretsKey(undefined, join(folder, 'other')).key).not.toEqual(first.key);
  });

  it("is the team's where it is set", () => {
    const team = 'the same for everybody';
    expect(secretsKey(team, folder)).toEqual(secretsKey(team, join(folder, 'elsewhere')));
    expect(readdirSync(folder)).toEqual([]);
    expect(codeOf(() => secretsKey('short', folder))).toBe('secrets-key-unusable');
  });

  it('lasts for one run where it cannot be kept', () => {
    writeFileSync(join(folder, 'file'), '');
    const { key, kept } = secretsKey(undefined, join(folder, 'file/below'));
    expect([key.length, kept]).toEqual([32, false]);
  });

  it.each(['', 'zz', 'a'.repeat(63), `${'a'.repeat(64)}\n${'b'.repeat(64)}`, 'x'.repeat(10_000)])(
    'is refused where its file is damaged: %j',
    (text) => {
      writeFileSync(join(folder, SECRETS_KEY_FILE), text, { mode: 0o600 });
      expect(codeOf(() => secretsKey(undefined, folder))).toBe('secrets-key-unusable');
    },
  );

  it('is refused where others may read it', () => {
    secretsKey(undefined, folder);
    chmodSync(join(folder, SECRETS_KEY_FILE), 0o644);
    expect(codeOf(() => secretsKey(undefined, folder))).toBe('secrets-key-unusable');
  });
});

describe('a baseline', () => {
  const key = Buffer.alloc(32, 1);
  const hash = (digit: string) => digit.repeat(64);
  const entries = [
    { hash: hash('b'), rule: 'b-rule', path: 'z', line: 10 },
    { hash: hash('a'), rule: 'a-rule', path: 'z', line: 9, reason: 'revoked' },
    { hash: hash('c'), rule: 'a-rule', path: 'a' },
  ];

  it('is read as it was written, in a steady order', () => {
    const text = writeBaseline(entries, key);
    expect(text).toBe(writeBaseline(entries.toReversed(), key));
    expect(JSON.parse(text).secrets.map(({ path, line }: { path: string; line?: number }) => `${path}:${line}`)).toEqual([
      'a:undefined',
      'z:9',
      'z:10',
    ]);
    const knows = readBaseline(text, 'b.json', key);
    expect(knows('a-rule', hash('a'))).toEqual({ reason: 'revoked' });
    expect(knows('b-rule', hash('b'))).toEqual({});
    expect(knows('b-rule', hash('a'))).toBeUndefined();
    expect(knows('a-rule', hash('d'))).toBeUndefined();
  });

  it('of another key is refused: none of its hashes would fit', () => {
    expect(codeOf(() => readBaseline(writeBaseline(entries, key), 'b.json', Buffer.alloc(32, 2)))).toBe('secrets-baseline-other-key');
  });

  it('that is none is refused', () => {
    const whole = JSON.parse(writeBaseline(entries, key));
    const damaged = [
      '',
      '[',
      '[]',
      'null',
      '1',
      { ...whole, format: 'x' },
      { ...whole, version: 2 },
      { ...whole, secrets: {} },
      { ...whole, secrets: [1] },
      { ...whole, secrets: [{ rule: 'a', hash: 'zz' }] },
    ];
    for (const one of damaged) {
      expect(codeOf(() => readBaseline(typeof one === 'string' ? one : JSON.stringify(one), 'b.json', key))).toBe(
        'secrets-baseline-unusable',
      );
    }
  });
});
