import type { BaseCandidate, BaseImage, Distro, Finding, Report, SeverityCounts, SeverityLevel, UnscannedBase } from '../../model/index.ts';
import { formatReference, repositoryName, tryReference } from '../../oci/reference.ts';
import { listTags, type RegistryOptions } from '../../oci/registry/index.ts';
import { type CandidateKind, tagCandidates, tagMeaning } from '../../policy/base-tags.ts';
import { compare } from '../../policy/compare.ts';
import { effectOf } from '../../policy/plan.ts';
import { originOf } from '../../report/origin.ts';
import { PlimsollError } from '../../util/errors.ts';
import { readBases } from '../base/known-bases.ts';

/** An image to be tried, as a scan takes it. */
export interface Named {
  /** For people, and for a Dockerfile. */
  readonly name: string;
  readonly spec: string;
  readonly kind: CandidateKind;
  /** What the index of this machine knows of it. */
  readonly known?: Pick<UnscannedBase, 'digest' | 'created' | 'size'>;
}

/** A name and a tag of any target: `debian` and `12`, `oci:folder` and `1`. */
function tagged(name: string): { readonly repository: string; readonly tag: string } | undefined {
  const colon = name.lastIndexOf(':');
  if (colon <= name.lastIndexOf('/') || colon < 0) return undefined;
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

/** `debian` and `docker.io/library/debian` are the same. */
function isSameRepository(a: string, b: string): boolean {
  const [one, other] = [a, b].map((each) => tryReference(each));
  return a === b || (one !== undefined && other !== undefined && repositoryName(one) === repositoryName(other));
}

/** Who may not list tags, or gets no list that can be read, may pull all the same. */
const MAY_STILL_GIVE: ReadonlySet<string> = new Set([
  'registry-forbidden',
  'registry-unauthorized',
  'registry-failed',
  'registry-protocol',
]);

/** Candidates among the tags of the base's repository; offline, and for what is in no registry, among this machine's index. Where tags cannot be listed the tag itself is one. */
export async function namedCandidates(
  base: BaseImage,
  {
    cacheDir,
    offline,
    most,
    platform,
    registry,
  }: {
    readonly cacheDir: string;
    readonly offline: boolean;
    readonly most: number;
    readonly platform: string | undefined;
    readonly registry: RegistryOptions;
  },
  onNoTags: (code: string) => void,
): Promise<readonly Named[]> {
  const name = base.name ?? '';
  const reference = tryReference(name);
  const local = tagged(name);
  if (offline || !reference || /^(?:oci|docker|podman|containerd|oci-archive|docker-archive):/.test(name)) {
    if (!local) return [];
    const known = readBases(cacheDir).flatMap((each) => {
      const named = platform === undefined || each.platform === platform ? tagged(each.name) : undefined;
      return named && isSameRepository(named.repository, local.repository) ? [{ ...each, tag: named.tag }] : [];
    });
    const tags = [...new Set(known.map(({ tag }) => tag))];
    return tagCandidates(local.tag, tags, most).flatMap(({ tag, kind }) => {
      const entry = known.find((each) => each.tag === tag);
      const isBase = entry?.digest !== undefined && entry.digest === base.digest;
      return entry && !isBase ? [{ name: entry.name, spec: entry.name, kind, known: entry }] : [];
    });
  }
  const current = reference.tag ?? 'latest';
  const { digest: _digest, ...untagged } = reference;
  const shown = local?.repository ?? name.split('@')[0] ?? name;
  const tags = await listTags(reference, registry).catch((error) => {
    const code = failureCode(error);
    onNoTags(code);
    return MAY_STILL_GIVE.has(code) ? [] : undefined;
  });
  if (!tags) return [];
  return tagCandidates(current, tags, most).map(({ tag, kind }) => ({
    name: `${shown}:${tag}`,
    spec: `registry:${formatReference({ ...untagged, tag })}`,
    kind,
  }));
}

/** A candidate that was scanned, with what of the target's findings it removes. */
export interface Tried {
  readonly candidate: BaseCandidate;
  readonly removes: readonly Finding[];
  readonly adds: readonly SeverityLevel[];
}

const MOST_LACKS = 50;

/** Holds a scanned candidate against what the target has from its base. Undefined where it is the base that is there already. */
export function tried({ name, kind }: Named, scanned: Report, target: Report): Tried | undefined {
  const { base } = target;
  const layers = base?.layers ?? 0;
  const below = (index: number | undefined): boolean => index !== undefined && index < layers;
  const digests = scanned.inventory.config?.diffIds ?? [];
  const same = digests.length === layers && digests.every((digest, i) => target.inventory.config?.diffIds[i] === digest);
  if (same) return undefined;
  const part = {
    ...target,
    inventory: { ...target.inventory, packages: target.inventory.packages.filter(({ layer }) => below(layer?.index)) },
    findings: target.findings.filter((finding) => isOfBase(finding, base)),
  };
  const { findings, packages } = compare(scanned, part).comparison;
  const gone = new Set(findings.removed.map(({ id, fingerprint }) => `${id} ${fingerprint}`));
  const removes = part.findings.filter(({ id, fingerprint }) => gone.has(`${id} ${fingerprint}`));
  const added = findings.added.map(({ severity }) => severity);
  const counted = part.findings.filter(({ verdict, suppressed }) => verdict !== 'not-applicable' && suppressed === undefined);
  const left = counted.filter((finding) => !removes.includes(finding)).map(({ severity }) => severity);
  const { target: info, config, layers: own } = scanned.inventory;
  const lacks = packages.removed.map((each) => each.name);
  return {
    candidate: {
      name,
      kind: kindOf({ name, kind }, scanned.inventory.distro, target.inventory.distro),
      ...(info.digest === undefined ? {} : { digest: info.digest }),
      ...(config?.created === undefined ? {} : { created: config.created }),
      size: own.reduce((sum, layer) => sum + layer.size, 0),
      removed: counts(removes.map(({ severity }) => severity)),
      added: counts(added),
      left: counts(left),
      lacks: lacks.slice(0, MOST_LACKS),
      lacksCount: lacks.length,
    },
    removes,
    adds: added,
  };
}

/** Only what is in an image tells what it is made of: a tag that says nothing of the distribution moves on to its next release one day. */
function kindOf({ name, kind }: Pick<Named, 'name' | 'kind'>, to: Distro | undefined, from: Distro | undefined): BaseCandidate['kind'] {
  if ((kind !== 'newer' && kind !== 'slimmer') || !to || !from) return kind;
  if (to.id !== from.id) return 'other-distribution';
  const [release, before] = [to, from].map(({ id, versionId = '' }) => versionId.split('.').slice(0, id === 'ubuntu' ? 2 : 1).join('.')); // biome-ignore format: short
  const said = tagMeaning(tagged(name)?.tag ?? '')?.version ?? [];
  const isSaid =
    said.length > 0 && said.every((part, i) => i >= (to.versionId ?? '').split('.').length || String(part) === to.versionId?.split('.')[i]);
  return release === before || isSaid ? kind : 'other-release';
}

/** A release at its end is the base's, although it is in no layer. */
function isOfBase({ kind, locations }: Finding, base: BaseImage | undefined): boolean {
  return (
    kind === 'end-of-life' ||
    originOf(
      locations.map(({ layer }) => layer),
      base,
    ) === 'base'
  );
}

/** What changes least comes first where all else is equal. */
const KINDS: readonly BaseCandidate['kind'][] = ['rebuilt', 'newer', 'slimmer', 'other-release', 'other-distribution', 'next-major'];

/** True where more than findings changes: these come last, and are never part of the steps. */
export function isFar({ kind }: Pick<BaseCandidate, 'kind'>): boolean {
  return kind === 'other-release' || kind === 'other-distribution' || kind === 'next-major';
}

/**
 * Best first: what removes most, and worst, less what it adds; then what lacks fewer packages of the base; then what changes least. Another
 * release, another distribution and the next major version come last, because more than findings changes with them.
 */
export function bestFirst(all: readonly Tried[]): readonly Tried[] {
  const effect = ({ removes, adds }: Tried): number => effectOf(removes.map(({ severity }) => severity), adds); // biome-ignore format: short
  const later = ({ candidate }: Tried): number => (isFar(candidate) ? KINDS.indexOf(candidate.kind) : 0);
  const order = (a: BaseCandidate, b: BaseCandidate): number =>
    a.lacksCount - b.lacksCount || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.size - b.size;
  return [...all].sort((a, b) => later(a) - later(b) || effect(b) - effect(a) || order(a.candidate, b.candidate));
}

function counts(severities: readonly SeverityLevel[]): SeverityCounts {
  const found: Partial<Record<SeverityLevel, number>> = {};
  for (const severity of severities) found[severity] = (found[severity] ?? 0) + 1;
  return found;
}

/** A candidate that could not be scanned: nothing is known of its findings. */
export function unscanned({ name, kind, known }: Named, code: string): UnscannedBase {
  const { digest, created, size } = known ?? {};
  return {
    name,
    kind,
    code,
    ...(digest === undefined ? {} : { digest }),
    ...(created === undefined ? {} : { created }),
    ...(size === undefined ? {} : { size }),
  };
}

/** The code of an error that keeps one candidate from being tried; others are thrown on. */
export function failureCode(error: unknown): string {
  if (error instanceof PlimsollError && error.code !== 'aborted') return error.code;
  throw error;
}
