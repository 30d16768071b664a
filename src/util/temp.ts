import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlimsollError } from './errors.ts';
import { isGone, type Owner, parseOwner, thisProcess } from './owner.ts';

/** Of these alone, so that sweeping does not have to look into folders of other kinds. */
const PREFIX = 'plimsoll-large-';
const OWNER = 'owner.json';

/**
 * A folder for large files that cannot stay in memory, made when first needed. It says which process owns it, so that a
 * later run that needs one can remove what a killed one left behind.
 */
export class TempFolder {
  readonly #parent: string;
  #path: string | undefined;
  #files = 0;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /**
   * A new empty file, open for reading and writing and already without a name: its space is freed when it is closed, however
   * the process ends. The caller closes the descriptor.
   *
   * @throws PlimsollError temp-failed
   */
  unlinkedFile(): number {
    try {
      if (this.#path === undefined) sweepTemp(this.#parent);
      this.#path ??= makeOwned(this.#parent);
      const name = join(this.#path, String(this.#files++));
      const fd = openSync(name, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
      unlinkSync(name);
      return fd;
    } catch (error) {
      throw tempFailed(this.#parent, error);
    }
  }

  close(): void {
    if (this.#path !== undefined) rmSync(this.#path, { recursive: true, force: true });
    this.#path = undefined;
  }
}

export function tempFailed(path: string, error: unknown): PlimsollError {
  return new PlimsollError('temp-failed', { path, detail: error instanceof Error ? error.message : String(error) }, { cause: error });
}

function makeOwned(parent: string): string {
  const path = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(path, OWNER), JSON.stringify(thisProcess()), { flag: 'wx', mode: 0o600 });
  return path;
}

/**
 * Removes the temporary folders of this user whose process is gone. Folders of other hosts and containers that share the
 * place are left alone, and so is whatever cannot be judged. Returns the names of those removed.
 */
export function sweepTemp(parent: string = tmpdir()): string[] {
  const removed: string[] = [];
  for (const name of namesIn(parent)) {
    const path = join(parent, name);
    const owner = ownerOf(path);
    if (!owner || !isGone(owner)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
      removed.push(name);
    } catch {
      // Somebody else is sweeping, or it is not ours to remove: nothing depends on it.
    }
  }
  return removed;
}

function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

/** The owner that a folder states, if the statement is this user's own: anybody may create folders in a shared /tmp. */
function ownerOf(path: string): Owner | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(join(path, OWNER), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size > 4096 || (process.getuid && stat.uid !== process.getuid())) return undefined;
    return parseOwner(readFileSync(fd, 'utf8'));
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
