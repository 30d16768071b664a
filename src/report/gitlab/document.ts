import { fill } from '../../messages/fill.ts';
import { catalogues } from '../../messages/index.ts';
import type { Finding, Report, SeverityLevel } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { cut } from '../cut.ts';
import { type DistinctPrint, distinctPrints } from '../distinct-prints.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering } from '../types.ts';
import type { GitlabDetail, GitlabReport, GitlabVulnerability } from './schema.ts';

const SCHEMA =
  'https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v15.2.1/dist/container-scanning-report-format.json';
const MOST_NAME = 255;
const MOST_SOLUTION = 7000;
const MOST_DESCRIPTION = 100_000;
const MOST_VECTORS = 10;
/** GitLab refuses findings with more. Source: GitLab docs, security scanner integration, identifiers. */
const MOST_IDENTIFIERS = 20;
const MOST_LISTED = 100;

const SEVERITY: Readonly<Record<SeverityLevel, GitlabVulnerability['severity']>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Info',
  unknown: 'Unknown',
};

/** One document; there is at least one report. */
export async function gitlabReport(reports: readonly Report[], how: Rendering): Promise<GitlabReport> {
  const [first] = reports;
  if (!first) throw new RangeError('a document of no report');
  const several = reports.length > 1;
  const vulnerabilities: GitlabVulnerability[] = [];
  for (const report of reports) {
    const prints = distinctPrints(await issues(report, how.filter, how.language), report, several);
    vulnerabilities.push(...prints.filter(({ issue }) => issue.suppressed === undefined).flatMap((print) => vulnerability(print, report)));
  }
  const tool = { id: 'plimsoll', name: 'Plimsoll', version: first.tool.version, vendor: { name: 'Plimsoll' } };
  const time = first.createdAt.slice(0, 19);
  return {
    version: '15.2.1',
    schema: SCHEMA,
    scan: {
      type: 'container_scanning',
      status: 'success',
      start_time: time,
      end_time: time,
      analyzer: tool,
      scanner: tool,
      messages: messages(reports, how),
    },
    vulnerabilities,
  };
}

/** What holds for several platforms is said once. */
function messages(reports: readonly Report[], { language }: Rendering): GitlabReport['scan']['messages'] {
  const { warning } = catalogues(language);
  const texts = reports.flatMap(({ warnings }) => warnings.map(({ code, params }) => safeText(fill(warning[code], params))));
  return [...new Set(texts)].map((value) => ({ level: 'warn', value }));
}

function vulnerability({ issue, hash }: DistinctPrint, report: Report): readonly GitlabVulnerability[] {
  const { finding, remedy, message, why, severity } = issue;
  if (!finding) return [];
  const vectors = finding.cvss.flatMap(vector).slice(0, MOST_VECTORS);
  return [
    {
      id: uuid(hash),
      name: cut([issue.rule, ...issue.aliases].join(', '), MOST_NAME),
      description: cut(`${message} ${why}`, MOST_DESCRIPTION),
      severity: SEVERITY[severity],
      solution: cut(remedy, MOST_SOLUTION),
      identifiers: identifiers(finding),
      ...(vectors.length === 0 ? {} : { cvss_vectors: vectors }),
      links: issue.references
        .filter((url) => /^(https?|ftp):\/\/[^\s]/.test(url))
        .slice(0, MOST_LISTED)
        .map((url) => ({ url: safeText(url) })),
      details: details(issue, report),
      location: location(finding, report),
    },
  ];
}

function identifiers({ id, kind, aliases, cwes = [], url }: Finding): GitlabVulnerability['identifiers'] {
  const web = url !== undefined && /^https?:\/\/[^\s]+$/.test(url) ? { url: safeText(url) } : {};
  const typeOf = (name: string): string =>
    kind === 'end-of-life' ? 'plimsoll' : (/^([A-Za-z]+)-/.exec(name)?.[1] ?? 'plimsoll').toLowerCase();
  const name = (text: string) => ({ type: typeOf(text), name: cut(text, MOST_NAME), value: cut(text, MOST_NAME) });
  const weaknesses = cwes.flatMap((cwe) => {
    const number = /^CWE-(\d+)$/i.exec(cwe)?.[1];
    return number === undefined
      ? []
      : [{ type: 'cwe', name: `CWE-${number}`, value: number, url: `https://cwe.mitre.org/data/definitions/${number}.html` }];
  });
  return [{ ...name(id), ...web }, ...aliases.map(name), ...weaknesses].slice(0, MOST_IDENTIFIERS);
}

/** Those that GitLab's schema has a pattern for: CVSS 2 without a prefix, 3.0 and 3.1. */
function vector({ vector: text, source }: Finding['cvss'][number]): readonly { readonly vendor: string; readonly vector: string }[] {
  const metrics = '(?:[A-Za-z]{1,3}:[A-Z]{1,3}/)*[A-Za-z]{1,3}:[A-Z]{1,3}';
  const third = new RegExp(`^CVSS:3[.][01]/AV:[NALP]/${metrics}$`).test(text) && text.length >= 32;
  const second = new RegExp(`^AV:[NAL]/${metrics}$`).test(text) && text.length >= 16;
  return (third || second) && text.length <= 128 ? [{ vendor: cut(source, MOST_NAME) || 'unknown', vector: text }] : [];
}

function details({ finding, places, change, origin }: Issue, report: Report): Readonly<Record<string, GitlabDetail>> {
  const paths = places.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const instruction = places[0]?.layer?.createdBy;
  const platform = platformName(report.inventory.target);
  const text = (name: string, value: string): GitlabDetail => ({ name, type: 'text', value: safeText(value) });
  const { kev, epss, package: of } = finding ?? {};
  return {
    ...(of ? { purl: text('Package URL', of.purl) } : {}),
    ...(paths.length === 0
      ? {}
      : {
          paths: {
            name: 'Paths',
            type: 'list',
            items: paths.slice(0, MOST_LISTED).map((path) => ({ type: 'text', value: safeText(path) })),
          },
        }),
    ...(instruction === undefined ? {} : { instruction: { name: 'Instruction', type: 'code', value: safeText(instruction) } }),
    ...(platform === '' ? {} : { platform: text('Platform', platform) }),
    ...(epss ? { epss: { name: 'EPSS', type: 'value', value: epss.score } } : {}),
    ...(kev ? { kev: text('CISA KEV', kev.dateAdded) } : {}),
    ...(change === undefined ? {} : { change: text('Change', change) }),
    ...(origin === undefined ? {} : { origin: text('Origin', origin) }),
  };
}

function location({ package: of }: Finding, { inventory: { target, distro } }: Report): GitlabVulnerability['location'] {
  const name = safeText(target.name) || '-';
  const repository = target.repository === undefined ? undefined : safeText(target.repository);
  return {
    dependency: { package: { name: safeText(of.name) }, version: safeText(of.version) },
    operating_system: (distro && safeText([distro.id, distro.versionId].filter(Boolean).join(' '))) || 'unknown',
    image: name,
    ...(repository === undefined || repository === '' || repository.length > MOST_NAME ? {} : { default_branch_image: repository }),
  };
}

/** A UUID of version 8 (RFC 9562, section 5.8) made of a hash in hex. */
function uuid(hash: string): string {
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, variant + hash.slice(17, 20), hash.slice(20, 32)].join('-');
}
