import type { Advisory, CvssScore, Finding, Flaw, SeverityLevel, SeverityStatement } from '../model/index.ts';
import { type Exploitation, exploitationOf, levelOf, scoreCvss } from './cvss/index.ts';

export interface RatingInput {
  readonly kind: Finding['kind'];
  readonly flaw: Flaw;
  /** The statements that count, the deciding one first. */
  readonly statements: readonly Advisory[];
}

export interface SeverityRating {
  readonly severity: SeverityLevel;
  /** The first is the one that `severity` follows. */
  readonly severities: readonly SeverityStatement[];
  readonly cvss: readonly CvssScore[];
}

/**
 * How bad a finding is, by the first of: the vendor's own word for its own package (a distribution's label, or its word for the
 * flaw; for a language GHSA's, where GHSA speaks of the package); CVSS of the statements that decided; the vendor's own; CVSS by
 * the CNA, CISA, the NVD, others.
 * Within one source v4.0 comes before v3.1, v3.0 and v2. The level follows base scores: exploitation is shown beside it
 * (`temporalScore`), it does not change the label. Malware is critical whatever anybody says.
 */
export function rate({ kind, flaw, statements }: RatingInput): SeverityRating {
  const exploitation = exploitationOf(flaw);
  const own = statements.flatMap((each) => ownScores(each, exploitation));
  const general = flaw.cvss.flatMap(({ vector, source }) => scoreCvss(vector, source, exploitation) ?? []).sort(bySourceThenVersion);
  const labels = unique(statements.flatMap((each) => vendorLabel(each)));
  const reviewers = flaw.severities ?? [];
  const isOwn = ({ source }: { readonly source: string }) => statements.some((each) => vendorOf(each.feed) === vendorOf(source));
  const cvss = unique([...own, ...general.filter(isOwn), ...general.filter((each) => !isOwn(each))]);

  const severities: readonly SeverityStatement[] = [
    ...(kind === 'malware' ? [{ level: 'critical', source: statements[0]?.feed ?? 'malicious', label: 'malware' } as const] : []),
    ...labels,
    ...reviewers.filter((each) => isOwn(each) && !labels.some(({ level, source }) => level === each.level && source === each.source)),
    ...cvss.map((score) => ({ level: levelOf(score), source: score.source, cvss: score })),
    ...reviewers.filter((each) => !isOwn(each)),
  ];
  return { severity: severities[0]?.level ?? 'unknown', severities, cvss };
}

/**
 * The vendors' words. Sources: Debian security tracker, "Severity levels" (`unimportant`: no security support or no
 * practical effect); Red Hat, "Severity ratings"; Ubuntu CVE priorities; SUSE ratings; GHSA.
 */
const LABELS: Readonly<Record<string, SeverityLevel>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  minor: 'low',
  negligible: 'negligible',
  unimportant: 'negligible',
  none: 'negligible',
};

/** `redhat` of the feeds `redhat-osv`, `redhat-cve` and `redhat-vex`: what one of them says is the others' word as well. */
function vendorOf(feed: string): string {
  return feed.split('-')[0] ?? feed;
}

function vendorLabel({ severityLabel, feed }: Advisory): readonly SeverityStatement[] {
  const level = severityLabel === undefined ? undefined : LABELS[severityLabel.toLowerCase()];
  return level && severityLabel !== undefined ? [{ level, source: feed, label: severityLabel }] : [];
}

/** Vectors of a bundle of several flaws belong to none of them. */
function ownScores(advisory: Advisory, exploitation: Exploitation): readonly CvssScore[] {
  if (advisory.flaws.length > 1) return [];
  return advisory.cvss.flatMap((vector) => scoreCvss(vector, advisory.feed, exploitation) ?? []).sort(bySourceThenVersion);
}

const SOURCES = ['cna', 'cisa-vulnrichment', 'nvd'];

function bySourceThenVersion(a: CvssScore, b: CvssScore): number {
  return rankOf(a.source) - rankOf(b.source) || Number(b.version) - Number(a.version);
}

function rankOf(source: string): number {
  const rank = SOURCES.indexOf(source);
  return rank < 0 ? SOURCES.length : rank;
}

function unique<T extends CvssScore | SeverityStatement>(items: readonly T[]): readonly T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = 'vector' in item ? `${item.source}\0${item.vector}` : `${item.source}\0${item.label}`;
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}
