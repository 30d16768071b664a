import { describe, expect, it } from 'vitest';
import {
  awsKeyId,
  base64Of,
  bech32,
  crc32Base62,
  gitlabRoutable,
  grafanaChecksum,
  jsonOf,
  jsonWebToken,
  mixed,
  mixedCase,
} from './checks.ts';

describe('checksums, on texts that their vendors or others published', () => {
  it.each([
    // In articles on GitHub's format; long revoked.
    ['GitHub', crc32Base62, ['ghp', '_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17']],
    ['GitLab', gitlabRoutable, ['gl', 'pat-bzox79Of-KE9FD2LjoXXF4CvyxA', '.01.0r', '0l8l6ir']],
    ['GitLab, without a version', gitlabRoutable, ['gl', 'pat-bzox79Of-KE9FD2LjoXXF4CvyxA', '.0r', '03gxo7s']],
    // BIP 173, "Test vectors".
    ['bech32', bech32, ['A1', '2UEL5L']],
    ['bech32', bech32, ['abcdef1', 'qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw']],
    ['bech32', bech32, ['split1checkupstagehandshakeupstreamerranterredcaperred', '2y9e3w']],
  ] as const)('%s: holds, and no longer once a character differs', (_, check, pieces) => {
    const text = pieces.join('');
    expect(check(text)).toBe(true);
    const other = text.at(-3) === 'q' ? 'p' : 'q';
    expect(check(`${text.slice(0, -3)}${other}${text.slice(-2)}`)).toBe(false);
  });

  it('Grafana: bytes from the lowest', () => {
    // CRC-32 of "123456789" is cbf43926 (the check value of CRC-32/ISO-HDLC).
    expect(grafanaChecksum('123456789_2639f4cb')).toBe(true);
    expect(grafanaChecksum('123456789_cbf43926')).toBe(false);
  });
});

describe('structures', () => {
  it('an AWS key id has an account of twelve digits at most', () => {
    const id = (...pieces: readonly string[]) => awsKeyId(pieces.join(''));
    expect(id('AKIA', 'Q', 'AAAAAAAAAAAAAAA')).toBe(true);
    expect(id('AKIA', '7777777777', 'ABCDEF')).toBe(false);
    expect(id('AKIA', 'IOSFODNN7', 'EXAMPLE')).toBe(false);
    expect(id('AKIA', 'I7777777777', 'ABCDE')).toBe(true);
  });

  it('a JSON Web Token names an algorithm and makes claims', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(jsonWebToken(`${part({ alg: 'HS256' })}.${part({ sub: 'a' })}.x`)).toBe(true);
    expect(jsonWebToken(`${part({ alg: 'none' })}.${part({ sub: 'a' })}.x`)).toBe(false);
    expect(jsonWebToken(`${part({ typ: 'JWT' })}.${part({ sub: 'a' })}.x`)).toBe(false);
    expect(jsonWebToken(`${part({ alg: 'HS256' })}.${part([1])}.x`)).toBe(false);
    expect(jsonWebToken('eyJ.eyJ.x')).toBe(false);
  });

  it('base64 is as an encoder writes it, of so many bytes', () => {
    expect(base64Of(1)('QQ==')).toBe(true);
    expect(base64Of(1)('QR==')).toBe(false);
    expect(base64Of(2)('QQ==')).toBe(false);
    expect(jsonOf(Buffer.from('{"a":1}').toString('base64'))).toEqual({ a: 1 });
    expect(jsonOf('AAAA')).toBeUndefined();
  });

  it('letters and digits', () => {
    expect([mixed('a1'), mixed('ab'), mixed('12')]).toEqual([true, false, false]);
    expect([mixedCase('aB1'), mixedCase('ab1'), mixedCase('AB1')]).toEqual([true, false, false]);
  });
});
