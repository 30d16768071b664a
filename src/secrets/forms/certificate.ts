import { X509Certificate } from 'node:crypto';
import type { SecretNote } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import type { FormMatch } from '../types.ts';
import { derChildren, readDer } from './der.ts';
import { publicKeyHash, weakness } from './keys.ts';

/** Signature algorithms by the hexadecimal of their object identifiers, whose hash is broken: MD2, MD5, SHA-1. Sources: RFC 3279, RFC 5758. */
const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  '2a864886f70d010102': 'MD2 with RSA',
  '2a864886f70d010104': 'MD5 with RSA',
  '2a864886f70d010105': 'SHA-1 with RSA',
  '2b0e03021d': 'SHA-1 with RSA',
  '2a8648ce380403': 'SHA-1 with DSA',
  '2a8648ce3d0401': 'SHA-1 with ECDSA',
};

/** What a certificate in DER says of itself; undefined where it is none. `length` is that of the text it was in. */
export function readCertificate(der: Bytes, length: number): FormMatch | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    return undefined;
  }
  const key = publicKeyOf(certificate);
  const publicKey = key && publicKeyHash(key);
  const subject = nameOf(certificate);
  const selfSigned = certificate.issuer === certificate.subject;
  return {
    length,
    secret: certificate.fingerprint256,
    masked: `CN=${subject}`,
    ...(certificate.ca && selfSigned ? { severity: 'negligible' } : {}),
    notes: [
      ...(key === undefined ? [] : [weakness(key)]),
      weakSignature(certificate, selfSigned),
      selfSignedServer(certificate, selfSigned),
    ].filter((note) => note !== undefined),
    facts: {
      kind: 'certificate',
      ...(publicKey === undefined ? {} : { publicKey }),
      notBefore: isoTime(certificate.validFrom),
      notAfter: isoTime(certificate.validTo),
      subject,
    },
  };
}

function publicKeyOf(certificate: X509Certificate) {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

function nameOf(certificate: X509Certificate): string {
  const subject = certificate.subject ?? '';
  const name = /(?:^|\n)CN=([^\n]*)/.exec(subject)?.[1] ?? /(?:^|\n)(?:O|OU)=([^\n]*)/.exec(subject)?.[1] ?? '';
  return name.slice(0, 100);
}

function isoTime(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? '9999-12-31T23:59:59.000Z' : time.toISOString();
}

/** The signature that a root made of itself protects nothing. */
function weakSignature(certificate: X509Certificate, selfSigned: boolean): SecretNote | undefined {
  if (certificate.ca && selfSigned) return undefined;
  const algorithm = derChildren(readDer(certificate.raw)?.content ?? Buffer.alloc(0))[1];
  const identifier = algorithm && readDer(algorithm.content);
  const name = identifier && WEAK_SIGNATURES[identifier.content.toString('hex')];
  return name === undefined ? undefined : { code: 'weak-signature', params: { algorithm: name } };
}

/** A root of one's own is no fault; a server that vouches for itself is. One that names hosts is a server's, whatever it says of being a root. */
function selfSignedServer(certificate: X509Certificate, selfSigned: boolean): SecretNote | undefined {
  if (!selfSigned || (certificate.ca && certificate.subjectAltName === undefined)) return undefined;
  return { code: 'self-signed', params: {} };
}
