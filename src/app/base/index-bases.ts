import { type OpenOptions, openTargets } from '../../image/targets/index.ts';
import type { PlatformsTarget, Target } from '../../image/types.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { type KnownBase, knownBase, readBases, writeBases } from './known-bases.ts';

/** The index of base images on this machine, sorted by name and platform. */
export function listBases(cacheDir: string): readonly KnownBase[] {
  return readBases(cacheDir);
}

/**
 * Adds images, with the platform `all` for every one that they are for, or renews what is known of them: manifest and configuration are read, no layer. Nothing is added where one of them cannot
 * be read.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function addBases(images: readonly string[], cacheDir: string, options: OpenOptions): Promise<readonly KnownBase[]> {
  const added: KnownBase[] = [];
  for (const name of new Set(images)) {
    const target = await openTargets(name, options);
    try {
      added.push(...(await knownBases(name, target)));
    } finally {
      await target.close();
    }
  }
  const isNew = ({ name, platform }: KnownBase): boolean => !added.some((each) => each.name === name && each.platform === platform);
  writeBases(cacheDir, [...readBases(cacheDir).filter(isNew), ...added]);
  return added;
}

async function knownBases(name: string, target: Target | PlatformsTarget): Promise<readonly KnownBase[]> {
  if (target.kind === 'image') return [knownBase(name, target)];
  if (target.kind !== 'platforms') throw new PlimsollError('base-not-image', { target: name }, { exitCode: EXIT.usage });
  const known: KnownBase[] = [];
  for (const { open } of target.images) known.push(knownBase(name, await open()));
  return known;
}

/** Removes images by name, for all platforms. Throws `base-unknown` where one is not there; none is removed then. */
export function removeBases(images: readonly string[], cacheDir: string): readonly KnownBase[] {
  const all = readBases(cacheDir);
  const unknown = images.find((name) => all.every((each) => each.name !== name));
  if (unknown !== undefined) throw new PlimsollError('base-unknown', { name: unknown }, { exitCode: EXIT.usage });
  writeBases(
    cacheDir,
    all.filter(({ name }) => !images.includes(name)),
  );
  return all.filter(({ name }) => images.includes(name));
}
