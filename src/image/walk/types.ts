import type { Gap } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import type { ExpansionLimits } from '../../util/compression/index.ts';
import type { TarLimits } from '../../util/tar/index.ts';

/** A regular file, or a hard link to one. */
export interface WalkedFile {
  /** Normalised: no leading slash, no `.` or `..`. */
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What stands in an entry's head beside its name. */
export interface EntryFacts {
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** Bytes of a file; 0 for all else. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** True where a file has capabilities of its own; nothing is known of them where no archive is read. */
  readonly hasCapabilities?: boolean;
}

/**
 * What the walk of one layer hands files to. Everything but `settled` is synchronous and in the order of the tar; a file's
 * calls come as wants (true), begin, data any number of times, end; `wants` may be asked ahead of time too.
 */
export interface FileReceiver {
  /** Whether a file of this path, mode and size (unknown for a link) is of interest; asked for every file. */
  wants(path: string, mode: number, size?: number): boolean;
  /** A file that `wants` refused. */
  unwanted?(path: string, size: number): void;
  begin(file: WalkedFile): void;
  /**
   * Bytes that belong at `offset` of the file; what is left out is zeros. Valid until `settled` resolves. False once nobody wants
   * any more of this file.
   */
  data(bytes: Bytes, offset: number): boolean;
  end(): void;
  /** A hard link that `wants` accepted; its content is that of `target`, in this layer or a lower one. */
  link(file: WalkedFile, target: string): void;
  /**
   * An entry of any type at `path`: what came before at this path, and below it unless a folder came, no longer counts. `facts` are
   * valid during the call.
   */
  entry(path: string, isDirectory: boolean, facts: EntryFacts): void;
  /** Targets of hard links whose content went by unseen: the layer is walked again for them. */
  missed(): ReadonlySet<string>;
  /** The second walk met a missed target; as begin. False where it is not needed after all. */
  beginMissed(file: WalkedFile): boolean;
  /** Work on the files so far, to be awaited before the memory of their bytes goes; undefined where there is none. */
  settled(): Promise<void> | undefined;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly tar?: TarLimits;
  readonly expansion?: ExpansionLimits;
  /** Keep the paths of the bottom layer too: another image may have it on top of others. */
  readonly keepPaths?: boolean;
  /** Called for each chunk with the bytes read so far, as stored. */
  readonly onBytes?: ((bytesDone: number) => void) | undefined;
  /** What the walk itself could not make sense of. */
  readonly onGap: (gap: Gap) => void;
}
