import { compareWords } from '../messages/compare.ts';
import type { Language } from '../messages/fill.ts';
import { catalogues } from '../messages/index.ts';
import type { ComparedFinding, ComparedSide, Comparison, SeverityLevel } from '../model/index.ts';
import { decisionText } from './decision-text.ts';
import { bytes } from './image-facts.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** A comparison for people. */
export function comparisonSheet(comparison: Comparison, language: Language): Sheet {
  const words = compareWords(language);
  const catalogue = catalogues(language);
  const { target, to, packages, findings, bySeverity, decision } = comparison;
  const level = (severity: SeverityLevel): SheetCell => ({ text: catalogue.report[`severity.${severity}`], severity });
  const cell = (text: string | number): SheetCell => ({ text: String(text) });
  const sideText = ({ spec, packages: count, findings: found, size }: ComparedSide): string => {
    const params = { name: spec, packages: count, findings: found };
    return size === undefined ? words('side', params) : words('side.sized', { ...params, size: bytes(size) });
  };
  const rows = (of: readonly ComparedFinding[]): readonly (readonly SheetCell[])[] =>
    of.map((each) => [level(each.severity), cell(each.id), cell(whereText(each)), cell(each.fixedVersions?.join(', ') ?? '')]);
  const columns = [words('column.severity'), words('column.id'), words('column.what'), words('column.fixed')];
  const total = { added: findings.added.length, removed: findings.removed.length, unchanged: findings.unchanged };
  return {
    title: words('title', { target: target.spec, to: to.spec }),
    lines: [sideText(target), sideText(to)],
    sections: [
      {
        title: words('section.summary'),
        columns: [words('column.severity'), words('column.added'), words('column.removed'), words('column.unchanged')],
        rows:
          bySeverity.length === 0
            ? []
            : [
                ...bySeverity.map(({ severity, added, removed, unchanged }) => [level(severity), ...[added, removed, unchanged].map(cell)]),
                [words('total'), total.added, total.removed, total.unchanged].map(cell),
              ],
        none: words('none.summary'),
      },
      { title: words('section.added'), columns, rows: rows(findings.added), none: words('none.added') },
      { title: words('section.removed'), columns, rows: rows(findings.removed), none: words('none.removed') },
      {
        title: words('section.packages'),
        columns: [words('column.change'), words('column.package'), words('column.type'), words('column.before'), words('column.after')],
        rows: [
          ...packages.added.map(({ name, type, versions }) => [words('package.added'), name, type, '', versions.join(', ')]),
          ...packages.removed.map(({ name, type, versions }) => [words('package.removed'), name, type, versions.join(', '), '']),
          ...packages.changed.map(({ name, type, from, versions }) => [
            words('package.changed'),
            name,
            type,
            from.join(', '),
            versions.join(', '),
          ]),
        ].map((texts) => texts.map(cell)),
        none: words('none.packages'),
        notes: [
          words('packages.note', {
            added: packages.added.length,
            removed: packages.removed.length,
            changed: packages.changed.length,
            unchanged: packages.unchanged,
          }),
        ],
      },
    ],
    closing: decision.reasons.some(({ code }) => code !== 'no-gate') ? [decisionText(decision, catalogue)] : [],
  };
}

/** A package with its version, or the place. */
export function whereText({ package: of, place = '' }: ComparedFinding): string {
  return of ? `${of.name} ${of.version}` : place;
}
