import type { RangeEvent } from '../../model/index.ts';
import { date, isKeyText } from '../osv-record.ts';
import { type OvalDefinition, type OvalDocument, type OvalTest, readOval } from '../oval.ts';
import { CVE } from '../rpm-errata.ts';
import type { AdvisoryRecord, RecordSink } from '../types.ts';

/**
 * The vulnerability definitions of an OVAL document, each as a statement about one source package; or why it is none.
 * `less than` names the fixed version, `less than or equal` the last one known to be affected, `greater than` the last one
 * before the flaw came in. Source: OVAL language 5.11, rpminfo_test, evr_string.
 */
export function ovalDefinitions(text: string, ecosystem: string, sink: Pick<RecordSink, 'problem'>): readonly AdvisoryRecord[] | string {
  const document = readOval(text);
  if (typeof document === 'string') return document;
  return document.definitions.flatMap((definition) => recordOf(definition, document, ecosystem, sink) ?? []);
}

function recordOf(
  definition: OvalDefinition,
  document: OvalDocument,
  ecosystem: string,
  sink: Pick<RecordSink, 'problem'>,
): AdvisoryRecord | undefined {
  const [cve, ...others] = definition.references.filter(({ source }) => source === 'CVE').map(({ id }) => id);
  const checks = checksOf(definition, document);
  const name = checks?.[0]?.name;
  const events = checks && eventsOf(checks);
  const usable = checks?.every((check) => check.name === name && check.evr !== undefined);
  if (!cve || others.length > 0 || !CVE.test(cve) || !usable || name === undefined || !isKeyText(name) || events === undefined) {
    sink.problem('a definition of another form', definition.id || '?');
    return undefined;
  }
  const published = date(definition.issued);
  const severityLabel = definition.severity.toLowerCase();
  return {
    id: cve,
    kind: 'vulnerability',
    form: 'flaw',
    aliases: [],
    flaws: [],
    cvss: [],
    ...(published ? { published } : {}),
    affected: [{ ecosystem, name, ranges: [events], status: 'affected', ...(severityLabel ? { severityLabel } : {}) }],
  };
}

/** As Microsoft's generator writes them: every criterion must hold. Undefined where they are joined otherwise. */
function checksOf({ criteria }: OvalDefinition, document: OvalDocument): readonly OvalTest[] | undefined {
  if (criteria?.operator !== 'AND' || criteria.negated || criteria.criteria.length > 0) return undefined;
  if (criteria.criterions.some(({ negated }) => negated)) return undefined;
  return criteria.criterions.map(({ test }) => document.test(test) ?? {});
}

/** Undefined where the bounds do not say where it ends. */
function eventsOf(checks: readonly OvalTest[]): readonly RangeEvent[] | undefined {
  let introduced = '0';
  let end: RangeEvent | undefined;
  for (const { operation, evr = '' } of checks) {
    if (operation === 'less than') end = { fixed: evr };
    else if (operation === 'less than or equal') end = { lastAffected: evr };
    else if (operation === 'greater than' || operation === 'greater than or equal') introduced = /^(0:)?0(\.0)*$/.test(evr) ? '0' : evr;
    else return undefined;
  }
  return end && [{ introduced }, end];
}
