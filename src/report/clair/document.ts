import type { Distro, Package, Report, SeverityLevel } from '../../model/index.ts';
import { type Issue, issues } from '../issues.ts';
import type { Rendering } from '../types.ts';
import type { ClairCvss, ClairDistribution, ClairEnvironment, ClairPackage, ClairReport, ClairVulnerability } from './schema.ts';

/** What Clair looks for: flaws of packages that count. */
export async function clairReport(report: Report, how: Rendering): Promise<ClairReport> {
  const { target, packages, distro } = report.inventory;
  const ids = new Map(packages.map((each, i) => [each.id, String(i + 1)]));
  const distribution = distro && distributionOf(distro, report);
  const found = (await issues(report, how.filter, how.language)).filter(
    ({ kind, suppressed }) => (kind === 'vulnerability' || kind === 'malware') && suppressed === undefined,
  );
  const vulnerabilities = found.map((issue, i) => vulnerability(issue, String(i + 1), distribution));
  const byPackage: Record<string, string[]> = {};
  for (const [i, { finding }] of found.entries()) {
    for (const packageId of new Set(finding?.locations.map((each) => each.packageId))) {
      const id = ids.get(packageId);
      if (id !== undefined) byPackage[id] = [...(byPackage[id] ?? []), String(i + 1)];
    }
  }
  return {
    ...(target.digest === undefined ? {} : { manifest_hash: target.digest }),
    packages: Object.fromEntries(packages.map((each, i) => [String(i + 1), packageOf(each, String(i + 1))])),
    distributions: distribution ? { [distribution.id]: distribution } : {},
    repository: {},
    environments: Object.fromEntries(packages.map((each, i) => [String(i + 1), [environment(each, distribution)]])),
    vulnerabilities: Object.fromEntries(vulnerabilities.map((each) => [each.id, each])),
    package_vulnerabilities: byPackage,
    enrichments: enrichments(found),
  };
}

function packageOf({ name, version, arch, source }: Package, id: string): ClairPackage {
  return {
    id,
    name,
    version,
    kind: 'binary',
    ...(arch === undefined ? {} : { arch }),
    ...(source ? { source: { id: '', name: source.name, version: source.version, kind: 'source' } } : {}),
  };
}

function environment(of: Package, distribution: ClairDistribution | undefined): ClairEnvironment {
  return {
    package_db: of.path,
    // Clair's own types take no empty digest.
    ...(of.layer ? { introduced_in: of.layer.digest } : {}),
    distribution_id: of.class === 'os' ? (distribution?.id ?? '') : '',
    repository_ids: null,
  };
}

function distributionOf({ id, versionId = '', codename = '', cpe = '', prettyName = '' }: Distro, report: Report): ClairDistribution {
  // `Debian GNU/Linux`, `11 (bullseye)`: os-release's NAME and VERSION, which PRETTY_NAME is made of.
  const [, name = prettyName, version = ''] = /^(.*?)\s+v?(\d.*)$/.exec(prettyName) ?? [];
  return {
    id: '1',
    did: id,
    name: name || id,
    version: version || versionId,
    version_code_name: codename,
    version_id: versionId,
    arch: report.inventory.target.platform?.architecture ?? '',
    cpe,
    pretty_name: prettyName,
  };
}

/** What Clair files CVSS of version 3 under, by the ids of vulnerabilities. */
const CVSS = 'message/vnd.clair.map.vulnerability; enricher=clair.cvss schema=https://csrc.nist.gov/schema/nvd/feed/1.1/cvss-v3.x.json';

function enrichments(found: readonly Issue[]): ClairReport['enrichments'] {
  const scores = found.flatMap(({ finding }, i) => {
    const score = finding?.cvss.find(({ version }) => version.startsWith('3'));
    if (score === undefined) return [];
    const { version, vector, baseScore } = score;
    return [[String(i + 1), [{ version, vectorString: vector, baseScore, baseSeverity: baseSeverity(baseScore) }]] as const];
  });
  return scores.length === 0 ? {} : { [CVSS]: [Object.fromEntries(scores)] };
}

/** CVSS 3.1, 5: the qualitative scale. */
function baseSeverity(score: number): ClairCvss['baseSeverity'] {
  return score >= 9 ? 'CRITICAL' : score >= 7 ? 'HIGH' : score >= 4 ? 'MEDIUM' : score > 0 ? 'LOW' : 'NONE';
}

const SEVERITY: Record<SeverityLevel, ClairVulnerability['normalized_severity']> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Negligible',
  unknown: 'Unknown',
};

/** Go's time of nothing, which Clair writes where it knows none. */
const NEVER = '0001-01-01T00:00:00Z';

function vulnerability(issue: Issue, id: string, distribution: ClairDistribution | undefined): ClairVulnerability {
  const { finding, severity, message, references, rule } = issue;
  const of = finding?.package;
  return {
    id,
    updater: finding?.advisories[0]?.feed ?? '',
    name: rule,
    description: message,
    issued: finding?.published ?? NEVER,
    links: references.join(' '),
    severity: finding?.severities[0]?.label ?? SEVERITY[severity],
    normalized_severity: SEVERITY[severity],
    package: { id: '', name: of?.name ?? '', version: '', kind: 'binary' },
    ...(distribution && of?.class === 'os' ? { distribution } : {}),
    fixed_in_version: finding?.fix.versions.join(', ') ?? '',
  };
}
