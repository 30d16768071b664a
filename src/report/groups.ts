import type { Finding, FindingLocation, Package, PackageType, Report } from '../model/index.ts';
import { compareNames } from './shown.ts';

/** Findings that belong together on a page: the distribution's packages, one language's packages, one lock file or binary. */
export interface Group {
  readonly class: 'os' | 'library';
  readonly type: PackageType;
  /** Set where the group is one file: a lock file, or a binary that states what it was built from. */
  readonly path?: string;
  readonly lockFile: boolean;
  /** How many packages of the inventory are in the group. */
  readonly packages: number;
  readonly entries: readonly GroupEntry[];
}

/** A finding, with those of its places that are in the group. */
export interface GroupEntry {
  readonly finding: Finding;
  readonly locations: readonly FindingLocation[];
}

/**
 * Every group of the inventory, groups without findings included: OS packages first, then libraries by type and path.
 * Entries keep the order of `findings`; a finding in two binaries or lock files is in both groups.
 */
export function groups(report: Report, findings: readonly Finding[]): Group[] {
  const byKey = new Map<string, Group & { packages: number; entries: GroupEntry[] }>();
  const packages = packageIndex(report);
  const place = (of: GroupIdentity) => {
    const key = `${of.class} ${of.type} ${of.path ?? ''}`;
    const existing = byKey.get(key);
    if (existing) return existing;
    const made = { ...of, packages: 0, entries: [] };
    byKey.set(key, made);
    return made;
  };
  // A finding about the release itself has no package in the inventory; it stands with the packages of that release.
  const placeOfStranger = ({ package: { class: kind, type } }: Finding) => {
    const release = kind === 'os' ? [...byKey.values()].find((group) => group.class === 'os') : undefined;
    return release ?? place({ class: kind, type, lockFile: false });
  };

  for (const each of report.inventory.packages) place(identity(each)).packages += 1;
  for (const finding of findings) {
    const perGroup = new Map<Group & { entries: GroupEntry[] }, FindingLocation[]>();
    for (const location of finding.locations) {
      const known = packages.get(location.packageId);
      // A language package that an OS package owns is a place of the OS package's finding: it stands there, not twice.
      const own = known?.class === finding.package.class;
      const group = known && own ? place(identity(known)) : placeOfStranger(finding);
      const locations = perGroup.get(group);
      if (locations) locations.push(location);
      else perGroup.set(group, [location]);
    }
    if (finding.locations.length === 0) perGroup.set(placeOfStranger(finding), []);
    for (const [group, locations] of perGroup) group.entries.push({ finding, locations });
  }
  return [...byKey.values()].sort(byPlace);
}

/** The packages of a report's inventory by id. */
export function packageIndex(report: Report): ReadonlyMap<string, Package> {
  return new Map(report.inventory.packages.map((each) => [each.id, each]));
}

type GroupIdentity = Pick<Group, 'class' | 'type' | 'path' | 'lockFile'>;

function identity(of: Package): GroupIdentity {
  const lockFile = of.evidence.kind === 'lock-file';
  const ownFile = of.class === 'library' && (lockFile || of.evidence.kind === 'build-info');
  return { class: of.class, type: of.type, lockFile, ...(ownFile ? { path: of.path } : {}) };
}

function byPlace(a: Group, b: Group): number {
  return (
    Number(a.class === 'library') - Number(b.class === 'library') ||
    compareNames(a.type, b.type) ||
    compareNames(a.path ?? '', b.path ?? '')
  );
}
