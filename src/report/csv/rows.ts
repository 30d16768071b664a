import type { Report } from '../../model/index.ts';
import { csvLine as line } from '../csv-line.ts';
import { type Issue, type IssuePlace, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering, Writer } from '../types.ts';

/** New ones are added at the end. */
export const COLUMNS = [
  'target',
  'platform',
  'digest',
  'kind',
  'id',
  'severity',
  'counted',
  'not_counted_by',
  'not_counted_reason',
  'change',
  'origin',
  'package',
  'version',
  'fixed_versions',
  'fix_state',
  'purl',
  'path',
  'line',
  'layer',
  'dockerfile',
  'dockerfile_line',
  'title',
  'message',
  'remedy',
  'aliases',
  'cvss',
  'epss',
  'kev',
  'url',
  'published',
  'fingerprint',
] as const;

type Cells = Readonly<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/** The first line, which names the columns. */
export function head(): string {
  return line(COLUMNS);
}

/** All lines of one report. */
export async function writeRows(report: Report, out: Writer, how: Rendering): Promise<void> {
  for (const issue of await issues(report, how.filter, how.language)) {
    const places: readonly IssuePlace[] = issue.places.length > 0 ? issue.places : [{ inImage: true }];
    out.write(
      places
        .map((place, i) => {
          const cells = { ...cellsOf(issue, report), ...cellsAt(place, issue, i) };
          return line(COLUMNS.map((name) => cells[name]));
        })
        .join(''),
    );
  }
}

type PlaceCells = Pick<Cells, 'path' | 'line' | 'layer' | 'dockerfile' | 'dockerfile_line' | 'fingerprint'>;

function cellsOf(issue: Issue, { inventory: { target } }: Report): Omit<Cells, keyof PlaceCells> {
  const { kind, rule, severity, suppressed, change, origin, finding, references } = issue;
  return {
    target: target.name,
    platform: platformName(target),
    digest: target.digest,
    kind,
    id: rule,
    severity,
    counted: suppressed === undefined ? 'yes' : 'no',
    not_counted_by: suppressed?.by,
    not_counted_reason: suppressed?.reason,
    change,
    origin,
    package: finding?.package.name,
    version: finding?.package.version,
    fixed_versions: finding?.fix.versions.join(' '),
    fix_state: finding?.fix.state,
    purl: finding?.package.purl,
    title: issue.title,
    message: issue.message,
    remedy: issue.remedy,
    aliases: issue.aliases.join(' '),
    cvss: finding?.cvss[0]?.baseScore,
    epss: finding?.epss?.score,
    kev: finding === undefined ? undefined : finding.kev ? 'yes' : 'no',
    url: finding?.url ?? references[0],
    published: finding?.published,
  };
}

function cellsAt({ path, name, line: at, layer, dockerfile }: IssuePlace, { finding, fingerprint }: Issue, i: number): PlaceCells {
  const own = finding?.locations[i]?.fingerprint;
  return {
    path: path ?? name,
    line: at,
    layer: layer?.index,
    dockerfile: dockerfile?.file,
    dockerfile_line: dockerfile?.line,
    fingerprint: own === undefined ? fingerprint : own.slice(own.indexOf(':') + 1),
  };
}
