import type { Gap } from '../../model/index.ts';
import type { ByteStream, RandomAccess } from '../../util/bytes.ts';
import { EXPANSION_LIMITS } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { normalisePath, type TarEntryView, type TarVisitor, TarWalker } from '../../util/tar/index.ts';
import { openZip, type ZipEntry } from '../../util/zip/index.ts';
import { walkedFile } from './layer-visitor.ts';
import type { FileReceiver, WalkedFile, WalkOptions } from './types.ts';

type ContentOptions = Pick<WalkOptions, 'signal' | 'onBytes' | 'onGap'>;

/** Bytes of a zip's entry that are unpacked: it is held in memory. */
const MAX_ENTRY = 128 << 20;
/** Of what has no owner and no mode. */
const OWNER = { mode: 0o644, uid: 0, gid: 0 } as const;
const STAGE = 'image/walk';

/** Hands over the files of a tar that is no image's layer. @throws PlimsollError as the walk of a layer */
export async function walkTar(stream: ByteStream, what: string, receiver: FileReceiver, options: ContentOptions): Promise<void> {
  const walker = new TarWalker(what, new PlainVisitor(receiver));
  let done = 0;
  for await (const chunk of stream) {
    check(options.signal);
    walker.push(chunk);
    done += chunk.length;
    options.onBytes?.(done);
    const work = receiver.settled();
    if (work) await work;
  }
  walker.finish();
}

/** One file of any length; its size is what is known of it beforehand, 0 where that is nothing. */
export async function walkText(
  stream: ByteStream,
  { path, size }: Pick<WalkedFile, 'path' | 'size'>,
  receiver: FileReceiver,
  options: ContentOptions,
): Promise<void> {
  receiver.begin({ path, size, ...OWNER });
  let done = 0;
  let wanted = true;
  for await (const chunk of stream) {
    check(options.signal);
    if (wanted) wanted = receiver.data(chunk, done);
    done += chunk.length;
    options.onBytes?.(done);
  }
  receiver.end();
  await receiver.settled();
}

/** Hands over the files of a zip. An entry that cannot be unpacked is a gap. @throws PlimsollError where the archive cannot be read at all */
export async function walkZip(access: RandomAccess, what: string, receiver: FileReceiver, options: ContentOptions): Promise<void> {
  const zip = await openZip(access);
  let output = 0;
  for (const entry of zip.entries) {
    check(options.signal);
    const path = normalisePath(entry.name);
    if (!path || entry.name.endsWith('/')) continue;
    if (!receiver.wants(path, 0o644, entry.size)) {
      receiver.unwanted?.(path, entry.size);
      continue;
    }
    output += entry.size;
    if (output > EXPANSION_LIMITS.output) throw new PlimsollError('decompression-bomb', { what, input: access.size, output });
    const bytes = await zip.read(entry, MAX_ENTRY).catch((error: unknown) => options.onGap(gapOf(entry, error)));
    if (!bytes) continue;
    receiver.entry(path, false, { type: 'file', size: bytes.length, ...OWNER });
    receiver.begin({ path, size: bytes.length, ...OWNER });
    if (bytes.length > 0) receiver.data(bytes, 0);
    receiver.end();
    options.onBytes?.(output);
    await receiver.settled();
  }
}

/** Entries as they stand: nothing in such an archive hides anything. */
class PlainVisitor implements TarVisitor {
  readonly #receiver: FileReceiver;

  constructor(receiver: FileReceiver) {
    this.#receiver = receiver;
  }

  entry(entry: TarEntryView): boolean {
    const path = normalisePath(entry.name) ?? entry.name;
    if (path === '' || (entry.type !== 'file' && entry.type !== 'hardlink')) return false;
    const size = entry.type === 'file' ? entry.size : undefined;
    if (!this.#receiver.wants(path, entry.mode, size)) {
      if (size !== undefined) this.#receiver.unwanted?.(path, size);
      return false;
    }
    this.#receiver.entry(path, false, entry);
    if (size === undefined) {
      const target = normalisePath(entry.linkName);
      if (target) this.#receiver.link(walkedFile(path, entry), target);
      return false;
    }
    this.#receiver.begin(walkedFile(path, entry));
    return true;
  }

  data(bytes: Buffer, offset: number): void {
    this.#receiver.data(bytes, offset);
  }

  end(): void {
    this.#receiver.end();
  }
}

const GAPS: Readonly<Record<string, Gap['code']>> = {
  'file-too-large': 'too-large',
  'file-encrypted': 'encrypted',
  'file-unsupported': 'unsupported',
};

function gapOf({ name }: ZipEntry, error: unknown): Gap {
  if (!(error instanceof PlimsollError)) throw error;
  const code = GAPS[error.code] ?? 'malformed';
  return { code, params: { what: 'file', limit: MAX_ENTRY }, stage: STAGE, path: name, incomplete: true };
}

function check(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new PlimsollError('aborted', {}, { cause: signal.reason });
}
