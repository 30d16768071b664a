import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CURRENT_FILE, MANIFEST_FILE, type Manifest } from './manifest.ts';

/** Folders that builds work in. */
export const WORK_PREFIX = '.build-';
/** A folder that is not empty has the name. Source: rename(2). */
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST']);
const DAY = 24 * 60 * 60 * 1000;

/** The folder of the current generation: `folder` itself where it holds one, else the one that CURRENT names; undefined where there is none. */
export function currentGeneration(folder: string): string | undefined {
  if (existsSync(join(folder, MANIFEST_FILE))) return folder;
  const name = currentName(folder);
  return name === undefined ? undefined : join(folder, name);
}

/** The generations in the database's folder, by name. */
export function generationsIn(folder: string): readonly string[] {
  return readdirSync(folder).filter(isGeneration);
}

/**
 * Moves a finished generation from `work` into the database's folder and makes it the current one, both by rename. The
 * generation before stays for whoever is still reading it; older ones go: of those in `seen` only, which were there when the
 * work began, because another process may be about to make a newer one the current one.
 */
export function publish(work: string, folder: string, manifest: Manifest, seen: readonly string[]): string {
  const previous = currentName(folder);
  const name = moveIn(work, folder, manifest, seen);
  replaceFile(folder, CURRENT_FILE, `${name}\n`);
  for (const entry of seen) {
    if (isGeneration(entry) && entry !== name && entry !== previous) discard(folder, entry);
  }
  return join(folder, name);
}

/** Writes a file of the database's folder: whoever reads it sees the old text or the new one. */
export function replaceFile(folder: string, name: string, text: string): void {
  const desk = mkdtempSync(join(folder, WORK_PREFIX));
  writeFileSync(join(desk, name), text, { flush: true });
  renameSync(join(desk, name), join(folder, name));
  rmSync(desk, { recursive: true, force: true });
}

/** Moves the files of `work` into a generation that lacks them. Throws ENOENT where that was removed meanwhile. */
export function complete(work: string, generation: string): void {
  for (const file of readdirSync(work)) renameSync(join(work, file), join(generation, file));
}

/** At once out of everybody's sight; whoever has a file open keeps it. What cannot be deleted is swept another day. */
function discard(folder: string, generation: string): void {
  try {
    const grave = mkdtempSync(join(folder, WORK_PREFIX));
    renameSync(join(folder, generation), join(grave, 'old'));
    rmSync(grave, { recursive: true, force: true });
  } catch {
    // Another process removes it too, or adds a file to it.
  }
}

/** Removes the work folders of builds that were killed more than a day ago. */
export function sweep(folder: string, now: Date): void {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (/^\.build-\w{6}$/.test(entry) && since !== undefined && now.getTime() - since > DAY) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Under the first name that is free, even where another process takes names at the same time. What another process put there
 * meanwhile and is the same database gets our files instead.
 */
function moveIn(work: string, folder: string, manifest: Manifest, seen: readonly string[]): string {
  const digest = manifest.digest.slice('sha256:'.length, 'sha256:'.length + 12);
  const name = `${manifest.builtAt.replace(/[-:]/g, '')}-${digest}`;
  for (let number = 0; ; number++) {
    const candidate = number === 0 ? name : `${name}-${number}`;
    const taken = existsSync(join(folder, candidate));
    if (taken && (seen.includes(candidate) || !isSameDatabase(work, join(folder, candidate)))) continue;
    try {
      if (taken) {
        complete(work, join(folder, candidate));
        return candidate;
      }
      renameSync(work, join(folder, candidate));
      return candidate;
    } catch (error) {
      if (!TAKEN.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

function isSameDatabase(one: string, other: string): boolean {
  try {
    return readFileSync(join(one, MANIFEST_FILE)).equals(readFileSync(join(other, MANIFEST_FILE)));
  } catch {
    return false;
  }
}

/** Nothing else in the database's folder is ever followed or removed. */
function isGeneration(name: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{12}(-\d+)?$/.test(name);
}

function currentName(folder: string): string | undefined {
  try {
    const name = readFileSync(join(folder, CURRENT_FILE), 'utf8').trim();
    return isGeneration(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
