import type { Digest, GapCode } from '../../model/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { FLAG, normalisePath, type TarEntryView, type TarVisitor } from '../../util/tar/index.ts';
import { type EntryKind, type LayerShadow, PathLog } from '../merge/index.ts';
import type { FileReceiver, WalkedFile, WalkOptions } from './types.ts';

const STAGE = 'image/walk';
/** What AUFS keeps in the root for itself; `.wh..wh.plnk/` holds files that appear again as hard links. */
const AUFS_NOTES = '.wh..wh.';
/** Gaps of one layer that are reported one by one; a hostile layer has no right to fill the report. */
const MAX_GAPS = 100;

/**
 * Reads a layer's entries as a changeset: whiteouts and opaque markers, what hides what, and the files that the receiver
 * wants. Source: OCI image specification, layer.md, "Representing Changes".
 */
export class LayerVisitor implements TarVisitor {
  readonly entries = new PathLog();
  readonly whiteouts: string[] = [];
  readonly opaque: string[] = [];
  readonly #receiver: FileReceiver;
  readonly #keepEntries: boolean;
  readonly #layer: Digest;
  readonly #onGap: WalkOptions['onGap'];
  #gaps = 0;

  constructor(receiver: FileReceiver, layer: Digest, keepEntries: boolean, onGap: WalkOptions['onGap']) {
    this.#receiver = receiver;
    this.#layer = layer;
    this.#keepEntries = keepEntries;
    this.#onGap = onGap;
  }

  shadow(): LayerShadow {
    return { entries: this.entries, whiteouts: this.whiteouts, opaque: this.opaque };
  }

  entry(entry: TarEntryView): boolean {
    const path = normalisePath(entry.name);
    if (path === undefined) {
      this.#gap('unsupported', 'a path that leaves the root', entry.name, true);
      return false;
    }
    if (path === '' || (path.startsWith(AUFS_NOTES) && path.includes('/'))) return false;
    const base = path.lastIndexOf('/') + 1;
    if (path.startsWith('.wh.', base)) {
      this.#whiteout(path, base);
      return false;
    }
    const { type } = entry;
    if (this.#keepEntries) this.entries.add(path, KIND[type]);
    this.#receiver.entry(path, type === 'directory', entry);
    if (type === 'file') return this.#file(path, entry);
    if (type === 'hardlink') this.#link(path, entry);
    else if (type === 'other' && !DEVICES.has(entry.flag)) this.#gap('unsupported', 'an entry of unknown type', path, false);
    return false;
  }

  data(bytes: Bytes, offset: number): boolean {
    return this.#receiver.data(bytes, offset);
  }

  end(): void {
    this.#receiver.end();
  }

  #file(path: string, entry: TarEntryView): boolean {
    if (!this.#receiver.wants(path, entry.mode, entry.size)) {
      this.#receiver.unwanted?.(path, entry.size);
      return false;
    }
    this.#receiver.begin(walkedFile(path, entry));
    return true;
  }

  #link(path: string, entry: TarEntryView): void {
    if (!this.#receiver.wants(path, entry.mode)) return;
    const target = normalisePath(entry.linkName);
    if (target) this.#receiver.link(walkedFile(path, entry), target);
    else this.#gap('unsupported', 'a hard link to outside of the root', path, true);
  }

  /** `.wh.name` deletes a path of lower layers, `.wh..wh..opq` all that they have in its folder; others are AUFS's own notes. */
  #whiteout(path: string, base: number): void {
    const folder = path.slice(0, Math.max(0, base - 1));
    const name = path.slice(base + '.wh.'.length);
    if (name === '.wh..opq') this.opaque.push(folder);
    else if (name.startsWith('.wh.')) return;
    else if (name === '' || name === '.' || name === '..') this.#gap('malformed', 'a whiteout that names no file', path, false);
    else this.whiteouts.push(folder === '' ? name : `${folder}/${name}`);
  }

  #gap(code: GapCode, what: string, path: string, incomplete: boolean): void {
    if (++this.#gaps > MAX_GAPS) return;
    this.#onGap({ code, params: { what }, stage: STAGE, path, layer: this.#layer, incomplete });
  }
}

const KIND: Readonly<Record<TarEntryView['type'], EntryKind>> = {
  file: 'file',
  hardlink: 'file',
  directory: 'directory',
  symlink: 'other',
  other: 'other',
};

const DEVICES: ReadonlySet<number> = new Set([FLAG.characterDevice, FLAG.blockDevice, FLAG.fifo]);

export function walkedFile(path: string, entry: TarEntryView): WalkedFile {
  return { path, size: entry.size, mode: entry.mode, uid: entry.uid, gid: entry.gid };
}
