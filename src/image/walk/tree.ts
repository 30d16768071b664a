import { close, constants, fstat, open } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Gap } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { TAR_LIMITS } from '../../util/tar/index.ts';
import type { EntryFacts, WalkedFile } from './types.ts';

/** What the walk of a folder hands files to. */
export interface TreeReceiver {
  wants(path: string, mode: number): boolean;
  /** A file that `wants` refused. Without it nothing is asked of the system about such a file. */
  unwanted?(path: string, size: number): void;
  /** Every folder and regular file. Without it nothing is asked of the system about those that nobody wants. */
  stated?(path: string, facts: EntryFacts): void;
  /** `fd` is closed when this resolves. */
  file(file: WalkedFile, fd: number): Promise<void>;
}

/** Hands a folder's files to several receivers: each gets what it wants, as if it were alone. */
export function severalTreeReceivers(receivers: readonly TreeReceiver[]): TreeReceiver {
  const [only] = receivers;
  if (only !== undefined && receivers.length === 1) return only;
  const unwanted = (path: string, size: number): void => {
    for (const one of receivers) one.unwanted?.(path, size);
  };
  const stated = (path: string, facts: EntryFacts): void => {
    for (const one of receivers) one.stated?.(path, facts);
  };
  return {
    wants: (path, mode) => receivers.some((one) => one.wants(path, mode)),
    ...(receivers.some((one) => one.unwanted) ? { unwanted } : {}),
    ...(receivers.some((one) => one.stated) ? { stated } : {}),
    async file(file, fd) {
      for (const one of receivers) {
        if (one.wants(file.path, file.mode)) await one.file(file, fd);
        else one.unwanted?.(file.path, file.size);
      }
    },
  };
}

export interface TreeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onGap: (gap: Gap) => void;
  /** Called for each folder with the number of files looked at so far. */
  readonly onFiles?: ((done: number) => void) | undefined;
  /** Entries that a folder may have in all. */
  readonly maxEntries?: number;
}

/** Folders read at the same time: enough to keep a disk busy, few enough for any limit on open files. */
const CONCURRENCY = 8;
/** File systems of the kernel below a running system's root: endless, and no part of what is installed. */
const KERNEL_FOLDERS: ReadonlySet<string> = new Set(['proc', 'sys', 'dev']);
const EXECUTABLE = 0o111;

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);

/**
 * Reads a folder as if it were the root of an image. No link is followed, so nothing outside of it is read (a link may point
 * anywhere on the machine that scans); what cannot be read is a gap.
 *
 * @throws PlimsollError tar-limit beyond `maxEntries`; aborted; target-missing where the folder itself cannot be read
 */
export async function walkTree(root: string, receiver: TreeReceiver, options: TreeOptions): Promise<void> {
  await new TreeWalk(await rootOf(root), receiver, options).run();
}

async function rootOf(root: string): Promise<{ path: string; device: number }> {
  try {
    const path = await realpath(root);
    await readdir(path);
    return { path, device: (await lstat(path)).dev };
  } catch (error) {
    throw new PlimsollError('target-missing', { path: root }, { cause: error });
  }
}

class TreeWalk {
  readonly #root: { readonly path: string; readonly device: number };
  readonly #receiver: TreeReceiver;
  readonly #options: TreeOptions;
  /** Folders still to be read; paths below the root. */
  readonly #folders: string[] = [''];
  #entries = 0;

  constructor(root: { path: string; device: number }, receiver: TreeReceiver, options: TreeOptions) {
    this.#root = root;
    this.#receiver = receiver;
    this.#options = options;
  }

  async run(): Promise<void> {
    while (this.#folders.length > 0) {
      // The last ones first: depth before breadth keeps the list short.
      await Promise.all(this.#folders.splice(-CONCURRENCY).map((folder) => this.#readFolder(folder)));
    }
  }

  async #readFolder(folder: string): Promise<void> {
    if (this.#options.signal?.aborted) throw new PlimsollError('aborted', {}, { cause: this.#options.signal.reason });
    const found = await this.#attempt(folder, () => readdir(join(this.#root.path, folder), { withFileTypes: true }));
    const limit = this.#options.maxEntries ?? TAR_LIMITS.entries;
    this.#entries += found?.length ?? 0;
    if (this.#entries > limit) throw new PlimsollError('tar-limit', { what: this.#root.path, limit, unit: 'entries' });
    for (const entry of found ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (this.#receiver.stated && (entry.isDirectory() || entry.isFile())) await this.#attempt(path, () => this.#state(path));
      if (entry.isDirectory() && !(await this.#isKernels(path))) this.#folders.push(path);
      else if (entry.isFile()) {
        const work = this.#file(path);
        if (work) await work;
      }
    }
    this.#options.onFiles?.(this.#entries);
  }

  /** Undefined where nothing is to be done: there are 100,000s of such files. */
  #file(path: string): Promise<void> | undefined {
    if (this.#receiver.wants(path, EXECUTABLE)) return this.#attempt(path, () => this.#readFile(path));
    return this.#receiver.unwanted && this.#attempt(path, () => this.#refuse(path));
  }

  async #state(path: string): Promise<void> {
    const stat = await lstat(join(this.#root.path, path));
    const type = stat.isDirectory() ? 'directory' : 'file';
    this.#receiver.stated?.(path, {
      type,
      size: type === 'file' ? stat.size : 0,
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
    });
  }

  async #refuse(path: string): Promise<void> {
    this.#receiver.unwanted?.(path, (await lstat(join(this.#root.path, path))).size);
  }

  async #readFile(path: string): Promise<void> {
    const absolute = join(this.#root.path, path);
    const stat = await lstat(absolute);
    if (!this.#receiver.wants(path, stat.mode)) return this.#receiver.unwanted?.(path, stat.size);
    // Whoever can write to the folder may have put a link or a pipe there since.
    const fd = await openFile(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size, mode, uid, gid } = await statFile(fd).then((stat) =>
        stat.isFile() ? stat : Promise.reject(new Error('no regular file')),
      );
      await this.#receiver.file({ path, size, mode: mode & 0o7777, uid, gid }, fd);
    } finally {
      await closeFile(fd);
    }
  }

  /** The result, or undefined after a gap where the system refused. */
  async #attempt<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PlimsollError) throw error;
      const { code, message = String(error) } = (error ?? {}) as NodeJS.ErrnoException;
      // The system's own sentence is English and names the path once more.
      const what = code ?? message;
      this.#options.onGap({ code: 'unreadable', params: { what }, stage: 'image/walk', path, incomplete: true });
      return undefined;
    }
  }

  async #isKernels(path: string): Promise<boolean> {
    if (!KERNEL_FOLDERS.has(path)) return false;
    return (await lstat(join(this.#root.path, path))).dev !== this.#root.device;
  }
}
