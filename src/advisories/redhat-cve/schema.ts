import { fields, records } from '../../util/fields.ts';
import { date, isKeyText } from '../osv-record.ts';
import { CVE, text } from '../rpm-errata.ts';
import type { AdvisoryRecord, AffectedPackage, FlawFact, RecordSink } from '../types.ts';

/**
 * Red Hat's words for a component that has no erratum. Source: Red Hat, "Gathering security data using the Red Hat
 * Security Data API" (package_state); "Out of support scope": access.redhat.com/articles/1187443, too old, or its severity too low for the
 * product's phase of life.
 */
const STATES: Readonly<Record<string, AffectedPackage['status']>> = {
  'Affected': 'affected',
  'Not affected': 'not-affected',
  'Will not fix': 'will-not-fix',
  'Fix deferred': 'fix-deferred',
  'Under investigation': 'under-investigation',
  'Out of support scope': 'end-of-life',
};

const LEVELS: Readonly<Record<string, 'critical' | 'high' | 'medium' | 'low'>> = {
  critical: 'critical',
  important: 'high',
  moderate: 'medium',
  low: 'low',
};

/** What one CVE document says. Source: Red Hat Security Data API, "CVE". Undefined, and counted, where the value is none. */
export function cveRecord(
  value: unknown,
  sink: Pick<RecordSink, 'problem'>,
): { readonly advisory: AdvisoryRecord; readonly fact?: FlawFact } | undefined {
  const raw = fields(value);
  const id = text(raw.name);
  if (!CVE.test(id)) {
    sink.problem('no usable id', id.slice(0, 80) || '?');
    return undefined;
  }
  const published = date(raw.public_date);
  const word = text(raw.threat_severity).toLowerCase();
  const fixed = new Set(records(raw.affected_release).flatMap(fixedComponent));
  const affected = records(raw.package_state)
    .flatMap((state) => stateOf(state, word, id, sink))
    .filter(({ status, ecosystem, name }) => status !== 'not-affected' || !fixed.has(`${ecosystem}\0${name}`));
  const level = LEVELS[word];
  const vectors = [text(fields(raw.cvss3).cvss3_scoring_vector), text(fields(raw.cvss).cvss_scoring_vector)];
  const cvss = vectors.filter((vector) => /^(CVSS:|AV:)/.test(vector)).map((vector) => ({ vector, source: 'redhat-cve' }));
  const cwes = text(raw.cwe).match(/CWE-\d+/g) ?? [];
  const known = cvss.length > 0 || level !== undefined;
  return {
    advisory: {
      id,
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      ...(published ? { published } : {}),
      affected: [...new Map(affected.map((each) => [JSON.stringify(each), each])).values()],
    },
    ...(known ? { fact: { id, cvss, ...(level ? { severity: { level, source: 'redhat-cve' } } : {}), cwes } } : {}),
  };
}

/** A page that names a fix for a component contradicts itself where it also calls it not affected; the fix is believed. */
function fixedComponent(release: Readonly<Record<string, unknown>>): readonly string[] {
  const product = /^cpe:\/[aoh]:redhat:([a-z0-9_.-]+:\d+)/.exec(text(release.cpe))?.[1];
  const name = /^(.+)-(?:\d+:)?[^-]+-[^-]+$/.exec(text(release.package))?.[1];
  return product && name ? [`Red Hat:${product}\0${name}`] : [];
}

/** The component's name is that of a source package, in a module `nodejs:18/nodejs`; what else has a slash is a container. */
function stateOf(
  state: Readonly<Record<string, unknown>>,
  word: string,
  id: string,
  sink: Pick<RecordSink, 'problem'>,
): readonly AffectedPackage[] {
  const status = STATES[text(state.fix_state)];
  const product = /^cpe:\/[aoh]:redhat:([a-z0-9_.:-]+)$/.exec(text(state.cpe))?.[1];
  const [first = '', second, ...more] = text(state.package_name).split('/');
  const name = second ?? first;
  if (status === undefined || !isKeyText(name)) {
    sink.problem(status === undefined ? 'unknown fix state' : 'no package or version', id);
    return [];
  }
  const container = second !== undefined && (more.length > 0 || !first.includes(':'));
  if (product === undefined || container || first.includes(':flatpak')) return [];
  return [
    {
      ecosystem: `Red Hat:${product}`,
      name,
      ranges: [],
      status,
      ...(second !== undefined ? { module: first } : {}),
      ...(severityOf(state, word) ? { severityLabel: severityOf(state, word) } : {}),
    },
  ];
}

/** The word for this component (`impact`) where it differs from that of the flaw. */
function severityOf(state: Readonly<Record<string, unknown>>, word: string): string {
  return text(state.impact).toLowerCase() || word;
}
