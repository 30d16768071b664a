import {
  type Change,
  type CheckFinding,
  type Finding,
  type FindingLocation,
  type FixedFinding,
  type ImportedFinding,
  type Package,
  type Report,
  SEVERITIES,
  type SecretFinding,
  type Update,
} from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';
import { versionlessPurl } from '../util/purl.ts';

/** What is compared. A list that is absent was not looked for. */
export interface Comparable {
  readonly inventory: Pick<Report['inventory'], 'packages' | 'target' | 'distro'>;
  readonly database?: Report['database'];
  readonly findings: readonly Finding[];
  readonly secrets?: Pick<NonNullable<Report['secrets']>, 'findings'>;
  readonly checks?: Pick<NonNullable<Report['checks']>, 'findings'>;
  readonly imported?: Pick<NonNullable<Report['imported']>, 'findings'>;
}

export interface Compared {
  readonly findings: readonly Finding[];
  readonly secrets?: readonly SecretFinding[];
  readonly checks?: readonly CheckFinding[];
  readonly imported?: readonly ImportedFinding[];
  /** What the baseline has and this has not, worst first. */
  readonly fixed: readonly FixedFinding[];
  /** What this looked for and the baseline did not: nothing is said of its findings. */
  readonly lacking: readonly ('vuln' | 'secret' | 'config' | 'imported')[];
  /** The hashes of secrets come from another key. */
  readonly otherKey: boolean;
}

/** With which options the baseline would have it, in words of every language: `--scanners secret,config, --import`. */
export function lackingWords(lacking: Compared['lacking']): string {
  const scanners = lacking.filter((each) => each !== 'imported').join(',');
  return [...(scanners === '' ? [] : [`--scanners ${scanners}`]), ...(lacking.includes('imported') ? ['--import'] : [])].join(', ');
}

/** How many packages both have, by type and name whatever the version, of all that either has. */
export function packagesInCommon(
  now: readonly Pick<Package, 'type' | 'name'>[],
  then: readonly Pick<Package, 'type' | 'name'>[],
): { readonly shared: number; readonly all: number } {
  const [here, there] = [now, then].map((packages) => new Set(packages.map(({ type, name }) => `${type} ${name}`)));
  const shared = [...here!].filter((name) => there!.has(name)).length;
  return { shared, all: here!.size + there!.size - shared };
}

/** Names a package at a place, whatever its version: equal for the same package in the next build. */
export type PlaceKey = (of: { readonly purl: string; readonly version: string; readonly path: string }) => string;

/**
 * Pure. Holds findings against those of a baseline. Repository and tag are not looked at, so that a report of `app:1` serves `app:2`
 * and a local build. What was suppressed there was there.
 */
export function compareWithBaseline(now: Comparable, then: Comparable, placeKey: PlaceKey): Compared {
  const looked = { vuln: now.database, secret: now.secrets, config: now.checks, imported: now.imported };
  const before = { vuln: then.database, secret: then.secrets, config: then.checks, imported: then.imported };
  const kinds = Object.keys(looked) as (keyof typeof looked)[];
  const lacking = kinds.filter((kind) => looked[kind] !== undefined && before[kind] === undefined);

  const packages = now.database && then.database ? packageFindings(now, then, placeKey) : { list: now.findings, fixed: [] };
  const secrets = alike(now.secrets?.findings, then.secrets?.findings, ({ location: { where, path }, id, hash }) => [
    where,
    path,
    id,
    hash,
  ]);
  // Older reports have the image's name in the fingerprint of what is wrong with it.
  const checks = alike(now.checks?.findings, then.checks?.findings, ({ id, domain, location, fingerprint }) => [
    id,
    domain === 'image' && location.file === 'reference' ? '' : fingerprint,
  ]);
  const imported = alike(now.imported?.findings, then.imported?.findings, ({ tool, id, fingerprint }) => [tool, id, fingerprint]);
  const fixed = [...packages.fixed, ...[...secrets.gone, ...checks.gone, ...imported.gone].map(goneFinding)];
  return {
    findings: packages.list,
    ...(secrets.list ? { secrets: secrets.list } : {}),
    ...(checks.list ? { checks: checks.list } : {}),
    ...(imported.list ? { imported: imported.list } : {}),
    fixed: fixed.sort(worstFirst),
    lacking,
    otherKey: fromOtherKey(now.secrets?.findings ?? [], then.secrets?.findings ?? []),
  };
}

const RANK: Readonly<Record<Finding['verdict'], number>> = { 'affected': 2, 'undecided': 1, 'not-applicable': 0 };

/**
 * Unchanged is a flaw (by any of its names) that the baseline has at every place, and no milder in its verdict. Of a place that it is not
 * at: new by disclosure where the same package was there at the same version, else new by change; a change outweighs a disclosure.
 */
function packageFindings(now: Comparable, then: Comparable, keyOf: PlaceKey) {
  // Documents of other programs do not say where a package is.
  const located = now.inventory.target.kind !== 'sbom' && then.inventory.target.kind !== 'sbom';
  const keys = placeKeys(keyOf, located);
  const known = new Map<string, Finding>();
  for (const finding of then.findings) for (const key of keys.ofFinding(finding)) known.set(key, finding);
  // Naming every package takes longer than naming what is found in them: only where something came or went.
  const had = once(() => keys.versions(then));
  const has = once(() => keys.versions(now));
  const stillThere = new Set<Finding>();

  const list = now.findings.map((finding): Finding => {
    const updates = new Set<Update>();
    const changes = placesOf(finding).map((place): Change => {
      const same = keys
        .at(finding, place)
        .map((key) => known.get(key))
        .find((each) => each !== undefined);
      if (same && RANK[finding.verdict] > 0) stillThere.add(same);
      if (same) for (const each of updatesOf(finding, same)) updates.add(each);
      if (same && RANK[same.verdict] >= RANK[finding.verdict]) return 'unchanged';
      if (same) return 'new-by-disclosure';
      const version = keys.version(finding.package, place.path);
      return had().get(version.key)?.has(version.version) ? 'new-by-disclosure' : 'new-by-change';
    });
    const change = (['new-by-change', 'new-by-disclosure'] as const).find((each) => changes.includes(each)) ?? 'unchanged';
    return { ...finding, change, ...(updates.size > 0 && change !== 'new-by-change' ? { updated: [...updates] } : {}) };
  });
  const fixed = then.findings
    .filter((finding) => finding.verdict !== 'not-applicable' && !stillThere.has(finding))
    .map((finding): FixedFinding => {
      const versions = placesOf(finding)
        .map(({ path }) => keys.version(finding.package, path))
        .map(({ key }) => has().get(key));
      const present = versions.filter((each) => each !== undefined);
      const why = present.length === 0 ? 'gone' : present.some((each) => each.has(finding.package.version)) ? 'not-stated' : 'changed';
      const { kind, id, severity, fingerprint, package: of } = finding;
      return { kind, id, severity, what: `${of.name} ${of.version}`.trim(), fingerprint, why };
    });
  return { list, fixed };
}

/** Undecided and affected are told apart, and what does not apply from both. */
function updatesOf(now: Finding, then: Finding): readonly Update[] {
  return [
    ...(now.package.version !== then.package.version ? (['version'] as const) : []),
    ...(now.severity !== then.severity ? (['severity'] as const) : []),
    ...(now.fix.versions.join() !== then.fix.versions.join() ? (['fix'] as const) : []),
    ...(now.verdict !== then.verdict ? (['verdict'] as const) : []),
  ];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

type Place = Pick<FindingLocation, 'path'>;

/** A release at its end of life may have no place. */
function placesOf({ locations }: Finding): readonly Place[] {
  return locations.length > 0 ? locations : [{ path: '' }];
}

function placeKeys(keyOf: PlaceKey, located: boolean) {
  const place = ({ purl, version, class: kind }: Pick<Finding['package'], 'purl' | 'version' | 'class'>, path: string): string =>
    // There is one package database: where it lies, and which form it has, may change without its packages.
    located && kind !== 'os' ? keyOf({ purl, version, path }) : versionlessPurl(purl);
  const at = (finding: Finding, { path }: Place): string[] => {
    const key = place(finding.package, path);
    return [finding.id, ...finding.aliases].map((name) => `${key}\0${name}`);
  };
  return {
    at,
    ofFinding: (finding: Finding): string[] => placesOf(finding).flatMap((each) => at(finding, each)),
    version: (of: Finding['package'], path: string) => ({ key: place(of, path), version: of.version }),
    /** The versions of each package at each place. A release counts as a package of its own findings. */
    versions: ({ inventory, findings }: Comparable): ReadonlyMap<string, ReadonlySet<string>> => {
      const versions = new Map<string, Set<string>>();
      const add = (key: string, version: string) => versions.set(key, (versions.get(key) ?? new Set()).add(version));
      for (const each of inventory.packages) add(place(each, each.path), each.version);
      for (const finding of findings) for (const { path } of placesOf(finding)) add(place(finding.package, path), finding.package.version);
      return versions;
    },
  };
}

interface Alike<T> {
  readonly list: readonly T[] | undefined;
  readonly gone: readonly T[];
}

/** What has no version is there or not, as often as it is there. What is known nothing of stays without a word. */
function alike<T extends SecretFinding | CheckFinding | ImportedFinding>(
  now: readonly T[] | undefined,
  then: readonly T[] | undefined,
  key: (finding: T) => readonly string[],
): Alike<T> {
  if (!now || !then) return { list: now, gone: [] };
  const keyed = (finding: T): string => key(finding).join('\0');
  const left = Map.groupBy(then, keyed);
  const unchanged = new Map<T, T>();
  const take = (finding: T, index: number): void => {
    const [same] = index < 0 ? [] : (left.get(keyed(finding))?.splice(index, 1) ?? []);
    if (same) unchanged.set(finding, same);
  };
  // Those of the same line first: of three of a kind, the one on a line of its own is the new one.
  for (const finding of now) take(finding, left.get(keyed(finding))?.findIndex((each) => lineOf(each) === lineOf(finding)) ?? -1);
  for (const finding of now) if (!unchanged.has(finding)) take(finding, left.get(keyed(finding))?.length ? 0 : -1);
  const list = now.map((finding): T => {
    const same = unchanged.get(finding);
    if (same === undefined) return { ...finding, change: 'new-by-change' };
    return { ...finding, change: 'unchanged', ...(same.severity === finding.severity ? {} : { updated: ['severity' as const] }) };
  });
  return { list, gone: [...left.values()].flat() };
}

function lineOf({ location }: SecretFinding | CheckFinding | ImportedFinding): number | undefined {
  return location?.line;
}

function goneFinding(finding: SecretFinding | CheckFinding | ImportedFinding): FixedFinding {
  const { kind, id, severity, fingerprint, location } = finding;
  const logical = 'logical' in finding ? finding.logical : undefined;
  const path = location === undefined ? (logical ?? '') : 'file' in location ? location.file : location.path;
  return { kind, id, severity, what: location?.line === undefined ? path : `${path}:${location.line}`, fingerprint, why: 'gone' };
}

/** The same secret looks the same at the same place, and no hash is known again. */
function fromOtherKey(now: readonly SecretFinding[], then: readonly SecretFinding[]): boolean {
  const hashes = new Set(then.map(({ hash }) => hash));
  if (then.length === 0 || now.some(({ hash }) => hashes.has(hash))) return false;
  const look = ({ location: { where, path }, id, masked }: SecretFinding): string => [where, path, id, masked].join('\0');
  const looks = new Set(then.map(look));
  return now.some((each) => looks.has(look(each)));
}

function worstFirst(a: FixedFinding, b: FixedFinding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareText(a.id, b.id) || compareText(a.what, b.what);
}
