import { hash, randomUUID } from 'node:crypto';
import type { CacheKey, LocalCache } from '../../cache/types.ts';
import type { Ecosystem, Finding, TargetInfo, Unassessed } from '../../model/index.ts';

/** What a database says of an inventory, whatever the day: the end of its release's life is not in it. */
export interface Assessment {
  /** Those that were asked. */
  readonly ecosystems: readonly Ecosystem[];
  readonly findings: readonly Finding[];
  readonly unassessed: readonly Unassessed[];
}

/** What an assessment is about: a name for layers and the code that read them, and how the image was asked for. */
export interface Assessed {
  readonly layers: string;
  readonly target: TargetInfo;
}

const FAMILY = 'findings';
const BLOCK = 'assessment';

/** Set by the build: a hash of all sources. */
declare const PLIMSOLL_CODE: string | undefined;

/** From source nobody can tell whether the code is still the same, but within one process. */
const VERSION = hash('sha256', typeof PLIMSOLL_CODE === 'undefined' ? randomUUID() : PLIMSOLL_CODE, 'hex').slice(0, 32);

/**
 * What an earlier scan of the same image came to with the same database, by the same code. Everything that a database answers
 * follows from its manifest, whose checksum is compared. Undefined where there was none.
 */
export function knownAssessment(cache: LocalCache, about: Assessed, database: string): Assessment | undefined {
  const entry = cache.read(keyOf(about), [BLOCK], (facts) => facts.database === database);
  return entry && (JSON.parse(String(entry.blocks[BLOCK])) as Assessment);
}

/** In the place of what another database said of the image. Local: nobody else's word can hide a finding. */
export async function rememberAssessment(cache: LocalCache, about: Assessed, database: string, assessment: Assessment): Promise<void> {
  let text: string;
  try {
    text = JSON.stringify(assessment);
  } catch {
    // Half a gigabyte, the longest text there is.
    return;
  }
  await cache.write(keyOf(about), { facts: { database }, blocks: { [BLOCK]: Buffer.from(text) } });
}

/** The repository is part of fingerprints; what else names the image is cheaper to compare than to prove without effect. */
function keyOf({ layers, target }: Assessed): CacheKey {
  return { digest: `sha256:${hash('sha256', JSON.stringify([layers, target]), 'hex')}`, family: FAMILY, version: VERSION, mode: 'whole' };
}
