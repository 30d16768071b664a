import { fill } from '../../messages/fill.ts';
import { catalogues } from '../../messages/index.ts';
import { type LintWords, lintWords } from '../../messages/lint.ts';
import { standingWords } from '../../messages/standing-text.ts';
import {
  type BaselineReport,
  type CheckFinding,
  type ChecksReport,
  type Decision,
  type ExceptionsReport,
  type Gap,
  SNIPPET_LEAD,
} from '../../model/index.ts';
import { displayWidth, safeText, wrap } from '../../util/terminal/text.ts';
import { findingText, type LintLevel, lintLevel } from '../check-sentences.ts';
import { palette } from '../palette.ts';
import { standingLines } from '../standing-text.ts';
import type { Rendering, Writer } from '../types.ts';

export interface ChecksText {
  readonly checks: ChecksReport;
  readonly gaps: readonly Gap[];
  readonly decision: Decision;
  readonly exceptions?: ExceptionsReport;
  readonly baseline?: BaselineReport;
}

/**
 * Findings for people, file by file in the order of lines: `file:line:column level id message`, the offending line with a caret, why it
 * matters, what to do and where to read on. A rule met again in the same file is explained once.
 */
export function writeChecksText(
  { checks, gaps, decision, exceptions, baseline }: ChecksText,
  out: Writer,
  how: Omit<Rendering, 'filter'>,
): void {
  const words = lintWords(how.language);
  const standing = standingWords(how.language);
  const gapWords = catalogues(how.language).gap;
  const colours = palette(how.colour);
  const shown = checks.findings.filter((finding) => finding.suppressed === undefined);
  const width = Math.max(40, how.width ?? 10_000);

  for (const findings of byFile(shown).values()) {
    const explained = new Set<string>();
    for (const finding of findings) {
      const again = explained.has(finding.id);
      explained.add(finding.id);
      for (const line of findingLines(finding, again)) out.write(`${line}\n`);
      out.write('\n');
    }
  }
  for (const gap of gaps) out.write(`${colours.warn(safeText(`${words.gap}: ${fill(gapWords[gap.code], gap.params)}`))}\n`);
  for (const line of summary()) out.write(`${line}\n`);

  function findingLines(finding: CheckFinding, again: boolean): string[] {
    const level = lintLevel(finding.severity);
    const { message, why, remedy } = findingText(finding, how.language);
    const names = [finding.id, ...finding.aliases.slice(0, 3)].join(' ');
    const about = finding.resource === undefined ? '' : ` ${colours.dim(`(${safeText(resourceText(finding.resource, words))})`)}`;
    const mark = finding.change === 'new-by-change' ? ` ${colours.bold(catalogues(how.language).report['mark.new-by-change'])}` : '';
    const head = `${colours.bold(safeText(placeOf(finding)))} ${colours.severity(finding.severity)(words[`level.${level}`])}${mark} ${colours.dim(names)} ${safeText(message)}${about}`;
    const lines = [head, ...snippetLines(finding)];
    if (again) return lines;
    lines.push(...labelled(words.why, why), ...labelled(words.remedy, remedy));
    const references = [...finding.benchmarks, ...finding.references.slice(0, 2)].join(', ');
    if (references) lines.push(`  ${colours.dim(`${words.reference}: ${safeText(references)}`)}`);
    if (finding.fix) lines.push(`  ${colours.good(words.fixable)}`);
    return lines;
  }

  function labelled(label: string, text: string): string[] {
    if (text === '') return [];
    const indent = ' '.repeat(4);
    return wrap(safeText(`${label}: ${text}`), width - 4).map((line, i) => (i === 0 ? `  ${line}` : `${indent}${line}`));
  }

  function snippetLines({ snippet, location }: CheckFinding): string[] {
    if (snippet === undefined || location.line === undefined) return [];
    const number = String(location.line);
    const line = `  ${colours.dim(`${number} |`)} ${safeText(snippet.replaceAll('\t', ' '))}`;
    const { column = 1, endColumn = column + 1, endLine = location.line } = location;
    const start = snippet.startsWith('…') ? 1 + SNIPPET_LEAD : column - 1;
    if (start >= snippet.length) return [line];
    const before = snippet.slice(0, start).replaceAll('\t', ' ');
    const marked = snippet.slice(start, endLine === location.line ? start + Math.max(1, endColumn - column) : undefined);
    const blank = ' '.repeat(displayWidth(safeText(before)));
    const marks = '^'.repeat(Math.max(1, displayWidth(safeText(marked.trimEnd()))));
    return [line, `  ${' '.repeat(number.length)} ${colours.dim('|')} ${blank}${colours.severity('high')(marks)}`];
  }

  function summary(): string[] {
    const count = (level: LintLevel) => shown.filter(({ severity }) => lintLevel(severity) === level).length;
    const counts = (['error', 'warning', 'info', 'style'] as const).map((level) => fill(words[`count.${level}`], { count: count(level) }));
    const suppressed = checks.findings.length - shown.length;
    const total =
      shown.length === 0
        ? fill(words.clean, { files: checks.files })
        : fill(words.total, { files: checks.files, counts: counts.join(', ') });
    const paint = decision.outcome === 'allow' ? colours.good : colours.bad;
    return [
      total,
      ...(suppressed > 0 ? [colours.dim(fill(words.suppressed, { count: suppressed }))] : []),
      ...standingLines({ findings: [], checks, ...(exceptions ? { exceptions } : {}), ...(baseline ? { baseline } : {}) }, standing).map(
        colours.dim,
      ),
      ...(decision.reasons[0]?.code === 'no-gate' ? [] : [paint(words[`gate.${decision.outcome}`])]),
    ];
  }
}

/** What findings are about, as checkers name it in fingerprints and JSON, in the reader's language. What is not of these forms stays as it is. */
const RESOURCES = [
  [/^stage (?<name>.+)$/s, 'resource.stage'],
  [/^service (?<name>.+)$/s, 'resource.service'],
  [/^(?<object>\S+) container(?: (?<name>\S+))?$/, 'resource.container'],
  [/^(?<object>\S+) init container(?: (?<name>\S+))?$/, 'resource.init'],
  [/^(?<object>\S+) ephemeral container(?: (?<name>\S+))?$/, 'resource.ephemeral'],
] as const;

function resourceText(resource: string, words: LintWords): string {
  for (const [form, key] of RESOURCES) {
    const groups = form.exec(resource)?.groups;
    if (groups) return fill(words[key], { object: groups.object ?? '', name: groups.name ?? '' }).trimEnd();
  }
  return resource;
}

function placeOf({ location: { file, line, column } }: CheckFinding): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** In the order of lines; files in the order of their names. */
function byFile(findings: readonly CheckFinding[]): ReadonlyMap<string, readonly CheckFinding[]> {
  const files = Map.groupBy(findings, ({ location }) => location.file);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const line = ({ location }: CheckFinding) => (location.line ?? 0) * 1e6 + (location.column ?? 0);
  return new Map(sorted.map(([file, each]) => [file, [...each].sort((a, b) => line(a) - line(b))]));
}
