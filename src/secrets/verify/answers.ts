import type { Answer, Question } from './types.ts';

/** The value at a path of keys, undefined where there is none. */
export function at(json: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    json,
  );
}

/** 200 with a field of the answer that the vendor documents: a page that something on the way sends has none. */
export function ok(...path: readonly string[]): (answer: Answer) => boolean {
  return ({ status, json }) => status === 200 && at(json, ...path) !== undefined;
}

export function status(...codes: readonly number[]): (answer: Answer) => boolean {
  return (answer) => codes.includes(answer.status);
}

/** A status with words of the service's own in the body. */
export function said(code: number, words: RegExp): (answer: Answer) => boolean {
  return (answer) => answer.status === code && words.test(answer.text);
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** GET of one path with the secret as a bearer token. */
export function withBearer(path: string, headers: Readonly<Record<string, string>> = {}): (secret: string) => Question {
  return (secret) => ({ path, headers: { ...headers, ...bearer(secret) } });
}

/** GET of one path with the secret in a header of its own. */
export function withHeader(path: string, name: string, headers: Readonly<Record<string, string>> = {}): (secret: string) => Question {
  return (secret) => ({ path, headers: { ...headers, [name]: secret } });
}
