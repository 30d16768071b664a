import { fill } from '../../messages/fill.ts';
import { catalogues } from '../../messages/index.ts';
import type { Finding, Report, SeverityLevel } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { cut } from '../cut.ts';
import { type DistinctPrint, distinctPrints, once } from '../distinct-prints.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering } from '../types.ts';
import { type GitlabKind, MOST_NAME } from './kind.ts';
import type { GitlabDetail, GitlabLocation, GitlabReport, GitlabVulnerability } from './schema.ts';

const SCHEMAS = 'https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v15.2.1/dist';
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
export async function gitlabReport(kind: GitlabKind, reports: readonly Report[], how: Rendering): Promise<GitlabReport> {
  const [first] = reports;
  if (!first) throw new RangeError('a document of no report');
  const several = reports.length > 1;
  const vulnerabilities: GitlabVulnerability[] = [];
  for (const report of reports) {
    const all = await issues(report, how.filter, how.language);
    const entries = all.filter(({ suppressed }) => suppressed === undefined).flatMap(kind.entries);
    vulnerabilities.push(...distinctPrints(entries, report, several).map((print) => vulnerability(kind, print, report, how)));
  }
  const tool = { id: 'plimsoll', name: 'Plimsoll', version: first.tool.version, vendor: { name: 'Plimsoll' } };
  const time = first.createdAt.slice(0, 19);
  return {
    version: '15.2.1',
    schema: `${SCHEMAS}/${kind.scan.replaceAll('_', '-')}-report-format.json`,
    scan: {
      type: kind.scan,
      status: 'success',
      start_time: time,
      end_time: time,
      analyzer: tool,
      scanner: tool,
      messages: messages(reports, how),
    },
    vulnerabilities: once(vulnerabilities, ({ id }) => id),
  };
}

/** What holds for several platforms is said once. */
function messages(reports: readonly Report[], { language }: Rendering): GitlabReport['scan']['messages'] {
  const { warning } = catalogues(language);
  const texts = reports.flatMap(({ warnings }) => warnings.map(({ code, params }) => safeText(fill(warning[code], params))));
  return [...new Set(texts)].map((value) => ({ level: 'warn', value }));
}

function vulnerability(kind: GitlabKind, { issue, hash }: DistinctPrint, report: Report, how: Rendering): GitlabVulnerability {
  const { finding, remedy, message, why, severity } = issue;
  const vectors = (finding?.cvss ?? []).flatMap(vector).slice(0, MOST_VECTORS);
  const location = kind.location(issue, report, how);
  return {
    id: uuid(hash),
    name: cut(kind.name(issue), MOST_NAME),
    description: cut(`${message} ${why}`, MOST_DESCRIPTION),
    severity: SEVERITY[severity],
    solution: cut(remedy, MOST_SOLUTION),
    identifiers: kind.identifiers(issue).slice(0, MOST_IDENTIFIERS),
    ...(vectors.length === 0 ? {} : { cvss_vectors: vectors }),
    links: issue.references
      .filter((url) => /^(https?|ftp):\/\/[^\s]/.test(url))
      .slice(0, MOST_LISTED)
      .map((url) => ({ url: safeText(url) })),
    details: details(issue, report),
    ...tracking(location, hash),
    location,
  };
}

/** Lines move: what lies in one is recognised by the finding's own print. */
function tracking({ file, start_line: start, end_line: end }: GitlabLocation, hash: string): Pick<GitlabVulnerability, 'tracking'> {
  if (file === undefined || start === undefined || end === undefined) return {};
  const item = { file, start_line: start, end_line: end, signatures: [{ algorithm: 'hash' as const, value: hash }] };
  return { tracking: { type: 'source', items: [item] } };
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

/** A UUID of version 8 (RFC 9562, section 5.8) made of a hash in hex. */
function uuid(hash: string): string {
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, variant + hash.slice(17, 20), hash.slice(20, 32)].join('-');
}
