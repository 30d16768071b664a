import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlimsollError } from './errors.ts';

const PREFIX = 'plimsoll-';
const OWNER = 'owner.json';

/**
 * A folder for large files that cannot stay in memory, made when first needed. It says which process owns it, so that a
 * later run can remove what a killed one left behind.
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

/** Who made a folder. Process ids mean something only on one host and within one process namespace: both are part of it. */
interface Owner {
  readonly pid: number;
  readonly space: string;
  /** When the process started, in clock ticks since boot where /proc tells: process ids are used again. */
  readonly started: string;
}

function makeOwned(parent: string): string {
  const path = mkdtempSync(join(parent, PREFIX));
  const owner: Owner = { pid: process.pid, space: processSpace(), started: startOf(process.pid) };
  writeFileSync(join(path, OWNER), JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
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
    if (!owner || owner.space !== processSpace() || isAlive(owner)) continue;
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
    const owner: unknown = JSON.parse(readFileSync(fd, 'utf8'));
    return isOwner(owner) ? owner : undefined;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, space, started } = value as Partial<Record<keyof Owner, unknown>>;
  return Number.isInteger(pid) && (pid as number) > 0 && typeof space === 'string' && typeof started === 'string';
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return startOf(owner.pid) === owner.started;
}

function processSpace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Field 22 of /proc/PID/stat, counted behind the command, which may contain spaces. Empty where there is no /proc. Source: proc(5). */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
