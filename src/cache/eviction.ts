import { appendFileSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One number a line: the bytes at the last count, then what was added since. */
const LEDGER = 'used';
/** Where the sum of many small additions is read more slowly than the folder is counted. */
const MAX_LEDGER = 1 << 16;
const TEMPORARY = '.tmp';
/** A temporary file this old was left behind by a process that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;
/** Room made at once, so that the next write does not have to. */
const KEEP = 0.9;

/**
 * Notes that `added` bytes were written to `folder`, and where it holds more than `limit` bytes by now deletes the files that
 * were not used for longest. The files are counted only when the ledger says so: it may be wrong after a crash or when
 * processes write at the same time, and the next count sets it right. A reader of a deleted file goes on reading it.
 */
export function makeRoom(folder: string, added: number, limit: number, now: Date): void {
  const ledger = join(folder, LEDGER);
  const known = readLedger(ledger);
  if (known !== undefined && known + added <= limit) {
    appendFileSync(ledger, `${added}\n`);
    return;
  }
  const left = sweep(folder, limit, now);
  const temporary = `${ledger}.${process.pid}${TEMPORARY}`;
  writeFileSync(temporary, `${left}\n`, { mode: 0o600 });
  renameSync(temporary, ledger);
}

/** Undefined where it has to be made anew. */
function readLedger(path: string): number | undefined {
  try {
    if (statSync(path).size > MAX_LEDGER) return undefined;
    const lines = readFileSync(path, 'latin1').trim().split('\n');
    return lines.every((line) => /^\d{1,15}$/.test(line)) ? lines.reduce((sum, line) => sum + Number(line), 0) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the bytes that are left. */
function sweep(folder: string, limit: number, now: Date): number {
  const entries: { path: string; size: number; used: number }[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || name === LEDGER) continue;
    if (name.endsWith(TEMPORARY)) {
      if (now.getTime() - stat.mtimeMs > ABANDONED_MS) rmSync(path, { force: true });
    } else entries.push({ path, size: stat.size, used: stat.mtimeMs });
  }
  let total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total <= limit) return total;
  entries.sort((a, b) => a.used - b.used || (a.path < b.path ? -1 : 1));
  for (const { path, size } of entries) {
    if (total <= limit * KEEP) break;
    rmSync(path, { force: true });
    total -= size;
  }
  return total;
}
