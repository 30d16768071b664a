import type { ComparedFinding, Comparison } from '../model/index.ts';
import { csvLine } from './csv-line.ts';

const COLUMNS = ['change', 'kind', 'severity', 'id', 'type', 'package', 'before', 'after', 'fixed', 'place', 'fingerprint'] as const;
type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/** A row a package and a finding that came, went or changed. */
export function comparisonCsv({ packages, findings }: Comparison): string {
  const finding =
    (change: 'added' | 'removed') =>
    (of: ComparedFinding): Cells => {
      const { kind, severity, id, place = '', fingerprint, fixedVersions = [], package: about } = of;
      const version = about?.version ?? '';
      const versions = change === 'added' ? { after: version } : { before: version };
      const named = about ? { type: about.type, package: about.name, ...versions } : {};
      return { change, kind, severity, id, place, fingerprint, fixed: fixedVersions.join(' '), ...named };
    };
  const all: readonly Cells[] = [
    ...findings.added.map(finding('added')),
    ...findings.removed.map(finding('removed')),
    ...packages.added.map(({ type, name, versions }) => ({
      change: 'added',
      kind: 'package',
      type,
      package: name,
      after: versions.join(' '),
    })),
    ...packages.removed.map(({ type, name, versions }) => ({
      change: 'removed',
      kind: 'package',
      type,
      package: name,
      before: versions.join(' '),
    })),
    ...packages.changed.map(({ type, name, from, versions }) => ({
      change: 'changed',
      kind: 'package',
      type,
      package: name,
      before: from.join(' '),
      after: versions.join(' '),
    })),
  ];
  return [csvLine(COLUMNS), ...all.map((cells) => csvLine(COLUMNS.map((name) => cells[name] ?? '')))].join('');
}
