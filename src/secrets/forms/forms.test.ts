import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createScanner } from '../index.ts';
import { judgeSecrets } from '../judge.ts';
import type { FoundSecret } from '../types.ts';

const scanner = createScanner({ rules: [], hashKey: Buffer.alloc(32, 1) });
const look = (path: string, bytes: Buffer | string): readonly FoundSecret[] => {
  const stream = scanner.open(path, bytes.length);
  stream.chunk(Buffer.from(bytes as string));
  return stream.end();
};
const rulesOf = (path: string, bytes: Buffer | string) => look(path, bytes).map(({ rule }) => rule);
const notesOf = (found: FoundSecret | undefined) => found?.notes?.map(({ code }) => code) ?? [];

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const pkcs8 = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }) as string;
/** A key's text without the newline behind it. */
const pem = pkcs8(rsa.privateKey).trim();

describe('PEM', () => {
  it('names every form of private key', () => {
    expect(rulesOf('a.pem', pem)).toEqual(['private-key']);
    expect(rulesOf('a.pem', pkcs8(ed.privateKey))).toEqual(['private-key']);
    expect(rulesOf('a.pem', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string)).toEqual(['rsa-private-key']);
    expect(rulesOf('a.pem', ec.privateKey.export({ type: 'sec1', format: 'pem' }) as string)).toEqual(['ec-private-key']);
    const closed = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'q' } as const;
    const [modern] = look('a.pem', rsa.privateKey.export({ type: 'pkcs8', ...closed }) as string);
    expect([modern?.rule, modern?.severity, notesOf(modern)]).toEqual(['encrypted-private-key', 'medium', ['encrypted']]);
    const [old] = look('a.pem', rsa.privateKey.export({ type: 'pkcs1', ...closed }) as string);
    expect([old?.rule, notesOf(old)]).toEqual(['rsa-private-key', ['encrypted']]);
    // The base64 of PGP packets; what is between the dashes is not parsed.
    const body = Buffer.from(createHash('sha512').update('x').digest('hex')).toString('base64');
    const pgp = `-----BEGIN PGP ${'PRIVATE'} KEY BLOCK-----\nVersion: GnuPG v2\n\n${body}\n=AbCd\n-----END PGP ${'PRIVATE'} KEY BLOCK-----`;
    expect(rulesOf('a.asc', pgp)).toEqual(['pgp-private-key']);
  });

  it('is the same secret whatever became of its line ends', () => {
    const hash = look('a', pem)[0]?.hash;
    const forms = {
      crlf: pem.replaceAll('\n', '\r\n'),
      json: JSON.stringify({ key: pem }),
      twice: JSON.stringify({ key: JSON.stringify({ key: pem }) }),
      crlfJson: JSON.stringify({ key: pem.replaceAll('\n', '\r\n') }),
      env: `KEY="${pem.replaceAll('\n', '\\n')}"`,
      lost: pem.replaceAll('\n', ''),
      blanks: pem.replaceAll('\n', ' '),
      yaml: pem.replaceAll('\n', '\n      '),
      quoted: pem.replaceAll('\n', '\n> '),
      joined: pem
        .split('\n')
        .map((line) => `"${line}\\n"`)
        .join(' +\n  '),
      continued: pem.replaceAll('\n', '\\n\\\n'),
    };
    for (const [name, text] of Object.entries(forms)) {
      const found = look('a', `x: ${text} y`);
      expect([name, found.length, found[0]?.hash]).toEqual([name, 1, hash]);
      expect(found[0]?.facts?.publicKey, name).toBeDefined();
      expect(JSON.stringify(found)).not.toContain(pem.slice(100, 112));
    }
  });

  it('says of a key that it is weak', () => {
    expect(look('a', pkcs8(weak.privateKey))[0]?.notes).toEqual([{ code: 'weak-key', params: { algorithm: 'RSA', bits: 1024 } }]);
    expect(notesOf(look('a', pem)[0])).toEqual([]);
  });

  it('stays silent where there is no key', () => {
    const label = `${'PRIVATE'} KEY`;
    expect(rulesOf('a', `-----BEGIN ${label}-----\n-----END ${label}-----`)).toEqual([]);
    expect(rulesOf('a', `-----BEGIN ${label}-----\n...\n-----END ${label}-----`)).toEqual([]);
    expect(rulesOf('a', `-----BEGIN ${label}-----\n${'x'.repeat(800)}\n-----END ${label}-----`)).toEqual([]);
    expect(rulesOf('a', `-----BEGIN ${label}-----\n${pem.split('\n').slice(1, 9).join('\n')}`)).toEqual([]);
    expect(rulesOf('a', `if (text.includes("-----BEGIN ${label}-----") && text.includes("-----END ${label}-----"))`)).toEqual([]);
    expect(rulesOf('a', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string)).toEqual([]);
  });

  it('finds one across every seam of chunks, and two behind each other', () => {
    const bytes = Buffer.from(`a\n${pem}\n${pkcs8(weak.privateKey)}`);
    for (let cut = 0; cut < bytes.length; cut += 7) {
      const stream = scanner.open('a', bytes.length);
      stream.chunk(bytes.subarray(0, cut));
      stream.chunk(bytes.subarray(cut));
      expect(stream.end().map(({ line }) => line)).toEqual([2, 2 + pem.split('\n').length]);
    }
  });
});

describe('PuTTY', () => {
  const line = (seed: string) => createHash('sha512').update(seed).digest('base64').slice(0, 64);
  const file = (encryption: string) =>
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: ${encryption}\nComment: me\nPublic-Lines: 1\n${line('a')}\nPrivate-Lines: 2\n${line('b')}\n${line('c')}\nPrivate-MAC: 00\n`;

  it('reads its key files', () => {
    const [open] = look('a.ppk', file('none'));
    expect([open?.rule, open?.severity, open?.line]).toEqual(['putty-private-key', 'critical', 1]);
    const [closed] = look('a.ppk', file('aes256-cbc').replaceAll('\n', '\r\n'));
    expect([closed?.rule, closed?.severity, notesOf(closed)]).toEqual(['putty-private-key', 'medium', ['encrypted']]);
    expect(look('a.ppk', file('none').replace('Private-Lines: 2', 'Private-Lines: 9999'))).toEqual([]);
  });
});

/** A JKS of version 2 by the layout of JDK's JavaKeyStore, with one entry. */
function jks(tag: 1 | 2, password: string): Buffer {
  const u32 = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const utf = (text: string) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
  const blob = (bytes: Buffer) => Buffer.concat([u32(bytes.length), bytes]);
  const certificate = Buffer.concat([utf('X.509'), blob(Buffer.alloc(40, 5))]);
  const entry = tag === 1 ? Buffer.concat([blob(Buffer.alloc(60, 9)), u32(1), certificate]) : certificate;
  const body = Buffer.concat([u32(0xfeedfeed), u32(2), u32(1), u32(tag), utf('mine'), Buffer.alloc(8), entry]);
  const utf16 = Buffer.from(password, 'utf16le').swap16();
  return Buffer.concat([body, createHash('sha1').update(utf16).update('Mighty Aphrodite').update(body).digest()]);
}

describe('key stores', () => {
  it('reads JKS: keys, lists of whom to trust, known passwords', () => {
    const [known] = look('app/keystore.jks', jks(1, 'changeit'));
    expect([known?.rule, known?.severity, known?.notes]).toEqual([
      'java-keystore',
      'critical',
      [{ code: 'default-password', params: { password: 'changeit' } }],
    ]);
    const [own] = look('app/keystore', jks(1, 'something else'));
    expect([own?.rule, own?.severity, own?.notes]).toEqual(['java-keystore', 'high', undefined]);
    expect(look('etc/cacerts', jks(2, 'changeit'))).toEqual([]);
  });
});

describe('certificates and PKCS#12 as openssl made them (testdata/make.sh)', () => {
  const read = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));
  /** The key of ca.crt and host.crt. */
  const key = createPrivateKey({ key: read('key.der'), format: 'der', type: 'pkcs1' }).export({ type: 'pkcs8', format: 'pem' }) as string;
  const day = (days: number) => new Date(Date.parse('2026-11-22T04:14:14Z') + days * 86_400_000);
  const judged = (...files: [string, Buffer | string][]) => judgedOn(day(1), ...files);
  const judgedOn = (now: Date, ...files: [string, Buffer | string][]) =>
    judgeSecrets(
      files.flatMap(([path, bytes]) => look(path, bytes).map((found) => ({ path, found }))),
      now,
    ).map(({ path, found }) => `${path} ${found.rule} ${notesOf(found).join(' ')}`.trim());

  it('says what is wrong with a certificate on that day, and nothing of one that is right', () => {
    expect(judged(['a/ca.crt', read('ca.crt')])).toEqual([]);
    expect(judged(['a/host.crt', read('host.crt')])).toEqual(['a/host.crt certificate self-signed']);
    expect(judged(['a/host.der', read('host.der')])).toEqual(['a/host.der certificate self-signed']);
    expect(judgedOn(day(31), ['a/ca.crt', read('ca.crt')])).toEqual(['a/ca.crt certificate expired']);
    expect(judgedOn(day(-1), ['a/ca.crt', read('ca.crt')])).toEqual(['a/ca.crt certificate not-yet-valid']);
    expect(judged(['a/weak.crt', read('weak.crt')])).toEqual(['a/weak.crt certificate weak-key weak-signature self-signed']);
  });

  it('keeps no day in what is found', () => {
    const [found] = look('a', read('ca.crt'));
    expect(found?.notes).toBeUndefined();
    expect(found?.facts).toMatchObject({ notBefore: day(0).toISOString(), notAfter: day(30).toISOString(), subject: 'shop.test' });
  });

  it('pairs a private key with its certificate, in one file or two', () => {
    expect(judged(['a/key.pem', key], ['b/ca.crt', read('ca.crt')])).toEqual(['a/key.pem private-key beside-certificate']);
    expect(judged(['a/both.pem', `${key}\n${read('ca.crt')}`])).toEqual(['a/both.pem private-key beside-certificate']);
    expect(judged(['a/key.pem', key], ['b/weak.crt', read('weak.crt')])[0]).toBe('a/key.pem private-key');
  });

  it('leaves out lists of whom to trust', () => {
    const expired = read('ca.crt');
    const later = (...files: [string, Buffer | string][]) => judgedOn(day(31), ...files);
    expect(
      later(
        ['etc/ssl/certs/Old_Root.pem', expired],
        ['x/certifi/cacert.pem', expired],
        ['usr/share/ca-certificates/mozilla/a.crt', expired],
      ),
    ).toEqual([]);
    expect(later(['app/list.pem', Buffer.concat(Array(20).fill(expired))])).toEqual([]);
    expect(later(['etc/ssl/certs/key.pem', key])).toEqual(['etc/ssl/certs/key.pem private-key']);
  });

  it('reads PKCS#12: keys, lists of whom to trust, known passwords', () => {
    const passwords = ['p8.p12', 'p0.p12', 'p13.p12'].map((name) =>
      look(name, read(name)).map(({ rule, notes }) => [rule, notes?.[0]?.params.password]),
    );
    expect(passwords).toEqual([[['pkcs12-keystore', 'changeit']], [['pkcs12-keystore', '']], [['pkcs12-keystore', undefined]]]);
    expect(look('trust.p12', read('trust.p12'))).toEqual([]);
  });

  it('reads BKS by what is in it: keys, lists of whom to trust', () => {
    expect(look('usr/local/etc/store', read('keys.bks')).map(({ rule }) => rule)).toEqual(['bouncy-castle-keystore']);
    expect(look('trust', read('trust.bks'))).toEqual([]);
    expect(look('trust.bks', read('trust.bks'))).toEqual([]);
    expect(look('a.uber', Buffer.from([0, 0, 0, 1, 0])).map(({ rule }) => rule)).toEqual(['bouncy-castle-keystore']);
  });

  it('reads keys in DER by what is in them, whatever the file is called', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const keys = [
      rsa.privateKey.export({ type: 'pkcs8', format: 'der' }),
      rsa.privateKey.export({ type: 'pkcs1', format: 'der' }),
      ec.export({ type: 'pkcs8', format: 'der' }),
      ec.export({ type: 'sec1', format: 'der' }),
    ];
    for (const bytes of keys) expect(look('opt/app/identity', bytes).map(({ rule }) => rule)).toEqual(['der-private-key']);
    // More than the key: no file of a key.
    expect(look('opt/app/identity', Buffer.concat([keys[0]!, Buffer.alloc(9)]))).toEqual([]);
    expect(look('opt/app/data', Buffer.from([0x30, 4, 2, 1, 0, 5]))).toEqual([]);
  });

  it('survives whatever is cut off or changed', () => {
    const files: [string, Buffer][] = [
      ['a.jks', jks(1, 'changeit')],
      ['a.p12', read('p13.p12')],
      ['a.bks', read('keys.bks')],
      ['a', read('trust.bks')],
      ['a.der', read('host.der')],
      ['a.key', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })],
      ['a.pem', Buffer.from(pem)],
      ['a.crt', read('host.crt')],
    ];
    for (const [path, bytes] of files) {
      for (let at = 0; at < bytes.length; at += path.endsWith('.p12') ? 101 : 5) {
        expect(() => look(path, bytes.subarray(0, at))).not.toThrow();
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ 0xff;
        expect(() => look(path, changed)).not.toThrow();
      }
    }
  });
});

describe('redact', () => {
  it('masks every match and nothing else', () => {
    expect(scanner.redact('history', `COPY ${pem} x`)).toBe(`COPY -----BEGIN ${'PRIVATE'} KEY-----**************** x`);
    expect(scanner.redact('history', 'RUN echo hä\0')).toBe('RUN echo hä\0');
  });
});
