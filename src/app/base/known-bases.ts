import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageTarget } from '../../image/types.ts';
import type { Digest } from '../../model/index.ts';
import { isDigest } from '../../oci/digest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { compareText } from '../../util/compare-text.ts';
import { PlimsollError } from '../../util/errors.ts';
import { ensurePrivate, withPrivateFile } from '../../util/private-folder.ts';

/** An image of this machine's index of bases. */
export interface KnownBase {
  /** As it was added: a reference, or where it was read from. */
  readonly name: string;
  readonly digest?: Digest;
  readonly configDigest?: Digest;
  /** `linux/amd64`. */
  readonly platform: string;
  /** Digests of its layers, uncompressed, bottom first: they stay when a registry compresses anew. */
  readonly diffIds: readonly Digest[];
  /** RFC 3339. */
  readonly created?: string;
  /** Bytes of its layers as stored. */
  readonly size: number;
}

const FILE = 'bases.json';
const MAX_BYTES = 64 << 20;

/** The index below the cache folder; empty where there is none, or one that somebody else could have written. */
export function readBases(cacheDir: string): readonly KnownBase[] {
  const bytes = withPrivateFile(join(cacheDir, FILE), undefined, (read, size) => (size > MAX_BYTES ? undefined : read(0, size)));
  if (!bytes) return [];
  try {
    const { bases } = JSON.parse(String(bytes)) as { readonly bases?: unknown };
    return Array.isArray(bases) ? bases.filter(isKnownBase) : [];
  } catch {
    return [];
  }
}

/** Replaces the index as a whole. Throws `output-unwritable`. */
export function writeBases(cacheDir: string, bases: readonly KnownBase[]): void {
  const path = join(cacheDir, FILE);
  if (!ensurePrivate(cacheDir)) throw new PlimsollError('output-unwritable', { path: cacheDir, detail: 'others may write to it' });
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  const sorted = [...bases].sort((a, b) => compareText(a.name, b.name) || compareText(a.platform, b.platform));
  try {
    writeFileSync(fresh, `${JSON.stringify({ schemaVersion: 1, bases: sorted }, null, 1)}\n`, { flag: 'wx', mode: 0o600 });
    renameSync(fresh, path);
  } catch (cause) {
    throw new PlimsollError('output-unwritable', { path, detail: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** What the index keeps of an image. */
export function knownBase(name: string, { info, config, layers }: ImageTarget): KnownBase {
  return {
    name,
    ...(info.digest === undefined ? {} : { digest: info.digest }),
    ...(info.configDigest === undefined ? {} : { configDigest: info.configDigest }),
    platform: formatPlatform(info.platform ?? config),
    diffIds: config.diffIds,
    ...(config.created === undefined ? {} : { created: config.created }),
    size: layers.reduce((sum, layer) => sum + layer.info.size, 0),
  };
}

/** The image of the index with the most layers that `image` begins with; never the image itself. */
export function longestBase(bases: readonly KnownBase[], { info, config }: Pick<ImageTarget, 'info' | 'config'>): KnownBase | undefined {
  return bases
    .filter((base) => base.configDigest !== info.configDigest && isPrefix(base.diffIds, config.diffIds))
    .reduce<KnownBase | undefined>((a, b) => (a && a.diffIds.length >= b.diffIds.length ? a : b), undefined);
}

/** True where `layers` begins with all of `base`. */
export function isPrefix(base: readonly Digest[], layers: readonly Digest[]): boolean {
  return base.length > 0 && base.length <= layers.length && base.every((digest, i) => layers[i] === digest);
}

function isKnownBase(value: unknown): value is KnownBase {
  if (typeof value !== 'object' || value === null) return false;
  const { name, platform, diffIds, size, digest, configDigest, created } = value as Record<string, unknown>;
  const digestOrNone = (one: unknown): boolean => one === undefined || (typeof one === 'string' && isDigest(one));
  return (
    typeof name === 'string' &&
    typeof platform === 'string' &&
    typeof size === 'number' &&
    (created === undefined || typeof created === 'string') &&
    digestOrNone(digest) &&
    digestOrNone(configDigest) &&
    Array.isArray(diffIds) &&
    diffIds.every((one) => typeof one === 'string' && isDigest(one))
  );
}
