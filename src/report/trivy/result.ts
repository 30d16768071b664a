import type { FeedInfo, FindingLocation, Package, PackageType, Report } from '../../model/index.ts';
import type { Group, GroupEntry } from '../groups.ts';
import type { TrivyModified, TrivyResult } from './schema.ts';
import { vulnerability } from './vulnerability.ts';

/** Trivy's names for libraries found installed, and the heading under which it puts those that have no file of their own. */
const INSTALLED: Partial<Record<PackageType, { readonly type: string; readonly target?: string }>> = {
  npm: { type: 'node-pkg', target: 'Node.js' },
  pypi: { type: 'python-pkg', target: 'Python' },
  maven: { type: 'jar', target: 'Java' },
  gem: { type: 'gemspec', target: 'Ruby' },
  conda: { type: 'conda-pkg', target: 'Conda' },
  golang: { type: 'gobinary' },
  cargo: { type: 'rustbinary' },
  composer: { type: 'composer-vendor', target: 'PHP' },
  nuget: { type: 'dotnet-core', target: '.NET' },
};

/** Trivy's names for lock files. */
const LOCKED: Partial<Record<PackageType, string>> = {
  npm: 'npm',
  pypi: 'pip',
  maven: 'pom',
  golang: 'gomod',
  gem: 'bundler',
  composer: 'composer',
};

/** One group of findings as Trivy groups them; each place of a finding is an entry of its own. */
export function result(report: Report, group: Group, others: readonly GroupEntry[], packages: ReadonlyMap<string, Package>): TrivyResult {
  const modified = others.flatMap((entry) =>
    placesOf(entry, packages).map((place) => ({
      Type: 'vulnerability' as const,
      ...whyModified(entry),
      Finding: vulnerability(entry.finding, place, packages, feedsOf(report)),
    })),
  );
  return {
    Target: target(report, group),
    Class: group.class === 'os' ? 'os-pkgs' : 'lang-pkgs',
    Type: type(report, group),
    Vulnerabilities: group.entries.flatMap((entry) =>
      placesOf(entry, packages).map((place) => vulnerability(entry.finding, place, packages, feedsOf(report))),
    ),
    ...(modified.length > 0 ? { ExperimentalModifiedFindings: modified } : {}),
  };
}

/** An exception stands for what Trivy's own ignore file does: the reason and the file. */
function whyModified({
  finding: { suppressed, evidence },
}: GroupEntry): Pick<TrivyModified, 'Statement' | 'Source'> & { readonly Status: 'ignored' | 'not_affected' } {
  if (!suppressed) return { Status: 'not_affected', Statement: evidence[0]?.rule ?? 'not-applicable', Source: 'plimsoll' };
  return { Status: 'ignored', Statement: suppressed.reason ?? suppressed.by, Source: suppressed.exception?.file ?? 'plimsoll' };
}

function feedsOf({ database }: Report): readonly FeedInfo[] {
  return database?.feeds ?? [];
}

/** Trivy knows no joint findings: of a package and the files that it owns, the package is the entry. */
function placesOf({ finding, locations }: GroupEntry, packages: ReadonlyMap<string, Package>): readonly (FindingLocation | undefined)[] {
  const own = locations.filter((location) => packages.get(location.packageId)?.class === finding.package.class);
  return own.length > 0 ? own : [locations[0]];
}

function target(report: Report, group: Group): string {
  const { target: scanned, distro } = report.inventory;
  if (group.class === 'os') return distro ? `${scanned.name} (${[distro.id, distro.versionId].filter(Boolean).join(' ')})` : scanned.name;
  return group.path ?? INSTALLED[group.type]?.target ?? group.type;
}

function type(report: Report, group: Group): string {
  if (group.class === 'os') return report.inventory.distro?.id ?? group.type;
  return (group.lockFile ? LOCKED[group.type] : INSTALLED[group.type]?.type) ?? group.type;
}
