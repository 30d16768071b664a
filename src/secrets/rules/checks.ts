import { crc32 } from 'node:zlib';
import { isObject } from '../../util/fields.ts';

/** Structure and checksums of formats: each is a `check` of a rule, true where the text can be genuine. */
type Check = (secret: string) => boolean;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** GitHub's classic tokens, and npm's: 30 random characters, then their CRC-32 in base 62, six digits. https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
export const crc32Base62: Check = (secret) => base62(crc32(secret.slice(-36, -6)), 6) === secret.slice(-6);

function base62(value: number, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest = Math.floor(rest / 62)) text = BASE62[rest % 62] + text;
  return text;
}

/**
 * GitLab's routable tokens: `payload.01.LLccccccc` (or without the version), the payload's length in base 36, then the CRC-32 in base 36
 * of all before it. https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
 */
export const gitlabRoutable: Check = (secret) => {
  const [tokenAndVersion, tail = ''] = [secret.slice(0, -9), secret.slice(-9)];
  const payload = /^[a-z]{4,6}-(?:t\d_)?([\w-]+)\.(?:[0-9a-z]{2}\.)?$/.exec(tokenAndVersion)?.[1];
  if (payload === undefined || Number.parseInt(tail.slice(0, 2), 36) !== payload.length) return false;
  return crc32(secret.slice(0, -7)).toString(36).padStart(7, '0') === tail.slice(2);
};

/** Grafana's: the CRC-32 of all before the last underscore, its bytes from the lowest, in hex. https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/satokengen.go */
export const grafanaChecksum: Check = (secret) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(secret.slice(0, -9)));
  return bytes.toString('hex') === secret.slice(-8).toLowerCase();
};

/** An AWS key id says its account: 40 bits behind the prefix, at most twelve decimal digits. Ids older than 2019 start with I or J. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const awsKeyId: Check = (secret) => {
  if (/EXAMPLE/.test(secret)) return false;
  if (/^[IJ]/.test(secret.slice(4))) return true;
  let value = 0n;
  for (const char of secret.slice(4, 14)) value = value * 32n + BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char));
  return ((value >> 1n) & 0x7fffffffff80n) >> 7n <= 999_999_999_999n;
};

/** Base64 of so many bytes, as an encoder writes it. */
export function base64Of(bytes: number): Check {
  return (secret) => {
    const decoded = Buffer.from(secret, 'base64');
    return decoded.length === bytes && decoded.toString('base64') === secret;
  };
}

/** A JSON Web Token: the header names an algorithm, the claims are an object. RFC 7519, section 7.2. */
export const jsonWebToken: Check = (secret) => {
  const [header, claims] = secret.split('.', 2).map(jsonOf);
  return typeof header?.alg === 'string' && header.alg !== 'none' && claims !== undefined;
};

/** Base64 or base64url of a JSON object. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bech32 with its checksum of six characters. BIP 173. */
export const bech32: Check = (secret) => {
  const text = secret.toLowerCase();
  const split = text.lastIndexOf('1');
  const prefix = [...text.slice(0, split)].map((char) => char.charCodeAt(0));
  const data = [...text.slice(split + 1)].map((char) => BECH32.indexOf(char));
  let sum = 1;
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, mask] of BECH32_GENERATOR.entries()) if ((top >> bit) & 1) sum ^= mask;
  }
  return sum === 1;
};

/** Both letters and digits: neither a word nor a number. */
export const mixed: Check = (secret) => /\d/.test(secret) && /[A-Za-z]/.test(secret);

/** Lower case, upper case and a digit, as random base 62 of some length always has. */
export const mixedCase: Check = (secret) => /\d/.test(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret);

export function all(...checks: readonly Check[]): Check {
  return (secret) => checks.every((check) => check(secret));
}
