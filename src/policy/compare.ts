import {
  type BaselineReport,
  type Change,
  type ChangedFinding,
  type ChangedPackage,
  type CheckFinding,
  type ComparedFinding,
  type ComparedPackage,
  type ComparedSide,
  type Comparison,
  type Finding,
  type FixedFinding,
  type ImportedFinding,
  type Package,
  type Report,
  SEVERITIES,
  type SecretFinding,
} from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';
import { decide, type Gate } from './gate.ts';

/** What a comparison rests on. */
export type Compared = Pick<Report, 'createdAt' | 'inventory' | 'database' | 'findings' | 'secrets' | 'checks' | 'imported'>;

export interface HeldAgainst<T extends Compared> {
  readonly comparison: Omit<Comparison, 'tool' | 'createdAt' | 'schemaVersion'>;
  /** The target with `change` of findings, `before` of packages, the decision over what was added, and the other side as its baseline. */
  readonly report: T & Pick<Report, 'decision'> & { readonly baseline: BaselineReport };
  /** What the target was looked through for and the other was not: all of it counts as added. */
  readonly lacking: readonly ('vuln' | 'secret' | 'config' | 'imported')[];
}

/**
 * Pure. `target` held against `to`. A flaw is the same by any of its names, and in the same package whatever its version. What `to` was not
 * looked through for was not there. Suppressed findings and those that do not apply are not among them. The gate looks at what was added
 * alone, and at all of it, whatever `shows` leaves out of the lists.
 */
export function compare<T extends Compared>(
  target: T,
  to: Compared,
  gate: Omit<Gate, 'onlyNew'> = {},
  shows: (finding: AnyFinding) => boolean = () => true,
): HeldAgainst<T> {
  const { packages, versionsHere, versionsThere } = comparedPackages(target.inventory.packages, to.inventory.packages);
  const held = {
    vuln: sides(target.database && target.findings.filter(counts), to.database && to.findings.filter(counts), flawKeys),
    secret: sides(open(target.secrets), open(to.secrets), secretKeys),
    config: sides(open(target.checks), open(to.checks), checkKeys),
    imported: sides(open(target.imported), open(to.imported), importedKeys),
  };
  const all = Object.values(held) as readonly Sides<AnyFinding>[];
  const listed = lists(all, shows);
  const decision = decide(
    {
      findings: held.vuln.added,
      gaps: target.inventory.gaps,
      secrets: held.secret.added,
      checks: held.config.added,
      imported: held.imported.added,
      lazyLayers: target.inventory.layers.filter(({ readMode }) => readMode === 'lazy').length,
    },
    { ...gate, onlyNew: true },
  );
  // Of a flaw: what it is about was there already, at the same version.
  const known = (of: AnyFinding): boolean => 'package' in of && versionsThere(of.package)?.includes(of.package.version) === true;
  const withChange = <F extends AnyFinding>(of: readonly F[], { added, kept }: Sides<F>): readonly F[] => {
    const changes = new Map<F, Change>([
      ...added.map((each) => [each, known(each) ? 'new-by-disclosure' : 'new-by-change'] as const),
      ...kept.map(([now]) => [now, 'unchanged'] as const),
    ]);
    return of.map((each) => {
      const change = changes.get(each);
      return change ? { ...each, change } : each;
    });
  };
  const { secrets, checks, imported } = target;
  return {
    comparison: {
      target: comparedSide(target),
      to: comparedSide(to),
      packages,
      findings: listed.findings,
      bySeverity: listed.bySeverity,
      ...(listed.hidden > 0 ? { hidden: listed.hidden } : {}),
      decision,
    },
    report: {
      ...target,
      inventory: { ...target.inventory, packages: withBefore(target.inventory.packages, packages) },
      findings: withChange(target.findings, held.vuln),
      ...(secrets ? { secrets: { ...secrets, findings: withChange(secrets.findings, held.secret) } } : {}),
      ...(checks ? { checks: { ...checks, findings: withChange(checks.findings, held.config) } } : {}),
      ...(imported ? { imported: { ...imported, findings: withChange(imported.findings, held.imported) } } : {}),
      baseline: {
        spec: to.inventory.target.spec,
        createdAt: to.createdAt,
        ...(to.inventory.target.digest === undefined ? {} : { digest: to.inventory.target.digest }),
        fixed: inOrder(listed.removed.map((each) => fixedFinding(each, versionsHere))),
        removed: packages.removed,
      },
      decision,
    },
    lacking: (Object.keys(held) as (keyof typeof held)[]).filter((kind) => held[kind].lacking),
  };
}

/** What is shown of all kinds, and how much is not. */
function lists(all: readonly Sides<AnyFinding>[], shows: (finding: AnyFinding) => boolean) {
  const of = { added: all.flatMap((each) => each.added), removed: all.flatMap((each) => each.removed) };
  const [added, removed] = [of.added.filter(shows), of.removed.filter(shows)];
  const pairs = all.flatMap(({ kept }) => kept);
  const kept = pairs.filter(([now]) => shows(now));
  const changed = kept.flatMap(([now, then]) => changedFinding(now, then));
  const count = (severity: string, findings: readonly { readonly severity: string }[]): number =>
    findings.filter((each) => each.severity === severity).length;
  return {
    removed,
    findings: {
      added: inOrder(added.map(comparedFinding)),
      removed: inOrder(removed.map(comparedFinding)),
      changed: inOrder(changed),
      unchanged: kept.length - changed.length,
    },
    bySeverity: SEVERITIES.map((severity) => ({
      severity,
      added: count(severity, added),
      removed: count(severity, removed),
      changed: count(severity, changed),
      unchanged:
        count(
          severity,
          kept.map(([now]) => now),
        ) - count(severity, changed),
    })).filter((each) => each.added + each.removed + each.changed + each.unchanged > 0),
    hidden: of.added.length + of.removed.length + pairs.length - added.length - removed.length - kept.length,
  };
}

export type AnyFinding = Finding | SecretFinding | CheckFinding | ImportedFinding;

interface Sides<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  /** Of the target, each with the other's. */
  readonly kept: readonly (readonly [now: T, then: T])[];
  /** The other was not looked through for it. */
  readonly lacking: boolean;
}

/** Two are the same that share a key. */
function sides<T>(here: readonly T[] | undefined, there: readonly T[] | undefined, keysOf: (of: T) => readonly string[]): Sides<T> {
  if (!here || !there) return { added: here ?? [], removed: [], kept: [], lacking: here !== undefined };
  const byKey = new Map(there.toReversed().flatMap((each) => keysOf(each).map((key) => [key, each] as const)));
  const keysHere = new Set(here.flatMap(keysOf));
  const added: T[] = [];
  const kept: (readonly [T, T])[] = [];
  for (const now of here) {
    const key = keysOf(now).find((each) => byKey.has(each));
    if (key === undefined) added.push(now);
    else kept.push([now, byKey.get(key) as T]);
  }
  return { added, removed: there.filter((each) => !keysOf(each).some((key) => keysHere.has(key))), kept, lacking: false };
}

function flawKeys({ kind, id, aliases, package: of }: Finding): readonly string[] {
  // The release at its end has its version in its name.
  const about = kind === 'end-of-life' ? `${of.name} ${of.version}` : of.name;
  return [id, ...aliases].map((name) => [name, of.type, about].join('\0'));
}

/** Hashes are of the machine that made them; what is shown of a secret tells them apart as well in one place. */
function secretKeys({ id, location: { where, path }, masked }: SecretFinding): readonly string[] {
  return [[id, where, path, masked].join('\0')];
}

function checkKeys({ id, location: { file }, resource, params }: CheckFinding): readonly string[] {
  return [[id, file, resource ?? '', JSON.stringify(params)].join('\0')];
}

function importedKeys({ tool, id, fingerprint }: ImportedFinding): readonly string[] {
  return [[tool, id, fingerprint].join('\0')];
}

function counts({ verdict, suppressed }: Finding): boolean {
  return verdict !== 'not-applicable' && suppressed === undefined;
}

function open<T extends { readonly suppressed?: unknown }>(of: { readonly findings: readonly T[] } | undefined): readonly T[] | undefined {
  return of?.findings.filter(({ suppressed }) => suppressed === undefined);
}

/** Worst first. */
function inOrder<T extends Pick<ComparedFinding, 'id' | 'severity' | 'fingerprint' | 'package' | 'place'>>(
  findings: readonly T[],
): readonly T[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareText(a.id, b.id) ||
      compareText(a.package?.name ?? '', b.package?.name ?? '') ||
      compareText(a.place ?? '', b.place ?? '') ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

function comparedFinding(of: AnyFinding): ComparedFinding {
  const { kind, id, severity, fingerprint } = of;
  const common = { kind, id, severity };
  if ('package' in of) {
    const { type, name, version } = of.package;
    const place = of.locations[0]?.path;
    const about = { package: { type, name, version }, fixedVersions: of.fix.versions };
    return { ...common, ...about, ...(place === undefined ? {} : { place }), fingerprint };
  }
  const logical = 'logical' in of ? of.logical : undefined;
  const place = of.location ? ('where' in of.location ? of.location.path : of.location.file) : logical;
  return { ...common, ...(place === undefined ? {} : { place }), fingerprint };
}

/** Rated otherwise, or with a fix that was not there, or is there no more. */
function changedFinding(now: AnyFinding, then: AnyFinding): readonly ChangedFinding[] {
  const [of, from] = [comparedFinding(now), comparedFinding(then)];
  const { severity, fixedVersions } = from;
  if (of.severity === severity && (of.fixedVersions?.length === 0) === (fixedVersions?.length === 0)) return [];
  return [{ ...of, from: { severity, ...(fixedVersions === undefined ? {} : { fixedVersions }) } }];
}

function fixedFinding(of: AnyFinding, versionsHere: VersionsOf): FixedFinding {
  const { kind, id, severity, fingerprint, package: about, place = '' } = comparedFinding(of);
  const versions = about && versionsHere(about);
  const why = versions === undefined ? 'gone' : versions.includes(about?.version ?? '') ? 'not-stated' : 'changed';
  return { kind, id, severity, what: about ? `${about.name} ${about.version}`.trim() : place, fingerprint, why };
}

/** Undefined where there is no such package. */
type VersionsOf = (of: Pick<Package, 'type' | 'name'>) => readonly string[] | undefined;

function comparedPackages(here: readonly Package[], there: readonly Package[]) {
  const [ofHere, ofThere] = [byName(here), byName(there)];
  const added: ComparedPackage[] = [];
  const changed: ChangedPackage[] = [];
  for (const [key, each] of ofHere) {
    const before = ofThere.get(key);
    if (!before) added.push(each);
    else if (before.versions.join('\0') !== each.versions.join('\0')) changed.push({ ...each, from: before.versions });
  }
  const removed = [...ofThere].flatMap(([key, each]) => (ofHere.has(key) ? [] : [each]));
  return {
    packages: { added, removed, changed, unchanged: ofHere.size - added.length - changed.length },
    versionsHere: ((of) => ofHere.get(keyOf(of))?.versions) satisfies VersionsOf,
    versionsThere: ((of) => ofThere.get(keyOf(of))?.versions) satisfies VersionsOf,
  };
}

/** Versions that were not there, with those that were. */
function withBefore(packages: readonly Package[], { added, changed }: Comparison['packages']): readonly Package[] {
  const before = new Map<string, readonly string[]>([
    ...added.map((each) => [keyOf(each), []] as const),
    ...changed.map((each) => [keyOf(each), each.from] as const),
  ]);
  return packages.map((each) => {
    const versions = before.get(keyOf(each));
    return versions === undefined || versions.includes(each.version) ? each : { ...each, before: versions };
  });
}

function keyOf({ type, name }: Pick<Package, 'type' | 'name'>): string {
  return `${type}\0${name}`;
}

function byName(packages: readonly Package[]): ReadonlyMap<string, ComparedPackage> {
  const groups = Map.groupBy(packages, keyOf);
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  return new Map(
    sorted.flatMap(([key, group]) =>
      group[0]
        ? [[key, { type: group[0].type, name: group[0].name, versions: [...new Set(group.map((each) => each.version))].sort(compareText) }]]
        : [],
    ),
  );
}

/** What is said of one of the two. */
export function comparedSide({ createdAt, inventory, findings, secrets, checks, imported }: Compared): ComparedSide {
  const { target, layers, packages: of } = inventory;
  const others = [secrets, checks, imported].flatMap((each): readonly AnyFinding[] => each?.findings ?? []);
  const all = [...findings.filter(({ verdict }) => verdict !== 'not-applicable'), ...others];
  const suppressed = all.filter((each) => each.suppressed !== undefined).length;
  return {
    spec: target.spec,
    name: target.name,
    ...(target.digest === undefined ? {} : { digest: target.digest }),
    createdAt,
    packages: of.length,
    findings: all.length - suppressed,
    ...(suppressed > 0 ? { suppressed } : {}),
    ...(layers.length > 0 ? { size: layers.reduce((sum, layer) => sum + layer.size, 0) } : {}),
  };
}
