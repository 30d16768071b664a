import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { isObject } from '../util/fields.ts';
import { keyId } from './key.ts';

/** A secret that is known: its hash says which, the rest is for people. */
export interface BaselineEntry {
  readonly hash: string;
  readonly rule: string;
  readonly path: string;
  readonly line?: number;
  /** Why it is accepted; people write it into the file. */
  readonly reason?: string;
}

const FORMAT = 'plimsoll-secrets-baseline';
const MAX_ENTRIES = 100_000;

/** The baseline's text: entries in order of path, line, rule and hash, so that changes to it read well. Nothing of any secret is in it. */
export function writeBaseline(entries: readonly BaselineEntry[], key: Bytes): string {
  const order = (entry: BaselineEntry) => `${entry.path}\0${String(entry.line ?? 0).padStart(12, '0')}\0${entry.rule}\0${entry.hash}`;
  const secrets = entries
    .map(({ hash, rule, path, line, reason }) => ({
      path,
      ...(line === undefined ? {} : { line }),
      rule,
      hash,
      ...(reason === undefined ? {} : { reason }),
    }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return `${JSON.stringify({ format: FORMAT, version: 1, key: keyId(key), secrets }, null, 2)}\n`;
}

/**
 * Says for a finding whether the baseline knows it, and why; `path` is not compared: a secret that moves is still the same one. Throws
 * secrets-baseline-unusable for what is none, secrets-baseline-other-key where its hashes come from another key.
 */
export function readBaseline(
  text: string,
  path: string,
  key: Bytes,
): (rule: string, hash: string) => { readonly reason?: string } | undefined {
  const document = parse(text, path);
  if (document.key !== keyId(key)) throw new PlimsollError('secrets-baseline-other-key', { path });
  const known = new Map<string, { readonly reason?: string }>();
  for (const [index, entry] of document.secrets.entries()) {
    const { hash, rule, reason } = isObject(entry) ? entry : {};
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash) || typeof rule !== 'string')
      throw unusable(path, `secrets[${index}] has no rule and hash`);
    known.set(`${rule} ${hash}`, typeof reason === 'string' && reason !== '' ? { reason } : {});
  }
  return (rule, hash) => known.get(`${rule} ${hash}`);
}

function parse(text: string, path: string): { readonly key: unknown; readonly secrets: readonly unknown[] } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw unusable(path, 'it is no JSON', error);
  }
  if (!isObject(document) || document.format !== FORMAT) throw unusable(path, `its format is not ${FORMAT}`);
  if (document.version !== 1) throw unusable(path, 'it comes from another version of plimsoll');
  if (!Array.isArray(document.secrets)) throw unusable(path, 'it has no list of secrets');
  if (document.secrets.length > MAX_ENTRIES) throw unusable(path, `it has more than ${MAX_ENTRIES} secrets`);
  return { key: document.key, secrets: document.secrets };
}

function unusable(path: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('secrets-baseline-unusable', { path, detail }, { cause });
}
