import { createHmac } from 'node:crypto';
import type { FoundSecret, SecretScanner } from '../src/secrets/types.ts';

/** A secret that {@link smallScanner} knows; put together here so that no scanner of repositories takes it for one. */
export function smallSecret(n = 1): string {
  return ['small', String(n).padStart(8, '0')].join('_');
}

/**
 * A scanner with one rule, which keeps whole files in memory: `small_` and eight digits. Files below `node_modules` are left out, a
 * file with a zero byte is binary, and `allow` on the line says not to count it.
 */
export function smallScanner(key = 'key'): SecretScanner {
  const found = (text: string): FoundSecret[] =>
    text.split('\n').flatMap((line, i) =>
      [...line.matchAll(/small_\d{8}/g)].map(({ 0: secret, index }) => ({
        rule: 'small-token',
        service: 'Small',
        word: 'token' as const,
        severity: 'high' as const,
        masked: 'small_********',
        snippet: redact(line),
        line: i + 1,
        column: index + 1,
        hash: createHmac('sha256', key).update(secret).digest('hex'),
        ...(line.includes('allow') ? { ignored: { by: 'pragma' as const, reason: 'a test' } } : {}),
      })),
    );
  return {
    version: Buffer.from(key).toString('hex'),
    rules: 1,
    skips: (path) => (/(^|\/)node_modules\//.test(path) ? 'node-modules' : undefined),
    open: () => {
      const chunks: Buffer[] = [];
      return {
        limited: false,
        chunk(bytes) {
          chunks.push(Buffer.from(bytes));
          return !bytes.includes(0);
        },
        end: () => found(Buffer.concat(chunks).toString('latin1')),
      };
    },
    text: (_, text) => found(text),
    redact: (_, text) => redact(text),
  };
}

function redact(text: string): string {
  return text.replace(/small_\d{8}/g, 'small_********');
}
