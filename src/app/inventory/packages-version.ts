import { hash } from 'node:crypto';
import type { Extractor } from '../../extract/types.ts';

/** To be raised when the form of the blocks changes. */
const FORM = 2;

/** Set by the build: a hash of all sources. What older code read may be less than what this code would find. */
declare const PLIMSOLL_SOURCES: string | undefined;

/**
 * The version of the family: all that decides what a walk of the same bytes gives. `settings` is JSON. Without `extractors` all there
 * are: the hash of the sources stands for them, so that nobody has to load them; undefined where there is none, from source.
 */
export function packagesVersion(
  extractors: readonly Pick<Extractor, 'id' | 'version'>[] | undefined,
  settings: unknown,
): string | undefined {
  const code = typeof PLIMSOLL_SOURCES === 'undefined' ? '' : PLIMSOLL_SOURCES;
  if (code === '' && extractors === undefined) return undefined;
  return familyVersion(extractors?.map(({ id, version }) => [id, version]) ?? 'all', settings);
}

/** True in the bundle, where a hash stands for all sources, the rules for secrets among them. */
export function sourcesAreKnown(): boolean {
  return typeof PLIMSOLL_SOURCES !== 'undefined';
}

/** A version that differs where the code, what is looked for, or the settings of the walk differ; both are JSON. */
export function familyVersion(what: unknown, settings?: unknown): string {
  const code = typeof PLIMSOLL_SOURCES === 'undefined' ? '' : PLIMSOLL_SOURCES;
  return hash('sha256', JSON.stringify([FORM, code, what, settings ?? null]), 'hex').slice(0, 32);
}
