import { createHash } from 'node:crypto';
import { type CheckDomain, type CheckFinding, SNIPPET_LEAD } from '../model/index.ts';
import { type Lines, linesOf } from './place.ts';
import { findPragmas, type Pragma, type Scope } from './pragmas.ts';
import { IGNORE_WITHOUT_REASON } from './shared-rules.ts';
import type { CheckContext, CheckRule, Reported, RuleFacts, SourceText, Span } from './types.ts';

export interface RunOptions {
  readonly domain: CheckDomain;
  readonly context?: CheckContext;
  /** Ids of opt-in rules that are wanted. */
  readonly enabled?: ReadonlySet<string>;
  /** The lines that a pragma on or above a line covers; the line alone where it is not given. */
  readonly scope?: Scope;
  /** Pragmas of other tools that the text holds, already read. */
  readonly pragmas?: readonly Pragma[];
}

/** Collects findings of one text. Rules may be run over several documents or views of it. */
export interface RuleRun {
  readonly lines: Lines;
  /** `resource`: for reports that name none. */
  run<Document>(document: Document, rules: readonly CheckRule<Document>[], resource?: string): void;
  /** For what is met outside of rules: text that cannot be parsed. */
  report(rule: RuleFacts, at: Span, reported?: Reported): void;
  /** In the order of the text, then by id; suppressed ones included. */
  findings(): CheckFinding[];
}

/** Findings of `rules` over one document. */
export function runRules<Document>(
  source: SourceText,
  document: Document,
  rules: readonly CheckRule<Document>[],
  options: RunOptions,
): CheckFinding[] {
  const run = openRun(source, options);
  run.run(document, rules);
  return run.findings();
}

export function openRun(source: SourceText, options: RunOptions): RuleRun {
  const lines = linesOf(source.text);
  const reported: { start: number; finding: CheckFinding }[] = [];
  const repeats = new Map<string, number>();

  const report = (rule: RuleFacts, at: Span, given: Reported = {}) => {
    const key = keyOf(options.domain, rule.id, source.path, given);
    const repeat = repeats.get(key) ?? 0;
    repeats.set(key, repeat + 1);
    const fingerprint = createHash('sha256')
      .update(repeat === 0 ? key : `${key}#${repeat}`)
      .digest('hex');
    const { severity = rule.severity, params = {}, resource, fix } = given;
    const snippet = snippetOf(lines, at, given.masked, options.context?.mask);
    reported.push({
      start: at.start,
      finding: {
        kind: 'misconfiguration',
        id: rule.id,
        domain: options.domain,
        aliases: rule.aliases,
        severity,
        params,
        location: locationOf(source.path, lines, at),
        ...(snippet === '' ? {} : { snippet }),
        ...(resource === undefined ? {} : { resource }),
        benchmarks: rule.benchmarks ?? [],
        references: rule.references,
        fingerprint,
        ...(rule.text === undefined ? {} : { text: rule.text }),
        ...(fix === undefined ? {} : { fix }),
      },
    });
  };

  return {
    lines,
    report,
    run(document, rules, resource) {
      for (const rule of rules) {
        if (rule.optIn && !options.enabled?.has(rule.id)) continue;
        rule.check(document, (at, given) => report(rule, at, resource === undefined ? given : { resource, ...given }));
      }
    },
    findings() {
      const all = [...findPragmas(source.text, lines, options.scope), ...(options.pragmas ?? [])];
      const needReason = options.context?.requireReason === true;
      const counted = needReason ? all.filter((pragma) => pragma.reason !== undefined) : all;
      const before = reported.length;
      for (const pragma of all) {
        if (counted.includes(pragma)) continue;
        report(IGNORE_WITHOUT_REASON, pragma.at, { params: { rules: pragma.rules.join(', ') } });
      }
      // Those are not to be ignored in their turn, and are counted anew should somebody ask twice.
      const added = reported.splice(before);
      return [...reported.map((one) => ({ ...one, finding: suppress(one.finding, counted) })), ...added]
        .sort((a, b) => a.start - b.start || (a.finding.id < b.finding.id ? -1 : a.finding.id > b.finding.id ? 1 : 0))
        .map(({ finding }) => finding);
    },
  };
}

/** The finding, suppressed where a pragma covers its line and names it. Also for findings that `openRun` did not make. */
function suppress(finding: CheckFinding, pragmas: readonly Pragma[]): CheckFinding {
  if (finding.suppressed !== undefined || pragmas.length === 0) return finding;
  const names = new Set([finding.id, ...finding.aliases, '*'].map((name) => name.toLowerCase()));
  const line = finding.location.line ?? 1;
  const pragma = pragmas.find(
    ({ rules, lines }) =>
      (lines === undefined || (line >= lines.first && line <= lines.last)) && rules.some((rule) => names.has(rule.toLowerCase())),
  );
  if (!pragma) return finding;
  return { ...finding, suppressed: { by: 'pragma', ...(pragma.reason === undefined ? {} : { reason: pragma.reason }) } };
}

function keyOf(domain: CheckDomain, id: string, file: string, { resource, params = {} }: Reported): string {
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([domain, id, file, resource ?? '', sorted]);
}

function locationOf(file: string, lines: Lines, at: Span): CheckFinding['location'] {
  const start = lines.place(at.start);
  const end = lines.place(Math.max(at.end, at.start));
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Code units of a line that are shown, and those that a mask sees around them. */
const SHOWN = 2 * SNIPPET_LEAD;
const SEEN = 4096;

/** The line where a span begins, without its end, cut around the place, secrets replaced. */
function snippetOf(lines: Lines, at: Span, masked: readonly Span[] = [], mask: (line: string) => string = (line) => line): string {
  const { line, column } = lines.place(at.start);
  const whole = lines.text(line);
  const from = Math.max(0, column - 1 - SEEN / 2);
  let seen = whole.slice(from, from + SEEN);
  const offset = lines.start(line) + from;
  for (const { start, end } of masked) {
    const first = Math.max(0, start - offset);
    const last = Math.min(seen.length, end - offset);
    if (last > first) seen = `${seen.slice(0, first)}${'*'.repeat(last - first)}${seen.slice(last)}`;
  }
  const shown = mask(seen);
  if (shown.length <= SHOWN && from === 0) return shown;
  const middle = Math.max(0, column - 1 - from - SNIPPET_LEAD);
  const piece = shown.slice(middle, middle + SHOWN);
  return `${from + middle > 0 ? '…' : ''}${piece}${middle + SHOWN < shown.length || from + SEEN < whole.length ? '…' : ''}`;
}
