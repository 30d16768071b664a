import { compareWords } from '../messages/compare.ts';
import { fill, type Language } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { ComparedFinding, ComparedPackage, ComparedSide, Comparison, SeverityLevel } from '../model/index.ts';
import { decisionText } from './decision-text.ts';
import { bytes } from './image-facts.ts';
import type { Sheet, SheetCell, SheetSection } from './sheet.ts';

/** A comparison for people. */
export function comparisonSheet(comparison: Comparison, language: Language): Sheet {
  const words = compareWords(language);
  const catalogue = catalogues(language);
  const { target, to, findings, bySeverity, hidden, decision } = comparison;
  const level = (severity: SeverityLevel): SheetCell => ({ text: catalogue.report[`severity.${severity}`], severity });
  const fixes = (versions: readonly string[] | undefined): SheetCell => cell(versions?.join(', ') ?? '');
  const sideText = ({ spec, packages: count, findings: found, suppressed, size, createdAt }: ComparedSide): string => {
    const params = { name: spec, packages: count, findings: found };
    const text = size === undefined ? words('side', params) : words('side.sized', { ...params, size: bytes(size) });
    return [
      text,
      ...(suppressed === undefined ? [] : [words('side.suppressed', { count: suppressed })]),
      ...(createdAt === comparison.createdAt ? [] : [words('side.kept', { date: createdAt.slice(0, 10) })]),
    ].join(', ');
  };
  const rows = (of: readonly ComparedFinding[]): readonly (readonly SheetCell[])[] =>
    of.map((each) => [level(each.severity), cell(each.id), cell(whereText(each)), fixes(each.fixedVersions)]);
  const columns = [words('column.severity'), words('column.id'), words('column.what'), words('column.fixed')];
  const counted = (title: 'section.added' | 'section.removed' | 'section.changed', of: readonly ComparedFinding[]): string =>
    of.length === 0 ? words(title) : `${words(title)}: ${of.length}`;
  const changes = ['added', 'removed', 'changed', 'unchanged'] as const;
  const total = changes.map((change) => bySeverity.reduce((sum, each) => sum + each[change], 0));
  return {
    title: words('title', { target: target.spec, to: to.spec }),
    lines: [sideText(target), sideText(to)],
    sections: [
      {
        title: words('section.summary'),
        columns: [words('column.severity'), ...changes.map((change) => words(`column.${change}`))],
        rows:
          bySeverity.length === 0
            ? []
            : [
                ...bySeverity.map((each) => [level(each.severity), ...changes.map((change) => cell(each[change]))]),
                [words('total'), ...total].map(cell),
              ],
        none: words('none.summary'),
      },
      { title: counted('section.added', findings.added), columns, rows: rows(findings.added), none: words('none.added') },
      { title: counted('section.removed', findings.removed), columns, rows: rows(findings.removed), none: words('none.removed') },
      ...(findings.changed.length === 0
        ? []
        : [
            {
              title: counted('section.changed', findings.changed),
              columns: [...columns, words('column.severity-before'), words('column.fixed-before')],
              rows: findings.changed.map((each) => [...rows([each]).flat(), level(each.from.severity), fixes(each.from.fixedVersions)]),
            },
          ]),
      packagesSection(comparison, language),
    ],
    closing: [
      ...(hidden === undefined ? [] : [fill(catalogue.report['summary.hidden'], { count: hidden })]),
      ...(decision.reasons.some(({ code }) => code !== 'no-gate') ? [decisionText(decision, catalogue)] : []),
    ],
  };
}

/** Which packages came, went and changed. */
export function packagesSection({ packages }: Pick<Comparison, 'packages'>, language: Language): SheetSection {
  const words = compareWords(language);
  const row = (change: 'added' | 'removed' | 'changed', { name, type }: ComparedPackage, ...versions: readonly (readonly string[])[]) =>
    [words(`package.${change}`), name, type, ...versions.map((each) => each.join(', '))].map(cell);
  return {
    title: words('section.packages'),
    columns: [words('column.change'), words('column.package'), words('column.type'), words('column.before'), words('column.after')],
    rows: [
      // What is ours most often first: a new base brings and takes hundreds.
      ...packages.changed.map((each) => row('changed', each, each.from, each.versions)),
      ...packages.added.map((each) => row('added', each, [], each.versions)),
      ...packages.removed.map((each) => row('removed', each, each.versions, [])),
    ],
    none: words('none.packages'),
    notes: [
      words('packages.note', {
        added: packages.added.length,
        removed: packages.removed.length,
        changed: packages.changed.length,
        unchanged: packages.unchanged,
      }),
    ],
  };
}

function cell(text: string | number): SheetCell {
  return { text: String(text) };
}

/** A package with its version, or the place. */
export function whereText({ package: of, place = '' }: ComparedFinding): string {
  return of ? `${of.name} ${of.version}` : place;
}
