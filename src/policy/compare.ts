import {
  type ChangedPackage,
  type CheckFinding,
  type ComparedFinding,
  type ComparedPackage,
  type ComparedSide,
  type Comparison,
  type Finding,
  type Package,
  type Report,
  SEVERITIES,
  type SecretFinding,
} from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';
import { decide, type Gate } from './gate.ts';

/** What a comparison rests on. */
export type Compared = Pick<Report, 'createdAt' | 'inventory' | 'findings' | 'secrets' | 'checks'>;

/** Everything of a report that came: what its own formats write of it. */
export type Added = Pick<Report, 'findings' | 'secrets' | 'checks'>;

/**
 * Pure. `target` held against `to`. A flaw is the same by any of its names, and in the same package whatever its version; secrets and checks
 * are compared where both reports looked for them. Suppressed findings and those that do not apply are not among them. The gate looks at
 * what was added alone.
 */
export function compare(
  target: Compared,
  to: Compared,
  { failOn, onlyFixable = false }: Pick<Gate, 'failOn' | 'onlyFixable'> = {},
): Omit<Comparison, 'tool' | 'createdAt' | 'schemaVersion'> & { readonly ofTarget: Added } {
  const flaws = sides(target.findings.filter(counts), to.findings.filter(counts), flawKeys);
  const secrets = target.secrets && to.secrets ? sides(open(target.secrets.findings), open(to.secrets.findings), secretKeys) : NOTHING;
  const checks = target.checks && to.checks ? sides(open(target.checks.findings), open(to.checks.findings), checkKeys) : NOTHING;
  const all = <T>(pick: (of: Pick<Sides<never>, 'added' | 'removed' | 'kept'>) => readonly T[]): readonly T[] =>
    [flaws, secrets, checks].flatMap((each) => pick(each as Sides<never>));
  const findings = {
    added: listed(all(({ added }) => added)),
    removed: listed(all(({ removed }) => removed)),
    kept: listed(all(({ kept }) => kept)),
  };
  return {
    target: side(target),
    to: side(to),
    packages: packages(target.inventory.packages, to.inventory.packages),
    findings: { added: findings.added, removed: findings.removed, unchanged: findings.kept.length },
    bySeverity: SEVERITIES.map((severity) => {
      const count = (of: readonly ComparedFinding[]): number => of.filter((each) => each.severity === severity).length;
      return { severity, added: count(findings.added), removed: count(findings.removed), unchanged: count(findings.kept) };
    }).filter(({ added, removed, unchanged }) => added + removed + unchanged > 0),
    decision: decide(
      { findings: flaws.added, gaps: target.inventory.gaps, secrets: secrets.added, checks: checks.added },
      { onlyFixable, ...(failOn === undefined ? {} : { failOn }) },
    ),
    ofTarget: {
      findings: flaws.added,
      ...(target.secrets ? { secrets: { ...target.secrets, findings: secrets.added } } : {}),
      ...(target.checks ? { checks: { ...target.checks, findings: checks.added } } : {}),
    },
  };
}

interface Sides<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  /** Of the target. */
  readonly kept: readonly T[];
}

const NOTHING: Sides<never> = { added: [], removed: [], kept: [] };

/** Two are the same that share a key. */
function sides<T>(here: readonly T[], there: readonly T[], keysOf: (of: T) => readonly string[]): Sides<T> {
  const [ofHere, ofThere] = [here, there].map((each) => new Set(each.flatMap(keysOf))) as [Set<string>, Set<string>];
  const known = (keys: ReadonlySet<string>) => (of: T) => keysOf(of).some((key) => keys.has(key));
  return {
    added: here.filter((each) => !known(ofThere)(each)),
    removed: there.filter((each) => !known(ofHere)(each)),
    kept: here.filter(known(ofThere)),
  };
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

function counts({ verdict, suppressed }: Finding): boolean {
  return verdict !== 'not-applicable' && suppressed === undefined;
}

function open<T extends { readonly suppressed?: unknown }>(findings: readonly T[]): readonly T[] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

function listed(findings: readonly (Finding | SecretFinding | CheckFinding)[]): readonly ComparedFinding[] {
  return findings
    .map(comparedFinding)
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        compareText(a.id, b.id) ||
        compareText(a.package?.name ?? '', b.package?.name ?? '') ||
        compareText(a.place ?? '', b.place ?? '') ||
        compareText(a.fingerprint, b.fingerprint),
    );
}

function comparedFinding(of: Finding | SecretFinding | CheckFinding): ComparedFinding {
  const { kind, id, severity, fingerprint } = of;
  const common = { kind, id, severity };
  if ('package' in of) {
    const { type, name, version } = of.package;
    const place = of.locations[0]?.path;
    const about = { package: { type, name, version }, fixedVersions: of.fix.versions };
    return { ...common, ...about, ...(place === undefined ? {} : { place }), fingerprint };
  }
  return { ...common, place: 'where' in of.location ? of.location.path : of.location.file, fingerprint };
}

function packages(here: readonly Package[], there: readonly Package[]): Comparison['packages'] {
  const [ofHere, ofThere] = [byName(here), byName(there)];
  const added: ComparedPackage[] = [];
  const changed: ChangedPackage[] = [];
  for (const [key, each] of ofHere) {
    const before = ofThere.get(key);
    if (!before) added.push(each);
    else if (before.versions.join('\0') !== each.versions.join('\0')) changed.push({ ...each, from: before.versions });
  }
  const removed = [...ofThere].flatMap(([key, each]) => (ofHere.has(key) ? [] : [each]));
  return { added, removed, changed, unchanged: ofHere.size - added.length - changed.length };
}

function byName(packages: readonly Package[]): ReadonlyMap<string, ComparedPackage> {
  const groups = Map.groupBy(packages, ({ type, name }) => `${type}\0${name}`);
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  return new Map(
    sorted.flatMap(([key, group]) =>
      group[0]
        ? [[key, { type: group[0].type, name: group[0].name, versions: [...new Set(group.map((each) => each.version))].sort(compareText) }]]
        : [],
    ),
  );
}

function side({ createdAt, inventory, findings, secrets, checks }: Compared): ComparedSide {
  const { target, layers, packages: of } = inventory;
  return {
    spec: target.spec,
    name: target.name,
    ...(target.digest === undefined ? {} : { digest: target.digest }),
    createdAt,
    packages: of.length,
    findings: findings.filter(counts).length + open(secrets?.findings ?? []).length + open(checks?.findings ?? []).length,
    ...(layers.length > 0 ? { size: layers.reduce((sum, layer) => sum + layer.size, 0) } : {}),
  };
}
