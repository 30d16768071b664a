import type { Advisory, Finding, FindingLocation, Inventory, Match, Package } from '../model/index.ts';
import { fingerprint } from './fingerprint.ts';
import { bestFix } from './fix.ts';
import type { Rate } from './types.ts';
import { advisoryUrl } from './urls.ts';

/**
 * One finding for each flaw and package (type, name and version), with all its places. A language package that is owned by
 * an OS package with the same flaw is a further place of the OS package's finding. Overruled opinions are in `evidence`. What the
 * day decides is not among them: {@link endOfLifeFinding}.
 */
export function findings(inventory: Inventory, matches: readonly Match[], rate: Rate): readonly Finding[] {
  if (matches.length === 0) return [];
  const packages = new Map(inventory.packages.map((pkg) => [pkg.id, pkg]));
  const groups = new Map<string, Match[]>();
  for (const each of [...matches].sort(osFirst)) {
    const owner = each.package.ownedBy === undefined ? undefined : packages.get(each.package.ownedBy);
    const ofOwner = owner && each.package.class === 'library' ? groups.get(keyOf(each.flaw.id, owner)) : undefined;
    const joined = ofOwner?.some((other) => other.verdict.kind === 'affected') && each.verdict.kind !== 'not-affected';
    const key = joined && owner ? keyOf(each.flaw.id, owner) : keyOf(each.flaw.id, each.package);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()].flatMap((group) => toFinding(group, inventory, packages, rate) ?? []);
}

function keyOf(flawId: string, pkg: Package): string {
  return `${flawId}\0${pkg.type}\0${pkg.name}\0${pkg.version}`;
}

function osFirst(a: Match, b: Match): number {
  return Number(a.package.class === 'library') - Number(b.package.class === 'library');
}

const VERDICTS = ['affected', 'undecided', 'not-applicable'] as const;

/** Undefined where no place of the package is concerned after all. The deciding opinion is the group's first. */
function toFinding(group: readonly Match[], inventory: Inventory, packages: ReadonlyMap<string, Package>, rate: Rate): Finding | undefined {
  const verdict = VERDICTS.find((kind) => group.some((each) => each.verdict.kind === kind));
  const counted = group.filter((each) => each.verdict.kind === verdict);
  const first = counted[0];
  if (!verdict || !first) return undefined;

  const { flaw, package: pkg } = first;
  const statements = uniqueStatements(counted);
  const kind = statements.some((each) => each.kind === 'malware') ? 'malware' : 'vulnerability';
  const locations = locationsOf(group, flaw.id, inventory, packages);
  const url = advisoryUrl(flaw.id, flaw.id.startsWith('CVE-') ? 'nvd' : first.advisory.feed);
  return {
    kind,
    id: flaw.id,
    aliases: flaw.aliases,
    advisories: statements.map(({ id, feed }) => {
      const page = advisoryUrl(id, feed);
      return { id, feed, ...(page ? { url: page } : {}) };
    }),
    verdict,
    package: {
      type: pkg.type,
      class: pkg.class,
      name: pkg.name,
      version: pkg.version,
      purl: pkg.purl,
      ...(pkg.arch ? { arch: pkg.arch } : {}),
      ...(pkg.source ? { source: pkg.source } : {}),
    },
    locations,
    fingerprint: locations[0]?.fingerprint ?? '',
    fix: bestFix(counted.filter((each) => each.package.class === pkg.class)),
    ...rate({ kind, flaw, statements }),
    ...(flaw.epss ? { epss: flaw.epss } : {}),
    ...(flaw.kev ? { kev: flaw.kev } : {}),
    ...(flaw.ssvc ? { ssvc: flaw.ssvc } : {}),
    ...(flaw.cwes ? { cwes: flaw.cwes } : {}),
    ...(flaw.published ? { published: flaw.published } : {}),
    ...(url ? { url } : {}),
    evidence: evidenceOf(group),
  };
}

/** The statements that count, each once: a package at two places has the same ones. */
function uniqueStatements(counted: readonly Match[]): readonly Advisory[] {
  const seen = new Map<string, Advisory>();
  for (const { advisory } of counted) {
    const key = `${advisory.feed}\0${advisory.id}`;
    if (!seen.has(key)) seen.set(key, advisory);
  }
  return [...seen.values()];
}

/** Places that count: those of packages whose own opinions do not all clear them. Sorted by path, the OS package's first. */
function locationsOf(
  group: readonly Match[],
  flawId: string,
  inventory: Inventory,
  packages: ReadonlyMap<string, Package>,
): readonly FindingLocation[] {
  const places = new Map<string, Package>();
  for (const each of group) if (each.verdict.kind !== 'not-affected') places.set(each.package.id, each.package);
  return [...places.values()]
    .sort((a, b) => Number(a.class === 'library') - Number(b.class === 'library') || (a.path < b.path ? -1 : 1))
    .map((pkg) => {
      const owner = pkg.ownedBy === undefined ? undefined : packages.get(pkg.ownedBy);
      return {
        path: pkg.path,
        ...(pkg.layer ? { layer: pkg.layer } : {}),
        ...(pkg.modified ? { modified: pkg.modified } : {}),
        packageId: pkg.id,
        ...(owner ? { ownedBy: owner.name } : {}),
        fingerprint: fingerprint(inventory.target.repository, pkg, flawId),
      };
    });
}

function evidenceOf(group: readonly Match[]): Finding['evidence'] {
  const seen = new Map<string, Finding['evidence'][number]>();
  for (const { verdict, advisory } of group) {
    const because = verdict.kind === 'undecided' ? { rule: 'undecided', detail: verdict.reason } : verdict.because;
    const key = `${advisory.feed}\0${advisory.id}\0${because.rule}\0${because.detail}`;
    if (!seen.has(key)) seen.set(key, { ...because, advisory: advisory.id, feed: advisory.feed });
  }
  return [...seen.values()];
}
