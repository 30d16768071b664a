import { QuietReceiver } from '../../image/walk/quiet-receiver.ts';
import type { EntryFacts, WalkedFile } from '../../image/walk/types.ts';
import { withoutHashes } from '../../util/accounts.ts';
import type { Bytes } from '../../util/bytes.ts';

/** What the heads of a layer's entries tell, and who its users are. Paths without leading slash. Survives JSON. */
export interface FilesOfLayer {
  /** All that is no folder, folder by folder: a path takes the bytes of its last part, and a layer has 100,000. */
  readonly files: readonly FilesOfFolder[];
  /** Folders that somebody other than root owns, or that groups or everybody may write. */
  readonly folders: readonly OwnedFolder[];
  /** Programs with privileges of their own, and those that change the user. */
  readonly marked: readonly { readonly path: string; readonly mark: Mark }[];
  /** `etc/passwd` and `etc/group`, without hashes of passwords. */
  readonly accounts: readonly { readonly path: string; readonly text: string }[];
  /** False: there were more of something than are kept. */
  readonly complete: boolean;
}

export interface FilesOfFolder {
  readonly folder: string;
  readonly names: readonly string[];
  /** Bytes of each; -1 for links and devices. */
  readonly sizes: readonly number[];
}

export interface OwnedFolder {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
}

/** setuid or setgid; capabilities of its own; a program that becomes another user and then runs another. */
export type Mark = 'setuid' | 'capable' | 'switcher';

/** Files of one layer that are kept, and UTF-16 units of their names and folders: 100 MB while the layer is read. */
export const MOST_FILES = 500_000;
const MOST_TEXT = 2 ** 25;
/** Folders, and programs, of one layer; an image has some hundreds. */
const MOST_FACTS = 20_000;
/** Bytes of a list of accounts. */
const MAX_ACCOUNTS = 1 << 20;

const ACCOUNTS: ReadonlySet<string> = new Set(['etc/passwd', 'etc/group']);
const SWITCHERS: ReadonlySet<string> = new Set(['gosu', 'su-exec', 's6-setuidgid', 'chpst']);

/** Remembers the heads of a layer's entries; the latest at a path is what the layer has there. */
export class FilesReceiver extends QuietReceiver {
  readonly #files = new Map<string, Map<string, number>>();
  readonly #folders = new Map<string, OwnedFolder>();
  readonly #marked = new Map<string, readonly Mark[]>();
  readonly #accounts = new Map<string, string>();
  #count = 0;
  #text = 0;
  #complete = true;
  #reading: { readonly path: string; readonly size: number; readonly parts: Buffer[] } | undefined;

  override entry(path: string, isDirectory: boolean, facts: EntryFacts): void {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, slash));
    const name = path.slice(slash + 1);
    if (isDirectory) {
      this.#files.get(folder)?.delete(name);
      this.#marked.delete(path);
      this.#keep(this.#folders, path, ownedFolder(path, facts));
      return;
    }
    this.#folders.delete(path);
    this.#file(folder, name, facts.type === 'file' ? facts.size : -1);
    this.#keep(this.#marked, path, marksOf(name, facts));
    this.#accounts.delete(path);
  }

  override wants(path: string, _mode: number, size = MAX_ACCOUNTS + 1): boolean {
    return ACCOUNTS.has(path) && size <= MAX_ACCOUNTS;
  }

  override begin({ path, size }: WalkedFile): void {
    this.#reading = { path, size, parts: [] };
  }

  override data(bytes: Bytes): boolean {
    this.#reading?.parts.push(Buffer.from(bytes));
    return true;
  }

  override end(): void {
    const read = this.#reading;
    if (read) this.#accounts.set(read.path, withoutHashes(Buffer.concat(read.parts).toString('utf8')));
    this.#reading = undefined;
  }

  results(): FilesOfLayer {
    return {
      files: [...this.#files].map(([folder, names]) => ({ folder, names: [...names.keys()], sizes: [...names.values()] })),
      folders: [...this.#folders.values()],
      marked: [...this.#marked].flatMap(([path, marks]) => marks.map((mark) => ({ path, mark }))),
      accounts: [...this.#accounts].map(([path, text]) => ({ path, text })),
      complete: this.#complete,
    };
  }

  #file(folder: string, name: string, size: number): void {
    const known = this.#files.get(folder);
    if (known?.has(name)) {
      known.set(name, size);
      return;
    }
    const text = name.length + (known ? 0 : folder.length);
    if (this.#count >= MOST_FILES || this.#text + text > MOST_TEXT) {
      this.#complete = false;
      return;
    }
    this.#count += 1;
    this.#text += text;
    if (known) known.set(name, size);
    else this.#files.set(folder, new Map([[name, size]]));
  }

  /** Undefined: there is nothing to say of the path any more. */
  #keep<T>(facts: Map<string, T>, path: string, fact: T | undefined): void {
    if (fact === undefined) facts.delete(path);
    else if (facts.size < MOST_FACTS || facts.has(path)) facts.set(path, fact);
    else this.#complete = false;
  }
}

function ownedFolder(path: string, { uid, gid, mode }: EntryFacts): OwnedFolder | undefined {
  const owned = uid !== 0 || (mode & 0o002) !== 0 || (gid !== 0 && (mode & 0o020) !== 0);
  return owned ? { path, uid, gid, mode } : undefined;
}

function marksOf(name: string, { type, mode, hasCapabilities }: EntryFacts): readonly Mark[] | undefined {
  if (type !== 'file' && type !== 'hardlink') return undefined;
  const executable = (mode & 0o111) !== 0;
  const marks: Mark[] = [
    ...(executable && (mode & 0o6000) !== 0 ? ['setuid' as const] : []),
    ...(hasCapabilities ? ['capable' as const] : []),
    ...(executable && SWITCHERS.has(name) ? ['switcher' as const] : []),
  ];
  return marks.length === 0 ? undefined : marks;
}
