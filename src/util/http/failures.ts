import { systemText } from '../../messages/details/system.ts';
import { PlimsollError } from '../errors.ts';

/** OpenSSL's names for certificates that do not verify. Source: Node's TLS documentation, "X509 certificate error codes". */
const CERTIFICATE = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Alerts of a server that wants a client certificate, or another one. Source: OpenSSL's reasons for RFC 8446, 6.2. */
const CLIENT_CERTIFICATE = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
]);

/** What a TLS client meets at a port that speaks plain http. */
const NOT_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST', 'EPROTO']);

/** A failed exchange as a coded error. */
export function networkError(error: unknown, url: URL): PlimsollError {
  if (error instanceof PlimsollError) return error;
  const { host } = url;
  const { code = '', message = String(error) } = (error ?? {}) as NodeJS.ErrnoException;
  // What Node adds behind the semicolon is advice about its own command line.
  if (CERTIFICATE.has(code)) return new PlimsollError('tls-failed', { host, detail: message.split(';', 1)[0] ?? '' }, { cause: error });
  if (CLIENT_CERTIFICATE.has(code)) return new PlimsollError('tls-client-certificate', { host }, { cause: error });
  if (url.protocol === 'https:' && NOT_TLS.has(code)) return new PlimsollError('tls-expected-plain', { host }, { cause: error });
  return new PlimsollError('network-failed', { host, detail: systemText(code, 'en') ?? (message || code) }, { cause: error });
}

/** Failures that the next attempt may not meet. A name that does not exist and a certificate that does not fit stay as they are. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof PlimsollError)) return false;
  if (error.code === 'network-timeout') return true;
  return error.code === 'network-failed' && (error.cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOTFOUND';
}
