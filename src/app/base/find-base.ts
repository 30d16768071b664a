import type { Dockerfile } from '../../checks/dockerfile/document.ts';
import { parseSpec } from '../../image/targets/spec.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { BaseImage, Digest, Gap, ReportWarning } from '../../model/index.ts';
import { formatReference, type ImageReference, repositoryName, tryReference } from '../../oci/reference.ts';
import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Claim } from './claims.ts';
import { layersByHistory } from './history.ts';
import { isPrefix, longestBase, readBases } from './known-bases.ts';
import type { BaseSearch, FoundBase } from './types.ts';

export interface BaseQuery {
  readonly cacheDir: string;
  readonly search: Exclude<BaseSearch, 'none'>;
  readonly offline: boolean;
  readonly dockerfile?: Dockerfile | undefined;
  /** Opens an image of a registry for the platform of the one at hand: manifest and configuration. */
  readonly open: (reference: string) => Promise<Pick<ImageTarget, 'config' | 'close'>>;
}

/**
 * The image that `target` is built on. Layers decide: an image of this machine's index, or one that was named and could be opened, whose
 * layers are the lowest of the target. The longest wins. What is only named is believed less, and a history is the last resort. See
 * docs/base-images.md.
 */
export async function findBase(target: ImageTarget, query: BaseQuery): Promise<FoundBase> {
  const known = longestBase(readBases(query.cacheDir), target);
  const index = known && proven({ name: known.name, ...(known.digest ? { digest: known.digest } : {}) }, known.diffIds.length, 'index');
  if (index ? !hasClaims(target, query) : !mayHaveClaims(target, query))
    return { ...withBase(index ?? byHistory(target)), warnings: [], gaps: [] };

  const { claims, scratch, gaps, unread, unfit } = await claimsOf(target, query, index);
  const warnings: ReportWarning[] = unread === undefined ? [] : [{ code: 'base-provenance-unread', params: { code: unread } }];
  if (unfit !== undefined) warnings.push({ code: 'dockerfile-other', params: { file: unfit } });
  const proofs: BaseImage[] = index ? [index] : [];
  const open: Claim[] = [];
  for (const claim of claims) {
    if (proofs.some((proof) => isSame(proof, claim))) continue;
    const verdict = await check(claim, target, query);
    if (typeof verdict === 'object') proofs.push(proven(await details({ ...claim, ...verdict }), verdict.layers, claim.evidence));
    else if (claim.maybe) continue;
    // A tag alone may have moved on since.
    else if (verdict === 'other' && claim.reference.digest !== undefined)
      warnings.push({ code: 'base-not-below', params: { name: claim.name, evidence: claim.evidence } });
    else {
      open.push(claim);
      if (verdict !== undefined && verdict !== 'other')
        warnings.push({ code: 'base-unchecked', params: { name: claim.name, code: verdict } });
    }
  }
  const proof = proofs.reduce<BaseImage | undefined>((a, b) => (a && a.layers >= b.layers ? a : b), undefined);
  if (proof) return { base: proof, warnings, gaps };
  if (scratch) return { warnings, gaps };
  return { ...withBase(await believed(open, target)), warnings: [...warnings, ...(await conflicts(open))], gaps };
}

/** Nothing but the history is to be read where nobody claims anything. */
function hasClaims({ annotations, config, provenance }: ImageTarget, { dockerfile }: BaseQuery): boolean {
  const said = 'org.opencontainers.image.base.name';
  return dockerfile !== undefined || provenance !== undefined || said in (annotations ?? {}) || said in config.config.labels;
}

/** There may be something beside the image that nothing in it tells of. */
function mayHaveClaims(target: ImageTarget, query: BaseQuery): boolean {
  return hasClaims(target, query) || mayReadAttached(target, query);
}

function mayReadAttached({ attached, attachedHere }: ImageTarget, { offline }: BaseQuery): boolean {
  return attached !== undefined && (attachedHere === true || !offline);
}

interface Claims {
  readonly claims: readonly Claim[];
  readonly gaps: readonly Gap[];
  readonly scratch: boolean;
  /** The Dockerfile that was given, where the image is built from another one. */
  readonly unfit?: string;
  /** Why the registry did not say what is attached. */
  readonly unread?: string;
}

async function claimsOf(target: ImageTarget, query: BaseQuery, index: BaseImage | undefined): Promise<Claims> {
  const { dockerfile } = query;
  const { annotationClaim, dockerfileClaim } = await import('./claims.ts');
  const annotation = annotationClaim(target);
  const file = dockerfile && dockerfileClaim(dockerfile, target.config);
  const scratch = file === 'scratch' || (annotation === 'scratch' && typeof file !== 'object');
  const unfit = file === 'other' && dockerfile ? { unfit: dockerfile.path } : {};
  const said = [annotation, file].filter((each) => typeof each === 'object');
  // Two requests to a registry: only where nothing else says it.
  const built = annotation || index ? none : await byProvenance(target, () => target.provenance?.());
  if (index || scratch || said.length > 0 || built.claims.length > 0 || !mayReadAttached(target, query))
    return { ...built, ...unfit, claims: [...built.claims, ...said], scratch };
  const { digest, indexDigest } = target.info;
  const about = [digest, indexDigest].filter((each) => each !== undefined);
  const attached = await byProvenance(target, () => target.attached?.(), about);
  return { ...built, ...attached, ...unfit, gaps: [...built.gaps, ...attached.gaps], scratch };
}

const none: Omit<Claims, 'scratch'> = { claims: [], gaps: [] };

async function byProvenance(
  target: ImageTarget,
  read: () => Promise<readonly Bytes[]> | undefined,
  about?: readonly Digest[],
): Promise<Omit<Claims, 'scratch'>> {
  const reading = read();
  if (!reading) return none;
  try {
    return (await import('./claims.ts')).provenanceClaims(target, await reading, about);
  } catch (error) {
    return { ...none, unread: codeOf(error) };
  }
}

type Verdict = { readonly layers: number; readonly reference: ImageReference } | 'other' | string | undefined;

/** Layers that are its own; `other` where they are not; a code where it could not be opened; undefined where it was not tried. */
async function check({ reference }: Claim, target: ImageTarget, query: BaseQuery): Promise<Verdict> {
  if (query.offline || !mayAsk(reference, target, query)) return undefined;
  const opened = await open(reference, target, query);
  const { digest, ...byTag } = reference;
  if (opened !== 'registry-manifest-unknown' || digest === undefined || reference.tag === undefined) return opened;
  // Builders write the digest of their own copy of the image, which no registry may have; the tag may stand for the same layers.
  const tagged = await open(byTag, target, query);
  return typeof tagged === 'object' ? tagged : opened;
}

async function open(reference: ImageReference, target: ImageTarget, query: BaseQuery): Promise<Verdict> {
  try {
    const image = await query.open(formatReference(reference));
    try {
      const { diffIds } = image.config;
      return isPrefix(diffIds, target.config.diffIds) ? { layers: diffIds.length, reference } : 'other';
    } finally {
      await image.close();
    }
  } catch (error) {
    return codeOf(error);
  }
}

/** Of an error that costs knowledge of the base and no more; others are thrown on. */
function codeOf(error: unknown): string {
  if (error instanceof PlimsollError && error.code !== 'aborted') return error.code;
  throw error;
}

/** What an image says of itself must not send a scan to hosts that nobody named. */
function mayAsk({ registry }: ImageReference, { info }: ImageTarget, { search }: BaseQuery): boolean {
  if (search === 'registry') return true;
  const { kind, rest } = parseSpec(info.spec);
  const itself = kind === 'registry' || kind === 'auto' ? tryReference(rest) : undefined;
  return itself !== undefined && repositoryName(itself) === info.repository && itself.registry === registry;
}

function isSame({ name, digest }: BaseImage, { reference }: Claim): boolean {
  if (digest !== undefined && digest === reference.digest) return true;
  const other = name === undefined ? undefined : tryReference(name);
  return other !== undefined && repositoryName(other) === repositoryName(reference) && other.tag === reference.tag;
}

function proven(image: Pick<BaseImage, 'name' | 'digest'>, layers: number, evidence: BaseImage['evidence']): BaseImage {
  return { ...image, layers, evidence, confidence: 'high' };
}

async function details(claim: Claim): Promise<Pick<BaseImage, 'name' | 'digest'>> {
  const { named } = await import('./claims.ts');
  return named(claim);
}

/** The first claim; how many layers it has is what some claim that agrees says of them, else what the history suggests. */
async function believed(claims: readonly Claim[], target: ImageTarget): Promise<BaseImage | undefined> {
  const [first] = claims;
  if (!first) return byHistory(target);
  const { agree, named } = await import('./claims.ts');
  const layers = claims.find((each) => each.layers !== undefined && agree(each.reference, first.reference))?.layers;
  const guessed = layers ?? layersByHistory(target.config);
  return { ...named(first), layers: guessed, evidence: first.evidence, confidence: layers === undefined ? 'low' : 'medium' };
}

async function conflicts(claims: readonly Claim[]): Promise<readonly ReportWarning[]> {
  const [first, ...others] = claims;
  if (!first || others.length === 0) return [];
  const { agree } = await import('./claims.ts');
  const other = others.find((each) => !agree(first.reference, each.reference));
  if (!other) return [];
  const params = { name: first.name, evidence: first.evidence, other: other.name, otherEvidence: other.evidence };
  return [{ code: 'base-conflict', params }];
}

function byHistory({ config }: ImageTarget): BaseImage | undefined {
  const layers = layersByHistory(config);
  return layers === 0 ? undefined : { layers, evidence: 'history', confidence: 'low' };
}

function withBase(base: BaseImage | undefined): Pick<FoundBase, 'base'> {
  return base ? { base } : {};
}
