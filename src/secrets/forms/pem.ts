import type { SecretNote, SeverityLevel } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import type { FormMatch, SecretForm } from '../types.ts';
import { readCertificate } from './certificate.ts';
import { publicHalf, publicKeyHash, weakness } from './keys.ts';
import { readOpenSsh } from './openssh.ts';

const BEGIN = '-----BEGIN ';
const HEADER = /^-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?|(?:TRUSTED |X509 )?CERTIFICATE)-----/;
/** Lines of RFC 1421 and RFC 9580 headers: `Proc-Type: 4,ENCRYPTED`, `Version: GnuPG v2`. */
const HEADERS = /^[ \t"'+>*#/]*(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID|Content-Domain|X-[\w-]+):[^\n]*$/gm;

const common = { service: 'PEM', keywords: [BEGIN], maxLength: 32 << 10 } as const;

/** Private keys between PEM's dashes, whatever became of their line ends. */
export const pemKey: SecretForm = {
  ...common,
  id: 'private-key',
  word: 'private-key',
  severity: 'critical',
  reference: 'https://www.rfc-editor.org/rfc/rfc7468',
  read: (text) => {
    const block = readBlock(text);
    return block === undefined || block.label.endsWith('CERTIFICATE') ? undefined : describeKey(block);
  },
};

/** Folders and files in which certificates come with a distribution, a language or a library. */
export const BUNDLES =
  /(?:^|\/)(?:etc\/(?:ssl|pki|ca-certificates)|usr\/(?:local\/)?share\/(?:ca-certificates|pki|ssl)|usr\/lib\/ssl|certifi|ca-trust|cacerts)(?:\/|$)|(?:^|\/)(?:ca-?certs?|ca-?bundle|ca-certificates|roots?(?:-certs)?|trusted?-?(?:certs|ca)?|mozilla|curl-ca-bundle)[\w.-]*\.(?:pem|crt|cer|txt)$/i;

/** Certificates; what is wrong with them is judged later, and those with nothing wrong are not reported. */
export const pemCertificate: SecretForm = {
  ...common,
  id: 'certificate',
  word: 'certificate',
  severity: 'low',
  reference: 'https://www.rfc-editor.org/rfc/rfc5280',
  except: BUNDLES,
  read: (text) => {
    const block = readBlock(text);
    return block?.label.endsWith('CERTIFICATE') ? readCertificate(decode(block.base64), block.length) : undefined;
  },
};

interface Block {
  readonly label: string;
  /** Bytes of the text from its first dash to its last. */
  readonly length: number;
  readonly headers: string;
  readonly base64: string;
}

function readBlock(text: string): Block | undefined {
  const label = HEADER.exec(text)?.[1];
  if (label === undefined) return undefined;
  const start = BEGIN.length + label.length + 5;
  const end = text.indexOf(`-----END ${label}-----`, start);
  if (end === -1) return undefined;
  const inner = text.slice(start, end);
  if (inner.includes(BEGIN)) return undefined;
  // Line ends written as \n, doubled by every layer of quoting, and pieces of strings joined by a plus.
  const lines = inner.replace(/\\{1,8}r?\\{0,8}[rn]|\\\r?\n/g, '\n').replace(/["'`][ \t]*[+.&]?[ \t]*\n?[ \t]*[+.&]?[ \t]*["'`]/g, '\n');
  const headers = (lines.match(HEADERS) ?? []).join('\n');
  const base64 = lines
    .replace(HEADERS, '')
    .replace(/^=[A-Za-z0-9+/]{4}[^A-Za-z0-9+/=]*$/gm, '')
    .replace(/[^A-Za-z0-9+/=]/g, '');
  return { label, length: end + `-----END ${label}-----`.length, headers, base64 };
}

function decode(base64: string): Bytes {
  return Buffer.from(base64, 'base64');
}

const PKCS = { 'RSA PRIVATE KEY': 'pkcs1', 'EC PRIVATE KEY': 'sec1', 'PRIVATE KEY': 'pkcs8' } as const;
/** The shortest key in base64: an Ed25519 key in PKCS#8 has 64 characters. */
const SHORTEST = 56;

function describeKey({ label, length, headers, base64 }: Block): FormMatch | undefined {
  if (base64.length < SHORTEST || /(.)\1{19}/.test(base64.replace(/A{20,}/g, '')) || new Set(base64).size < 12) return undefined;
  const rule = ruleOf(label);
  const masked = `-----BEGIN ${label}-----****************`;
  const plain: FormMatch = { length, secret: base64, masked, rule };
  const encrypted = label.startsWith('ENCRYPTED') || /4,ENCRYPTED/.test(headers);
  if (encrypted) return withNotes(plain, [{ code: 'encrypted', params: {} }], 'medium');
  if (label === 'OPENSSH PRIVATE KEY') {
    const { encrypted: closed, weak } = readOpenSsh(decode(base64));
    return withNotes(
      plain,
      [...(closed ? [{ code: 'encrypted', params: {} } as const] : []), ...(weak === undefined ? [] : [weak])],
      closed ? 'medium' : undefined,
    );
  }
  const type = PKCS[label as keyof typeof PKCS];
  const key = type === undefined ? undefined : publicHalf(decode(base64), type);
  if (key === undefined) return plain;
  const weak = weakness(key);
  const publicKey = publicKeyHash(key);
  const described = publicKey === undefined ? plain : { ...plain, facts: { kind: 'private-key', publicKey } as const };
  return withNotes(described, weak === undefined ? [] : [weak]);
}

function withNotes(match: FormMatch, notes: readonly SecretNote[], severity?: SeverityLevel): FormMatch {
  return { ...match, ...(notes.length === 0 ? {} : { notes }), ...(severity === undefined ? {} : { severity }) };
}

/** `RSA PRIVATE KEY` -> `rsa-private-key`. */
function ruleOf(label: string): string {
  return label === 'PGP PRIVATE KEY BLOCK' ? 'pgp-private-key' : label.toLowerCase().replaceAll(' ', '-');
}
