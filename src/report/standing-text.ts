import { fill } from '../messages/fill.ts';
import type { StandingWords } from '../messages/standing-text.ts';
import type { Change, ExceptionsReport, Report } from '../model/index.ts';
import { safeText } from '../util/terminal/text.ts';

/** Fixed findings that are named. */
const MOST_FIXED = 5;

/** How many findings each file of exceptions keeps from counting. */
export function exceptionsLine({ files }: ExceptionsReport, words: StandingWords): string {
  const count = files.reduce((sum, { suppressed }) => sum + suppressed, 0);
  return fill(words['exceptions.used'], {
    count,
    files: files
      .map((file) => fill(words[file.applied === undefined ? 'exceptions.file-uncounted' : 'exceptions.file'], { ...file }))
      .join('; '),
  });
}

type Standing = { readonly change?: Change };

/** What exceptions keep from counting, and how the report stands against its baseline: a sentence each, none where there is neither. */
export function standingLines(
  {
    findings,
    secrets,
    checks,
    imported,
    exceptions,
    baseline,
  }: Pick<Report, 'findings' | 'secrets' | 'checks' | 'imported' | 'exceptions' | 'baseline'>,
  words: StandingWords,
): readonly string[] {
  const lines: string[] = [];
  if (exceptions) lines.push(exceptionsLine(exceptions, words));
  if (baseline) {
    const all: readonly Standing[] = [
      ...findings.filter(({ verdict }) => verdict !== 'not-applicable'),
      ...(secrets?.findings ?? []),
      ...(checks?.findings ?? []),
      ...(imported?.findings ?? []),
    ];
    const of = (change: Change): number => all.filter((each) => each.change === change).length;
    const [change, disclosure] = [of('new-by-change'), of('new-by-disclosure')];
    const { spec, fixed } = baseline;
    const params = { spec, fresh: change + disclosure, change, disclosure, unchanged: of('unchanged'), fixed: fixed.length };
    lines.push(fill(words['baseline.line'], params));
    const named = fixed.slice(0, MOST_FIXED).map(({ id, what, why = 'gone' }) => fill(words[`fixed.${why}`], { id, what }));
    if (named.length > 0)
      lines.push(fill(words['baseline.fixed'], { list: [...named, ...(fixed.length > named.length ? ['...'] : [])].join(', ') }));
  }
  return lines.map(safeText);
}
