import { createHmac } from 'node:crypto';
import type { Bytes } from '../util/bytes.ts';
import type { SecretRule } from './types.ts';

const STARS = '*'.repeat(16);

/**
 * The secret as it is shown: the prefix that its owner gives every such secret, if one of the rule's keywords is one, and always the same number of
 * stars, which say nothing of its length.
 */
export function mask(secret: string, rule: Pick<SecretRule, 'keywords' | 'word'>): string {
  if (rule.word === 'password' || rule.word === 'secret') return STARS;
  const lower = secret.slice(0, 48).toLowerCase();
  const prefix = rule.keywords.reduce(
    (best, keyword) => (keyword.length > best && lower.startsWith(keyword.toLowerCase()) ? keyword.length : best),
    0,
  );
  return (secret.length - prefix >= 8 ? secret.slice(0, prefix) : '') + STARS;
}

/** True where the secret's own text begins with one of the rule's keywords. */
export function knownByPrefix(secret: string, rule: Pick<SecretRule, 'keywords'>): boolean {
  const lower = secret.slice(0, 48).toLowerCase();
  return rule.keywords.some((keyword) => lower.startsWith(keyword.toLowerCase()));
}

/** HMAC-SHA256 in hex over rule, a zero byte and the secret (Latin-1: the file's own bytes). */
export function keyedHash(key: Bytes, rule: string, secret: string): string {
  return createHmac('sha256', key).update(`${rule}\0`, 'latin1').update(secret, 'latin1').digest('hex');
}

/** What stands before a secret on its line, with everything in it that looks like a token made unreadable. `latin1` are the file's bytes. */
export function contextBefore(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1')
    .toString('utf8')
    .replace(/^\ufffd+/, '');
  return text.replace(/[A-Za-z0-9+/=_.~-]{16,}/g, (run) => (/\d/.test(run) && /[A-Za-z]/.test(run) ? '***' : run));
}
