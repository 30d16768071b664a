import { crc32 } from 'node:zlib';
import type { SecretRule } from '../types.ts';
import { named, token } from './build.ts';
import { mixedCase } from './checks.ts';

const google = { service: 'Google', end: 'url', minEntropy: 3.5 } as const;

/** CRC-32 of keys that Google itself publishes, in its documentation, its samples and Chromium. */
const PUBLISHED: ReadonlySet<number> = new Set([
  0x0ba59aba, 0x3627aa84, 0x94bb94f9, 0xffddd189, 0x6159ac90, 0x7aa120d5, 0x6a4f7820, 0xfbc47221, 0x08394327, 0xafe8ff3e, 0x6b66e8a8,
  0x5c298136, 0x1f358cbe, 0x6b9463f8, 0x202f468f, 0x3c5d7fda,
]);

/** Google Cloud, Firebase and Google's other interfaces. */
export const googleRules: readonly SecretRule[] = [
  token({
    ...google,
    id: 'google-api-key',
    word: 'api-key',
    severity: 'high',
    keywords: ['aiza'],
    body: String.raw`AIza[\w-]{35}`,
    check: (secret) => mixedCase(secret) && !PUBLISHED.has(crc32(secret)),
    reference: 'https://cloud.google.com/docs/authentication/api-keys',
  }),
  token({
    ...google,
    id: 'google-service-account-api-key',
    service: 'Google Cloud',
    word: 'api-key',
    severity: 'critical',
    keywords: ['aq.ab8r'],
    body: String.raw`AQ\.Ab8R[\w-]{46}`,
    reference: 'https://cloud.google.com/docs/authentication/api-keys#api-keys-bound-sa',
  }),
  token({
    ...google,
    id: 'google-oauth-client-secret',
    word: 'client-secret',
    severity: 'high',
    keywords: ['gocspx-'],
    body: String.raw`GOCSPX-[\w-]{28}`,
    reference: 'https://support.google.com/cloud/answer/15549257',
  }),
  token({
    ...google,
    id: 'google-oauth-access-token',
    word: 'token',
    severity: 'medium',
    keywords: ['ya29.'],
    body: String.raw`ya29\.[\w-]{30,2000}`,
    reference: 'https://developers.google.com/identity/protocols/oauth2',
  }),
  token({
    ...google,
    id: 'google-oauth-refresh-token',
    word: 'token',
    severity: 'critical',
    keywords: ['1//0'],
    body: String.raw`1//0[a-z0-9][\w-]{60,160}`,
    check: mixedCase,
    minEntropy: 4.2,
    reference: 'https://developers.google.com/identity/protocols/oauth2#size',
  }),
  token({
    id: 'google-storage-hmac-key-id',
    service: 'Google Cloud',
    word: 'access-key',
    severity: 'medium',
    keywords: ['goog'],
    body: 'GOOG(?:1[A-Z0-9]{56}|[A-Z0-9]{20})',
    check: (secret) => /\d/.test(secret.slice(5)),
    minEntropy: 3.5,
    reference: 'https://cloud.google.com/storage/docs/authentication/hmackeys',
  }),
  token({
    id: 'firebase-cloud-messaging-key',
    service: 'Firebase',
    word: 'api-key',
    severity: 'high',
    keywords: [':apa91b'],
    body: String.raw`AAAA[\w-]{7}:APA91b[\w-]{134}`,
    end: 'url',
    minEntropy: 4.5,
    reference: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
  }),
  named({
    id: 'google-recaptcha-secret-key',
    service: 'reCAPTCHA',
    word: 'secret',
    severity: 'medium',
    keywords: ['captcha'],
    name: String.raw`captcha[\w.-]{0,24}(?:secret|private)`,
    value: String.raw`6L[\w-]{38}`,
    check: (secret) => mixedCase(secret) && secret !== '6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe',
    minEntropy: 3.5,
    reference: 'https://developers.google.com/recaptcha/docs/verify',
  }),
];
