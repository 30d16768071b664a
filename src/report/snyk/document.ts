import type { Distro, Finding, Report } from '../../model/index.ts';
import { type Group, groups } from '../groups.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering } from '../types.ts';
import { SEVERITY, type SnykIgnored, type SnykResult, type SnykVulnerability } from './schema.ts';

/**
 * An image is one result, with its applications within it. A folder is one, or a list of them where there are several lock files: so Snyk does it. What is
 * accepted stands in `filtered`.
 */
export async function snykDocument(report: Report, how: Rendering): Promise<SnykResult | readonly SnykResult[]> {
  const found = (await issues(report, how.filter, how.language)).filter(
    ({ kind, suppressed }) => (kind === 'vulnerability' || kind === 'malware') && suppressed?.by !== 'not-applicable',
  );
  const byFinding = new Map(found.flatMap((issue) => (issue.finding ? [[issue.finding, issue] as const] : [])));
  const grouped = groups(report, [...byFinding.keys()]);
  const result = (group: Group | undefined): SnykResult => resultOf(report, group, byFinding);
  const { target } = report.inventory;
  if (target.kind !== 'image') {
    const [first, ...others] = grouped.map(result);
    return first === undefined ? result(undefined) : others.length === 0 ? first : [first, ...others];
  }
  const system = grouped.find((group) => group.class === 'os');
  const applications = grouped.filter((group) => group !== system).map(result);
  const own = result(system);
  const platform = platformName(target);
  return {
    ...own,
    ok: own.ok && applications.every(({ ok }) => ok),
    docker: report.base?.name === undefined ? {} : { baseImage: report.base.name },
    ...(platform === '' ? {} : { platform }),
    ...(applications.length > 0 ? { applications } : {}),
  };
}

function resultOf(report: Report, group: Group | undefined, byFinding: ReadonlyMap<Finding, Issue>): SnykResult {
  const { target } = report.inventory;
  const project = projectOf(target);
  const found = (group?.entries ?? []).flatMap(({ finding }) => {
    const issue = byFinding.get(finding);
    return issue === undefined ? [] : [{ issue, vulnerability: vulnerability(finding, issue, { report, root: project.root }) }];
  });
  const vulnerabilities = found.flatMap((each) => (each.issue.suppressed ? [] : [each.vulnerability]));
  const ignored = found.flatMap(({ issue: { suppressed }, vulnerability: of }) =>
    suppressed ? [{ ...of, filtered: acceptance(suppressed) }] : [],
  );
  return {
    ok: vulnerabilities.length === 0,
    vulnerabilities,
    dependencyCount: group?.packages ?? 0,
    packageManager: group === undefined ? 'linux' : managerOf(group.type),
    summary: summary(vulnerabilities.length),
    uniqueCount: new Set(vulnerabilities.map(({ id }) => id)).size,
    projectName: project.name,
    path: target.name,
    ...(group?.path === undefined ? {} : { displayTargetFile: group.path, targetFile: group.path }),
    filesystemPolicy: false,
    filtered: { ignore: ignored, patch: [] },
  };
}

/** An image's project is its name, and what its packages come from its name with the tag. */
function projectOf({ kind, name }: Report['inventory']['target']): { readonly name: string; readonly root: string } {
  if (kind !== 'image') return { name, root: name };
  const [, image = name, tag] = /^(.*?)(?::([^/:@]+))?(?:@.*)?$/.exec(name) ?? [];
  return { name: `docker-image|${image}`, root: `docker-image|${image}${tag === undefined ? '' : `@${tag}`}` };
}

function acceptance({ reason = '', exception }: NonNullable<Issue['suppressed']>): SnykIgnored['filtered'] {
  const expires = exception?.expires;
  return { ignored: [{ reason, ...(expires === undefined ? {} : { expires: `${expires}T00:00:00.000Z` }), path: ['*'] }] };
}

function summary(count: number): string {
  return count === 0 ? 'No known vulnerabilities' : `${count} vulnerable dependency path${count === 1 ? '' : 's'}`;
}

/** Snyk's words where they are others than a purl's. */
const MANAGERS: Readonly<Record<string, string>> = { pypi: 'pip', golang: 'gomodules', gem: 'rubygems', cargo: 'cargo' };

function managerOf(type: string): string {
  return MANAGERS[type] ?? type;
}

/** Snyk's words for what a package is written in; of distributions it is `linux`. */
const LANGUAGES: Readonly<Record<string, string>> = {
  npm: 'js',
  pypi: 'python',
  maven: 'java',
  golang: 'golang',
  nuget: 'dotnet',
  gem: 'ruby',
  composer: 'php',
  cargo: 'rust',
  hex: 'elixir',
  swift: 'swift',
};

/** `debian:11`, `alpine:3.20`: what a distribution's flaws are filed under. */
function releaseOf({ id, versionId = '' }: Distro): string {
  return `${id}:${id === 'alpine' ? versionId.split('.').slice(0, 2).join('.') : versionId}`;
}

function vulnerability(
  finding: Finding,
  issue: Issue,
  { report, root }: { readonly report: Report; readonly root: string },
): SnykVulnerability {
  const { package: of, fix, cvss, cwes = [], published, kind, kev } = finding;
  const { distro } = report.inventory;
  const severity = SEVERITY[issue.severity];
  const packageName = of.class === 'os' ? (of.source?.name ?? of.name) : of.name;
  const name = of.class === 'os' ? `${packageName}/${of.name}` : of.name;
  const ids = [issue.rule, ...issue.aliases];
  const third = cvss.find(({ version }) => version.startsWith('3'));
  const instruction = issue.origin === 'base' ? undefined : issue.places[0]?.layer?.createdBy;
  const language = of.class === 'os' ? 'linux' : LANGUAGES[of.type];
  const [nearest] = fix.versions;
  return {
    id: issue.rule,
    title: issue.title,
    description: issue.message,
    severity,
    severityWithCritical: severity,
    packageName,
    name,
    version: of.version,
    ...(of.class === 'os' ? {} : { moduleName: of.name }),
    packageManager: of.class === 'os' && distro ? releaseOf(distro) : managerOf(of.type),
    ...(language === undefined ? {} : { language }),
    identifiers: {
      CVE: ids.filter((id) => id.startsWith('CVE-')),
      CWE: cwes,
      GHSA: ids.filter((id) => id.startsWith('GHSA-')),
      ALTERNATIVE: ids.filter((id) => !/^(CVE|GHSA)-/.test(id)),
    },
    from: [root, `${name}@${of.version}`],
    upgradePath: nearest === undefined ? [] : [false, `${name}@${nearest}`],
    isUpgradable: nearest !== undefined,
    isPatchable: false,
    patches: [],
    ...(nearest === undefined ? {} : { nearestFixedInVersion: nearest }),
    fixedIn: fix.versions,
    ...(third ? { cvssScore: third.baseScore, CVSSv3: third.vector } : {}),
    ...(published === undefined ? {} : { publicationTime: published, disclosureTime: published }),
    exploit: kev ? 'High' : 'Not Defined',
    references: issue.references.map((url) => ({ title: url, url })),
    malicious: kind === 'malware',
    ...(instruction === undefined ? {} : { dockerfileInstruction: instruction }),
    ...(issue.origin === 'base' && report.base?.name !== undefined ? { dockerBaseImage: report.base.name } : {}),
  };
}
