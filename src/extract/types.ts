import type { Distro, FoundPackage, Gap, LayerInfo } from '../model/index.ts';
import type { ByteStream, Bytes, RandomAccess } from '../util/bytes.ts';

/** A file as the layer's tar or the folder states it. */
export interface FileInfo {
  /** No leading slash, `/` between parts, no `.` or `..`. */
  readonly path: string;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * A wanted file, readable while `extract` runs and not after: the memory behind its bytes is used again, so what is kept of
 * them must be copied (text is).
 */
export interface OpenFile extends FileInfo {
  /** The first bytes, at most `n` (and at most 64 KiB). */
  head(n: number): Promise<Bytes>;
  /** The whole content; throws the coded error `file-too-large` beyond `limit` bytes. */
  bytes(limit: number): Promise<Bytes>;
  stream(): ByteStream;
  /** In memory up to 16 MB, else an unlinked temporary file. */
  random(): Promise<RandomAccess>;
}

/**
 * Which files an extractor wants, declared so that all extractors compile into one dispatch table. A file is wanted if ANY
 * of basenames, suffixes, paths, under, executableNames matches, or `executable` does (any execute bit, or a name without a dot in a
 * `bin` folder is NOT enough). `accept` then narrows by content.
 */
export interface Wants {
  /** Exact last path component: `package.json`. */
  readonly basenames?: readonly string[];
  /** End of the last path component, lower case compared: `.jar`. */
  readonly suffixes?: readonly string[];
  /** Exact path: `lib/apk/db/installed`. */
  readonly paths?: readonly string[];
  /** Any file directly in `dir` (exact folder path), optionally with `suffix`. */
  readonly under?: readonly { readonly dir: string; readonly suffix?: string }[];
  /** Any regular file with an execute bit. */
  readonly executable?: boolean;
  /**
   * Regular files with an execute bit whose last path component matches; anchored, without flags. A name belongs here and not into
   * `accept`: a hard link brings its own name to a content that went by under another.
   */
  readonly executableNames?: RegExp;
  /** Smaller files are not wanted, whatever matches. For what `accept` would drop anyway: the size is known before any byte is read. */
  readonly minSize?: number;
  /** Synchronous, on the first bytes (up to 4 KiB, fewer where the file is shorter): false drops the file unread. */
  readonly accept?: (head: Bytes, file: FileInfo) => boolean;
}

export interface LayerContext {
  /** Reports what could not be read. `stage`, `path` and `layer` are filled in. */
  gap(gap: Pick<Gap, 'code' | 'params' | 'incomplete'> & { readonly path?: string }): void;
}

/**
 * - `image`: images and root file systems only. Installed packages of an ecosystem with lock files (node_modules, site-packages): in
 *   somebody's project they are a by-product of the lock file, often of another platform, and of tools besides.
 * - `project`: folders (`dir:`) only. Lock files and manifests: in an image they say what somebody once wished for, not what is there.
 */
export type AppliesTo = 'image' | 'project';

/**
 * Reads one package format. `extract` sees one file of one layer and nothing else (its result is cached by the layer's
 * digest and must survive JSON); `settle` sees the merged file system and makes packages of it.
 */
export interface Extractor<Partial = unknown> {
  /** `os/apk`, `lang/npm`: equal to its folder below src/extract. */
  readonly id: string;
  /** A bump makes cached results of this extractor stale. */
  readonly version: number;
  readonly class: 'os' | 'library';
  readonly wants: Wants;
  /** Where it is used; in every target by default (OS databases, jars, compiled programs: they are what they are wherever they lie). */
  readonly appliesTo?: AppliesTo;
  /** Undefined: nothing of interest in this file. Malformed content is a gap, never a throw, never silence. */
  extract(file: OpenFile, ctx: LayerContext): Promise<Partial | undefined>;
  /** Pure. */
  settle(view: MergedView<Partial>): Settled;
}

export interface Settled {
  readonly packages: readonly FoundPackage[];
  readonly gaps?: readonly Gap[];
  readonly distro?: Distro;
  /** Repositories that the image names, see Inventory.repositories. */
  readonly repositories?: readonly string[];
}

/** What `extract` returned for one file of one layer. */
export interface LayerPartial<Partial> {
  readonly path: string;
  /** Index into `MergedView.layers`; 0 for folders. */
  readonly layer: number;
  readonly partial: Partial;
}

/** The extracts of one extractor over all layers, whiteouts, opaque folders and replaced files taken into account. */
export interface MergedView<Partial> {
  readonly layers: readonly LayerInfo[];
  /** The files of the final file system, sorted by path. */
  readonly visible: readonly LayerPartial<Partial>[];
  /**
   * Every version of `path`, bottom layer first, those that upper layers hide or replace included: for "first introduced
   * in". Empty for a path that no layer has, or that the extractor made nothing of.
   */
  history(path: string): readonly LayerPartial<Partial>[];
  /** The topmost version of files that are gone in the final file system (deleted, or another type in their place), sorted by path. */
  readonly removed: readonly LayerPartial<Partial>[];
}
