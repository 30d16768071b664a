import type { FindingWords } from '../../messages/findings.ts';
import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { cut } from '../cut.ts';
import { cwesOf, type Issue } from '../issues.ts';
import { escapedMarkdown as escaped } from '../markdown-text.ts';
import { levelOf } from './result.ts';
import type { SarifRule } from './schema.ts';

/** Tags of one rule that GitHub shows; it refuses files with more than twenty. */
const MOST_TAGS = 10;
/** Characters of descriptions that GitHub takes. Source: GitHub docs, "SARIF support for code scanning", reportingDescriptor. */
const MOST_TEXT = 1024;
const MOST_NAME = 255;
/** Packages and references that a rule's help lists. */
const MOST_LISTED = 20;

/** GitHub's bands for `security-severity`, and a number in the middle of each. */
const BAND: Readonly<Record<SeverityLevel, readonly [from: number, to: number, middle: number]>> = {
  critical: [9, 10, 9.5],
  high: [7, 8.9, 8],
  medium: [4, 6.9, 5.5],
  low: [0.1, 3.9, 2],
  negligible: [0.1, 3.9, 0.1],
  unknown: [0.1, 3.9, 0.1],
};

/** What all findings of one rule have in common. There is at least one. */
export function rule(group: readonly Issue[], words: FindingWords): SarifRule {
  const worst = group.reduce((a, b) => (SEVERITIES.indexOf(b.severity) < SEVERITIES.indexOf(a.severity) ? b : a));
  const short = shortTitle(worst);
  const helpUri = worst.references.find((url) => /^https?:\/\//.test(url));
  return {
    id: worst.rule,
    name: readableName(worst),
    shortDescription: { text: cut(short, MOST_TEXT) },
    fullDescription: { text: cut([short, worst.why].filter(Boolean).join('. '), MOST_TEXT) },
    help: help(group, worst, words),
    ...(helpUri === undefined ? {} : { helpUri: encodeURI(decoded(helpUri.toWellFormed()).toWellFormed()) }),
    defaultConfiguration: { level: levelOf(worst.severity) },
    properties: {
      'security-severity': securitySeverity(worst),
      'precision': worst.finding?.verdict === 'undecided' ? 'low' : worst.kind === 'secret' ? 'high' : 'very-high',
      'tags': tags(worst),
    },
  };
}

/** `Vulnerability`, `DockerfileLastUserRoot`: another text than the id, as one identifier. Source: SARIF 2.1.0, 3.49.7 "name property". */
function readableName({ finding, kind, rule: id }: Issue): string {
  const words = (finding ? kind : id).match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join('')
    .slice(0, MOST_NAME);
}

/** A flaw is in several packages: its rule does not name one. */
function shortTitle(issue: Issue): string {
  return issue.kind === 'vulnerability' ? [issue.rule, ...issue.aliases].join(', ') : issue.title;
}

function help(group: readonly Issue[], worst: Issue, words: FindingWords): SarifRule['help'] {
  const packages = group.flatMap(({ finding }) => (finding ? [finding] : []));
  const rows = packages.slice(0, MOST_LISTED).map(({ package: of, fix }) => {
    const fixed = fix.versions.join(', ') || words(`fix.${fix.state}`, { package: of.name });
    return [of.name, of.version, fixed];
  });
  const remedy = packages.length > 1 ? '' : worst.remedy;
  const references = worst.references.slice(0, MOST_LISTED);
  const text = [
    worst.why,
    remedy,
    ...rows.map((row) => row.join(' ')),
    ...(worst.aliases.length > 0 ? [`${words('help.aliases')}: ${worst.aliases.join(', ')}`] : []),
    ...(worst.benchmarks.length > 0 ? [`${words('help.benchmarks')}: ${worst.benchmarks.join(', ')}`] : []),
    ...references,
  ];
  const table = [
    `| ${words('help.package')} | ${words('help.installed')} | ${words('help.fixed')} |`,
    '|---|---|---|',
    ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`),
  ];
  const markdown = [
    `**${escaped(shortTitle(worst))}**`,
    escaped(worst.why),
    ...(remedy ? [`**${words('help.remedy')}**: ${escaped(remedy)}`] : []),
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(worst.aliases.length > 0 ? [`${words('help.aliases')}: ${worst.aliases.map(escaped).join(', ')}`] : []),
    ...(worst.benchmarks.length > 0 ? [`${words('help.benchmarks')}: ${worst.benchmarks.map(escaped).join(', ')}`] : []),
    ...(references.length > 0 ? [references.map((url) => `- <${url.replace(/[<>\s]/g, '')}>`).join('\n')] : []),
  ];
  return { text: safeLines(text.filter(Boolean).join('\n')), markdown: safeLines(markdown.filter(Boolean).join('\n\n')) };
}

/** The CVSS score where it says the same as the severity that was chosen, else the middle of the severity's band. */
function securitySeverity({ severity, finding }: Issue): string {
  const [from, to, middle] = BAND[severity];
  const score = finding?.cvss.find(({ baseScore }) => baseScore >= from && baseScore <= to)?.baseScore;
  return (score ?? middle).toFixed(1);
}

function tags(issue: Issue): readonly string[] {
  const cwes = cwesOf(issue).map((cwe) => `external/cwe/${cwe.toLowerCase()}`);
  const all = ['security', issue.kind, issue.severity, ...(issue.finding?.kev ? ['kev'] : []), ...cwes, ...issue.benchmarks];
  return [...new Set(all.map(safeText))].slice(0, MOST_TAGS);
}

function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n');
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
