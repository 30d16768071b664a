import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';

export const SECRETS_KEY_FILE = 'secrets.key';

/**
 * The key of all hashes of secrets: what `setting` says (PLIMSOLL_SECRETS_KEY, shared by a team that shares baselines and caches), else the one kept
 * in `folder`, made on first use and readable by this user only. Where it can be neither read nor kept (a read-only machine), a key that
 * lasts for this run, with `kept: false`: baselines and cached results of other runs are then not known again.
 * Throws secrets-key-unusable for a key that is too short, damaged, or readable by others.
 */
export function secretsKey(setting: string | undefined, folder: string): { readonly key: Bytes; readonly kept: boolean } {
  if (setting !== undefined && setting !== '') {
    if (setting.length < 16) throw unusable('PLIMSOLL_SECRETS_KEY', 'it has fewer than 16 characters');
    return { key: derive(Buffer.from(setting, 'utf8')), kept: true };
  }
  const path = join(folder, SECRETS_KEY_FILE);
  const there = readKey(path);
  if (there !== undefined) return { key: there, kept: true };
  try {
    writeKey(path);
  } catch {
    return { key: derive(randomBytes(32)), kept: false };
  }
  const written = readKey(path);
  if (written === undefined) throw unusable(path, 'it vanished as it was made');
  return { key: written, kept: true };
}

/** Says which key it was, and nothing of it: for baselines. */
export function keyId(key: Bytes): string {
  return createHash('sha256').update('plimsoll secrets key id\0').update(key).digest('hex').slice(0, 16);
}

function derive(material: Bytes): Bytes {
  return Buffer.from(hkdfSync('sha256', material, Buffer.alloc(0), 'plimsoll secrets hash', 32));
}

function readKey(path: string): Bytes | undefined {
  let text: string;
  try {
    const { mode, size } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw unusable(path, 'others may read or write it');
    if (size > 4096) throw unusable(path, 'it is no key file');
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof PlimsollError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unusable(path, code, error);
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw unusable(path, 'it is not 64 hexadecimal digits');
  return derive(Buffer.from(text, 'hex'));
}

/** Whole or not at all, and the first of several processes wins. */
function writeKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(temporary, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function unusable(where: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('secrets-key-unusable', { where, detail }, { cause });
}
