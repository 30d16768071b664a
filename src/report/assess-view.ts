import { type AssessWords, assessWords } from '../messages/assess.ts';
import { fill } from '../messages/fill.ts';
import { type Catalogues, catalogues } from '../messages/index.ts';
import { type Finding, type Recommendation, type Report, SEVERITIES, type SeverityLevel } from '../model/index.ts';
import { safeText } from '../util/terminal/text.ts';
import { gapText } from './gap-text.ts';
import { bytes, maskedCommand } from './image-facts.ts';
import { type Issue, type IssuePlace, issues } from './issues.ts';
import type { Rendering } from './types.ts';

/** A report put into words and sorted into its sections, for the formats that people read. Texts are harmless on a terminal. */
export interface AssessView {
  readonly report: Report;
  readonly words: AssessWords;
  readonly catalogue: Catalogues;
  /** Of packages, end of life and malware included; worst first, what does not apply last. */
  readonly packages: readonly Issue[];
  readonly secrets: readonly Issue[];
  readonly checks: readonly Issue[];
  /** What other tools found. */
  readonly imported: readonly Issue[];
  /** What exceptions keep from counting, and the sum against the baseline. */
  readonly standing: readonly string[];
  readonly recommendations: readonly Recommended[];
  readonly notes: readonly string[];
}

export interface Recommended extends Recommendation {
  readonly text: string;
  /** How; empty where the text says it all. */
  readonly remedy: string;
}

/** Gaps that are listed one by one. */
const MOST_GAPS = 20;

export async function assessView(report: Report, how: Rendering): Promise<AssessView> {
  const words = assessWords(how.language);
  const catalogue = catalogues(how.language);
  const all = (await issues(report, how.filter, how.language)).map(harmless);
  const everything = await issues(report, { ignoreUnfixed: false }, how.language);
  const byRule = new Map(everything.map((issue) => [issue.rule, issue]));
  return {
    report,
    words,
    catalogue,
    packages: all.filter(({ finding }) => finding !== undefined),
    secrets: all.filter(({ secret }) => secret !== undefined),
    checks: all.filter(({ check }) => check !== undefined),
    imported: all.filter(({ imported }) => imported !== undefined),
    standing: report.exceptions || report.baseline ? await standingOf(report, how) : [],
    recommendations: (report.recommendations ?? []).map((each) => recommended(each, byRule, words)),
    notes: notes(report, words, catalogue),
  };
}

async function standingOf(report: Report, { language }: Rendering): Promise<readonly string[]> {
  const [{ standingWords }, { standingLines }] = await Promise.all([import('../messages/standing-text.ts'), import('./standing-text.ts')]);
  return standingLines(report, standingWords(language));
}

function recommended(each: Recommendation, byRule: ReadonlyMap<string, Issue>, words: AssessWords): Recommended {
  const issue = each.rule === undefined ? undefined : byRule.get(each.rule);
  const params: Record<string, string | number> = { ...each.params, title: issue?.title ?? each.rule ?? '' };
  return { ...each, text: safeText(words(`recommend.${each.code}`, params)), remedy: safeText(issue?.remedy ?? '') };
}

function notes(report: Report, words: AssessWords, catalogue: Catalogues): readonly string[] {
  const { gaps } = report.inventory;
  return [
    ...report.warnings.map(({ code, params }) => safeText(fill(catalogue.warning[code], params))),
    ...gaps
      .slice(0, MOST_GAPS)
      .map(({ code, params, stage, path }) =>
        safeText(
          words('notes.gap', { what: `${path === undefined ? stage : `${path} (${stage})`}: ${gapText({ code, params }, catalogue)}` }),
        ),
      ),
    ...(gaps.length > MOST_GAPS ? [words('notes.more-gaps', { count: gaps.length - MOST_GAPS })] : []),
  ];
}

function harmless(issue: Issue): Issue {
  const { title, message, why, remedy } = issue;
  return { ...issue, title: safeText(title), message: safeText(message), why: safeText(why), remedy: safeText(remedy) };
}

/** The findings of issues that count. */
export function packagesOf(of: readonly Issue[]): readonly Finding[] {
  return of.flatMap(({ finding, suppressed }) => (finding && !suppressed ? [finding] : []));
}

/** How many of each severity are not suppressed; only severities that there are, worst first. */
export function severityCounts(of: readonly Issue[]): readonly (readonly [SeverityLevel, number])[] {
  const counted = of.filter(({ suppressed }) => suppressed === undefined);
  return SEVERITIES.map((level) => [level, counted.filter(({ severity }) => severity === level).length] as const).filter(
    ([, count]) => count > 0,
  );
}

/** `Critical 1, High 2`; where nothing counts, how much there is. */
export function countsText(of: readonly Issue[], words: AssessWords): string {
  return (
    severityCounts(of)
      .map(([level, count]) => `${words(`severity.${level}`)} ${count}`)
      .join(', ') || (of.length === 0 ? words('summary.nothing') : words('summary.nothing-counts', { count: of.length }))
  );
}

/** `Dockerfile:4:1`, `etc/passwd`, `environment DATABASE_URL`. */
export function placeText({ path, line, column, name, dockerfile }: IssuePlace): string {
  const own =
    path === undefined
      ? (name ?? '')
      : [path, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  return safeText(dockerfile && dockerfile.file !== path ? `${own} (${dockerfile.file}:${dockerfile.line})` : own);
}

/** Why a finding is not counted; undefined where it is. */
export function suppressedText({ suppressed }: Issue, words: AssessWords): string | undefined {
  if (!suppressed) return undefined;
  const by = words(`suppressed.${suppressed.by}`);
  const reason = suppressed.reason === undefined || suppressed.by === 'not-applicable' ? by : `${by}, ${suppressed.reason}`;
  return safeText(words('suppressed', { reason }));
}

/** What beside its severity is to be known of a finding at once; empty where there is nothing. */
export function noteText(issue: Issue, words: AssessWords): string {
  const { kind, finding, change, origin } = issue;
  const about =
    suppressedText(issue, words) ??
    (finding?.verdict === 'undecided'
      ? words('undecided')
      : kind === 'malware' || kind === 'end-of-life'
        ? words(`kind.${kind}`)
        : undefined);
  const fresh = change === undefined || change === 'unchanged' ? undefined : words(`change.${change}`);
  return [fresh, about, origin === 'base' ? words('origin.base') : undefined].filter((part) => part !== undefined).join(', ');
}

/** What was looked through for secrets; undefined where nobody looked. */
export function secretsScope({ secrets }: Report, words: AssessWords): string | undefined {
  if (!secrets) return undefined;
  const skipped = secrets.skipped
    .filter(({ files }) => files > 0)
    .map(({ class: name, files, bytes: size }) => words('secrets.skipped', { class: name, files, bytes: bytes(size) }));
  return words('secrets.scope', {
    rules: secrets.rules,
    files: secrets.scanned.files,
    bytes: bytes(secrets.scanned.bytes),
    skipped: skipped.join('; ') || words('secrets.nothing-skipped'),
  });
}

/** An instruction as the history has it, on one line, without what shells and builders add, secrets by name masked. */
export function instructionText(createdBy: string | undefined): string {
  const line = (createdBy ?? '').replace(/\s+/g, ' ').trim();
  const bare = line
    .replace(/^\/bin\/sh -c #\(nop\) +/, '')
    .replace(/^RUN \/bin\/sh -c |^\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '');
  return safeText(maskedCommand(bare));
}
