import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../util/errors.ts';
import { createScanner } from '../index.ts';
import { readCustomRules } from './index.ts';
import { re2, translateRe2 } from './re2.ts';

const hashKey = Buffer.alloc(32, 3);
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error instanceof PlimsollError ? [error.code, error.params.detail] : error;
  }
  return undefined;
};
const scannerOf = (text: string, path: string, read: (path: string) => string | undefined = () => undefined) => {
  const { rules, allow } = readCustomRules(text, path, read);
  return createScanner({ rules, allow, hashKey });
};
const secretsIn = (scanner: ReturnType<typeof scannerOf>, text: string, path = 'app/x.conf') =>
  scanner.text(path, text).map(({ rule, column }) => `${rule}@${column}`);

describe('a pattern in the syntax of RE2', () => {
  // Pattern, text, what RE2 matches in it by its documentation (https://github.com/google/re2/wiki/Syntax); undefined for no match.
  it.each([
    ['(?i)ab[c-e]', 'xABD', 'ABD'],
    ['a(?i:b)c', 'aBc', 'aBc'],
    ['a(?i:b)c', 'aBC', undefined],
    ['a(?i)b(?-i)c', 'aBc', 'aBc'],
    ['(?i)[^a]', 'A', undefined],
    ['[[:alpha:]_]+', '1a_B2', 'a_B'],
    ['[^[:space:]]+', ' ab c', 'ab'],
    ['[]a]+', 'x]a', ']a'],
    ['[a\\]-]+', 'x-]a', '-]a'],
    ['\\Qa.b\\E+', 'a.bb', 'a.bb'],
    ['(?s)a.b', 'a\nb', 'a\nb'],
    ['a.b', 'a\nb', undefined],
    ['(?m)^b$', 'a\nb\nc', 'b'],
    ['^b$', 'a\nb\nc', undefined],
    ['\\Ab\\z', 'b', 'b'],
    ['\\x41\\x{42}', 'AB', 'AB'],
    ['(?U)a+', 'aaa', 'a'],
    ['(?U)a+?', 'aaa', 'aaa'],
    ['(?P<x>a)|(?<y>b)', 'b', 'b'],
    ['a{2,3}?', 'aaaa', 'aa'],
    ['\\pL\\p{Nd}', '-a1', 'a1'],
    ['\\s\\v', ' \v', ' \v'],
    ['\\s', '\v', undefined],
    ['{a}', '{a}', '{a}'],
    ['[\\x60\'"\\s=]{0,5}', '`', '`'],
    ['é', Buffer.from('é').toString('latin1'), Buffer.from('é').toString('latin1')],
  ])('%s in %j matches %j', (pattern, text, matched) => {
    expect(re2(pattern).exec(text)?.[0]).toBe(matched);
  });

  it('says how long a match may be', () => {
    expect(translateRe2('(?:ab|c){2,3}\\b[x-z]?').longest).toBe(7);
    expect(translateRe2('a+').longest).toBe(Number.POSITIVE_INFINITY);
  });

  it('names the group that is wanted', () => {
    expect(new RegExp(translateRe2('a(b)(c)', 2).source).exec('abc')?.groups?.secret).toBe('c');
    expect(new RegExp(translateRe2('a(?P<secret>b)').source).exec('abc')?.groups?.secret).toBe('b');
    expect(new RegExp(translateRe2('a(b)(c)', 'first').source).exec('abc')?.groups?.secret).toBe('b');
  });

  it.each([
    '(',
    ')',
    '[a',
    'a**',
    '*',
    '\\',
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    '[b-a]',
    'a{3,2}',
    'a{1001}',
    '[[:nope:]]',
    '\\p{Greek}',
    '(?z)',
    '\\y',
    '('.repeat(60),
    'a'.repeat(5000),
  ])('is refused where RE2 refuses it or it is out of bounds: %s', (pattern) => {
    expect(() => translateRe2(pattern)).toThrow(/./);
  });

  it('takes no exponential time', () => {
    const text = `${'a'.repeat(40)}!`;
    for (const pattern of ['(a+)+$', '(?i)(a+)+$', '(a|aa)+$', '(a*)*b', '(a+){1,30}$', '(?:a{1,5}){1,30}b', '(?P<secret>(?:a+)+)$']) {
      expect(re2(pattern).exec(text), pattern).toBeNull();
    }
    expect(() => translateRe2('(?:a{1,50}){1,50}$')).toThrow('for ever');
  });
});

describe('rules in YAML', () => {
  const yaml = `
rules:
  - id: acme-key
    title: Acme
    word: api-key
    severity: critical
    keywords: [acme_]
    pattern: '\\bacme_(?P<secret>[a-z0-9]{8})\\b'
  - id: acme-open
    keywords: [AcmeOpen]
    pattern: '(?i)acmeopen\\s*=\\s*(?P<secret>\\S+)'
    minEntropy: 2
  - id: acme-file
    pattern: '(?m)^[a-z]+$'
    files: {names: [.acme]}
allow:
  - words: [q1w2]
  - rules: [acme-key]
    paths: ['^vendor/']
    reason: third party
`;

  it('look, and their allow lists hold', () => {
    const scanner = scannerOf(yaml, 'rules.yaml');
    expect(secretsIn(scanner, 'x acme_z9y8x7w6 ACMEopen = "Tr0ub4dor"')).toEqual(['acme-key@8', 'acme-open@28']);
    expect(secretsIn(scanner, 'acme_q1w2e3r4')).toEqual([]);
    expect(scanner.text('vendor/a', 'acme_z9y8x7w6')[0]?.ignored).toEqual({ by: 'settings', reason: 'third party' });
    expect(secretsIn(scanner, 'one\n#\n', '.acme')).toEqual(['acme-file@1']);
    expect(scanner.text('a', 'acme_z9y8x7w6')[0]).toMatchObject({ service: 'Acme', word: 'api-key', severity: 'critical' });
  });

  it('are refused with the place of the mistake', () => {
    const refused = (text: string) => codeOf(() => readCustomRules(text, 'r.yaml', () => undefined));
    expect(refused('rules: [{id: a-b, pattern: x}]')).toEqual(['secrets-rules-invalid', expect.stringContaining("without 'keywords'")]);
    expect(refused('rules: [{pattern: x}]')).toEqual(['secrets-rules-invalid', "'id' is missing"]);
    expect(refused('rules: [{id: a-b, keyword: [abc], pattern: x}]')).toEqual([
      'secrets-rules-invalid',
      expect.stringContaining("'keyword' is not known"),
    ]);
    expect(refused('rules: [{id: a-b, keywords: [ab], pattern: x}]')).toEqual([
      'secrets-rules-invalid',
      expect.stringContaining('three or more'),
    ]);
    expect(refused('rules: [{id: a-b, keywords: [abc], pattern: "(?=x)"}]')?.toString()).toContain('secrets-pattern-unsupported');
    for (const text of [
      'rules: 1',
      '- 1',
      'rules: [1]',
      '{',
      'allow: [{}]',
      'builtIn: maybe',
      'rules: [{id: a-b, keywords: [abc], pattern: x, severity: huge}]',
      '\0',
      `a: &a [${'*a,'.repeat(50)}]`,
    ]) {
      expect(refused(text), text).toEqual(['secrets-rules-invalid', expect.any(String)]);
    }
    expect(readCustomRules('', 'r.yaml', () => undefined)).toMatchObject({ rules: [], builtIn: true });
  });
});

describe("gitleaks' configuration", () => {
  const toml = `
title = "ours"
[[rules]]
id = "acme"
description = "Acme token"
regex = '''(?i)acme[\\w.-]{0,20}\\s{0,3}=\\s{0,3}["']?([a-z0-9]{10})(?:["'\\s;]|$)'''
keywords = ["acme"]
entropy = 2
  [[rules.allowlists]]
  stopwords = ["zzz"]
  [[rules.allowlists]]
  condition = "AND"
  regexTarget = "line"
  regexes = ['''harmless''']
  paths = ['''\\.inc$''']
[[rules]]
id = "two"
regex = '''(two)-(\\d{6})'''
secretGroup = 2
path = '''\\.conf$'''
[[rules]]
id = "old"
regex = 'old-[a-z]{6}'
keywords = ["old-"]
[rules.allowlist]
regexes = ['old-fine\\w+']
[[rules]]
id = "pathonly"
path = '\\.p12$'
[[allowlists]]
targetRules = ["old"]
paths = ['^doc/']
[[allowlists]]
regexes = ['^9+$']
`;

  it('is read: rules, groups, entropy, paths, allow lists old and new', () => {
    const scanner = scannerOf(toml, '.gitleaks.toml');
    expect(secretsIn(scanner, 'ACME_KEY = "q8w7e6r5t4"')).toEqual(['acme@13']);
    expect(secretsIn(scanner, 'ACME_KEY = "aaaaaaaaab"')).toEqual([]);
    expect(secretsIn(scanner, 'ACME_KEY = "q8w7e6rzzz"')).toEqual([]);
    expect(secretsIn(scanner, 'ACME_KEY = "q8w7e6r5t4" harmless', 'a.inc')).toEqual([]);
    expect(secretsIn(scanner, 'ACME_KEY = "q8w7e6r5t4" harmless', 'a.txt')).toEqual(['acme@13']);
    expect(secretsIn(scanner, 'x two-123456', 'a.conf')).toEqual(['two@7']);
    expect(secretsIn(scanner, 'x two-999999', 'a.conf')).toEqual([]);
    expect(secretsIn(scanner, 'x two-123456', 'a.txt')).toEqual([]);
    expect(secretsIn(scanner, 'old-abcdef old-finexx')).toEqual(['old@1']);
    expect(secretsIn(scanner, 'old-abcdef', 'doc/a')).toEqual([]);
    expect(readCustomRules(toml, '.gitleaks.toml', () => undefined)).toMatchObject({
      builtIn: false,
      ignored: [{ rule: 'pathonly', reason: 'it has no regex' }],
    });
  });

  it('extends another file or our own rules', () => {
    const base = '[[rules]]\nid = "base"\nregex = "base-[0-9]{4}"\nkeywords=["base-"]\n[[rules]]\nid = "off"\nregex = "off-[0-9]{4}"\n';
    const files: Readonly<Record<string, string>> = { 'base.toml': base, 'loop.toml': '[extend]\npath = "loop.toml"\n' };
    const scanner = scannerOf('[extend]\npath = "base.toml"\ndisabledRules = ["off"]\n', 'a.toml', (path) => files[path]);
    expect(secretsIn(scanner, 'base-4711 off-4711')).toEqual(['base@1']);
    expect(readCustomRules('[extend]\nuseDefault = true\ndisabledRules = ["x"]\n', 'a.toml', () => undefined)).toMatchObject({
      builtIn: true,
      disable: ['x'],
    });
    expect(readCustomRules(files['loop.toml']!, 'loop.toml', (path) => files[path]).rules).toEqual([]);
    expect(codeOf(() => scannerOf('[extend]\npath = "gone.toml"\n', 'a.toml'))).toEqual([
      'secrets-rules-invalid',
      expect.stringContaining('gone.toml'),
    ]);
  });

  it('is refused where it is none', () => {
    for (const text of [
      '[[',
      'rules = 1',
      'rules = [1]',
      '[[rules]]\n',
      '[[rules]]\nid = "a"\nregex = 5\n',
      '[[rules]]\nid="a"\nregex="a"\nkeywords="b"\n',
    ]) {
      expect(
        codeOf(() => readCustomRules(text, 'a.toml', () => undefined)),
        text,
      ).toEqual(['secrets-rules-invalid', expect.any(String)]);
    }
    expect(codeOf(() => readCustomRules('[[rules]]\nid = "a"\nregex = "(?=b)"\n', 'a.toml', () => undefined))).toEqual([
      'secrets-pattern-unsupported',
      expect.any(String),
    ]);
  });
});
