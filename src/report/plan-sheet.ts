import { fill, type Language } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import { recommendWords } from '../messages/recommend.ts';
import { type BaseCandidate, type Plan, type PlanStep, SEVERITIES, type SeverityCounts, type SeverityLevel } from '../model/index.ts';
import { bytes } from './image-facts.ts';
import type { Sheet, SheetCell, SheetSection } from './sheet.ts';

const DAY = 86_400_000;
/** Names of packages that a candidate lacks. */
const MOST_NAMES = 10;

/** A plan for people. */
export function planSheet(plan: Plan, language: Language): Sheet {
  const words = recommendWords(language);
  const { report, warning } = catalogues(language);
  const { base, candidates, steps, unreachable, notes } = plan;
  const cell = (text: string | number): SheetCell => ({ text: String(text) });
  const level = (severity: SeverityLevel): SheetCell => ({ text: report[`severity.${severity}`], severity });
  const counts = (of: SeverityCounts): string => {
    const parts = SEVERITIES.flatMap((severity) => (of[severity] ? [`${report[`severity.${severity}`]} ${of[severity]}`] : []));
    const count = Object.values(of).reduce((sum, each) => sum + each, 0);
    return parts.length === 0 ? '0' : words('count', { count, counts: parts.join(', ') });
  };
  const made = ({ created }: Pick<BaseCandidate, 'created'>): string => {
    if (created === undefined) return '';
    const days = Math.max(0, Math.floor((Date.parse(plan.createdAt) - Date.parse(created)) / DAY));
    return Number.isNaN(days) ? '' : words('days', { date: created.slice(0, 10), days });
  };
  const bases: SheetSection = {
    title: words('section.bases'),
    columns: (['image', 'kind', 'size', 'created', 'removed', 'added', 'left'] as const).map((name) => words(`column.${name}`)),
    rows: [
      ...candidates.map((each) => [
        each.name,
        words(`kind.${each.kind}`),
        bytes(each.size),
        made(each),
        counts(each.removed),
        counts(each.added),
        counts(each.left),
      ]),
      ...plan.unscanned.map((each) => [
        each.name,
        words(`kind.${each.kind}`),
        each.size === undefined ? '' : bytes(each.size),
        made(each),
        words('not-scanned', { code: each.code }),
        '',
        '',
      ]),
    ].map((row) => row.map(cell)),
    none: words('none.bases'),
    notes: [
      ...candidates.flatMap(({ name, lacks, lacksCount }) =>
        lacksCount === 0 ? [] : [words('lacks', { count: lacksCount, image: name, names: namesText(lacks, lacksCount) })],
      ),
      ...notes.filter(({ code }) => code !== 'not-proven').map(({ code, params }) => words(`note.${code}`, params)),
    ],
  };
  const todo: SheetSection = {
    title: words('section.steps'),
    columns: (['step', 'what', 'severity', 'findings', 'more', 'total'] as const).map((name) => words(`column.${name}`)),
    rows: steps.map((step, i) => [
      cell(i + 1),
      cell(words(step.code === 'base' && step.params.from === step.params.to ? 'step.base-anew' : `step.${step.code}`, step.params)),
      level(step.severity),
      ...[step.findings, step.more, step.total].map(cell),
    ]),
    none: words('none.steps'),
    notes: notes.filter(({ code }) => code === 'not-proven').map(({ code, params }) => words(`note.${code}`, params)),
    code: steps.flatMap(commandLines),
  };
  const others: SheetSection = {
    title: words('section.unreachable'),
    columns: (['severity', 'package', 'installed', 'fixed', 'findings', 'why'] as const).map((name) => words(`column.${name}`)),
    rows: unreachable.map((each) => [
      level(each.severity),
      ...[each.package, each.installed, each.version, each.findings, words(`reason.${each.reason}`)].map(cell),
    ]),
  };
  const how = base && { evidence: report[`base.${base.evidence}`], confidence: report[`confidence.${base.confidence}`] };
  return {
    title: words('title', { target: plan.target.spec }),
    lines: base && how ? [words('base', { name: base.name ?? base.digest ?? words('base.unnamed'), ...how })] : [],
    sections: [bases, todo, ...(unreachable.length > 0 ? [others] : [])],
    closing: [
      words('after', { findings: plan.findings, left: plan.left }),
      ...plan.warnings.map(({ code, params }) => `${report['warning.title']}: ${fill(warning[code], params)}`),
    ],
  };
}

function commandLines({ command, diff }: PlanStep): readonly string[] {
  return diff ?? (command === undefined ? [] : [command]);
}

function namesText(names: readonly string[], count: number): string {
  const shown = names.slice(0, MOST_NAMES);
  return shown.join(', ') + (count > shown.length ? ` (+${count - shown.length})` : '');
}
