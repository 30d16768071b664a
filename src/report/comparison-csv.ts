import type { ComparedFinding, ComparedPackage, Comparison } from '../model/index.ts';
import { csvLine } from './csv-line.ts';

const COLUMNS = [
  'change',
  'kind',
  'severity',
  'id',
  'type',
  'package',
  'before',
  'after',
  'fixed',
  'place',
  'fingerprint',
  'severity_before',
  'fixed_before',
] as const;
type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/** A row a package and a finding that came, went or changed. New columns come at the end. */
export function comparisonCsv({ packages, findings }: Comparison): string {
  const finding =
    (change: 'added' | 'removed' | 'changed') =>
    (of: ComparedFinding): Cells => {
      const { kind, severity, id, place = '', fingerprint, fixedVersions = [], package: about } = of;
      const version = about?.version ?? '';
      const versions = change === 'removed' ? { before: version } : { after: version };
      const named = about ? { type: about.type, package: about.name, ...versions } : {};
      return { change, kind, severity, id, place, fingerprint, fixed: fixedVersions.join(' '), ...named };
    };
  const pack = (change: string, { type, name }: ComparedPackage, before: readonly string[], after: readonly string[]): Cells => {
    return { change, kind: 'package', type, package: name, before: before.join(' '), after: after.join(' ') };
  };
  const all: readonly Cells[] = [
    ...findings.added.map(finding('added')),
    ...findings.removed.map(finding('removed')),
    ...findings.changed.map((each) => ({
      ...finding('changed')(each),
      severity_before: each.from.severity,
      fixed_before: each.from.fixedVersions?.join(' ') ?? '',
    })),
    ...packages.added.map((each) => pack('added', each, [], each.versions)),
    ...packages.removed.map((each) => pack('removed', each, each.versions, [])),
    ...packages.changed.map((each) => pack('changed', each, each.from, each.versions)),
  ];
  return [csvLine(COLUMNS), ...all.map((cells) => csvLine(COLUMNS.map((name) => cells[name] ?? '')))].join('');
}
