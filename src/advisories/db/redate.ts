import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError } from '../../util/errors.ts';
import { currentGeneration, generationsIn, publish, WORK_PREFIX } from './generations.ts';
import { MANIFEST_FILE, type Manifest, manifestOf, parseManifest } from './manifest.ts';

/** The manifest of the current database in `folder`; undefined where there is none that can be read, or one that lacks shards. */
export function currentManifest(folder: string): Manifest | undefined {
  try {
    const path = currentGeneration(folder);
    const manifest = path === undefined ? undefined : parseManifest(readFileSync(join(path, MANIFEST_FILE), 'utf8'));
    if (manifest === undefined || 'problem' in manifest) return undefined;
    return manifest.shards.every(({ file }) => existsSync(join(path as string, file))) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes down that the feeds of the current database were found unchanged: a generation of the same shards (the same files, by
 * link) with new dates of fetching. Its digest stays, for dates are not part of it. Returns its manifest and folder.
 */
export function redateDatabase(folder: string, dates: ReadonlyMap<string, string>): { readonly manifest: Manifest; readonly path: string } {
  const current = currentGeneration(folder);
  const old = currentManifest(folder);
  if (current === undefined || old === undefined) throw new PlimsollError('database-missing', { path: folder });
  const feeds = old.feeds.map((feed) => ({ ...feed, fetchedAt: dates.get(feed.id) ?? feed.fetchedAt }));
  if (current === folder || feeds.every((feed, i) => feed.fetchedAt === old.feeds[i]!.fetchedAt)) return { manifest: old, path: current };
  const manifest = manifestOf({ ...old, feeds });
  const seen = generationsIn(folder);
  const work = mkdtempSync(join(folder, WORK_PREFIX));
  try {
    const generation = join(work, 'generation');
    mkdirSync(generation);
    for (const { file } of manifest.shards) linkOrCopy(join(current, file), join(generation, file));
    writeFileSync(join(generation, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`, { flush: true });
    return { manifest, path: publish(generation, folder, manifest, seen) };
  } catch (cause) {
    throw new PlimsollError('database-unwritable', { path: folder, detail: (cause as Error).message }, { cause });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
