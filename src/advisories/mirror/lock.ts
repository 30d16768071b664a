import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../../util/errors.ts';
import { isGone, type Owner, parseOwner, thisProcess } from '../../util/owner.ts';

const LOCK_FILE = '.update.lock';
const BEAT_MS = 20_000;
/** A lock that nobody renewed for so long belongs to a machine or a container that is gone. */
const DEAD_MS = 10 * BEAT_MS;

/**
 * Makes this process the only one that updates the feeds in `folder`; returns what ends that. Readers and scans need no lock. That
 * of a process that was killed is taken over at once.
 *
 * @throws PlimsollError update-running, feed-mirror-unwritable
 */
export function lockFeeds(folder: string, now: Date): () => void {
  const path = join(folder, LOCK_FILE);
  const own = JSON.stringify(thisProcess());
  try {
    mkdirSync(folder, { recursive: true });
    take(path, own, now);
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    throw new PlimsollError('feed-mirror-unwritable', { path: folder, detail: (cause as Error).message }, { cause });
  }
  const beat = setInterval(() => renew(path), BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    if (read(path)?.text.trimEnd() === own) rmSync(path, { force: true });
  };
}

function take(path: string, own: string, now: Date): void {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = read(path);
    if (held === undefined) continue;
    if (attempt >= 3 || !isDead(held, now)) throw new PlimsollError('update-running', { pid: held.owner?.pid ?? 0, path });
    setAside(path, held.text);
  }
}

/** Two processes may find the same dead lock: who moves away a living one puts it back. */
function setAside(path: string, dead: string): void {
  const aside = `${path}-${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== dead) renameSync(aside, path);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

interface Held {
  readonly text: string;
  readonly owner?: Owner;
  readonly renewedAt: number;
}

function read(path: string): Held | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const renewedAt = statSync(path).mtimeMs;
    const owner = ownerIn(text);
    return { text, renewedAt, ...(owner === undefined ? {} : { owner }) };
  } catch {
    return undefined;
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    return parseOwner(text);
  } catch {
    return undefined;
  }
}

function isDead({ owner, renewedAt }: Held, now: Date): boolean {
  if (owner !== undefined && isGone(owner)) return true;
  return now.getTime() - renewedAt > DEAD_MS;
}

/** What counts is the date of the file. */
function renew(path: string): void {
  try {
    if (read(path) !== undefined) appendFileSync(path, ' ');
  } catch {
    // Somebody removed it by hand: nothing depends on it but the next update.
  }
}
