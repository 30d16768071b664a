import type { RangeEvent } from '../../model/index.ts';
import { readXml } from '../../util/xml/index.ts';
import { date, isKeyText } from '../osv-record.ts';
import { CVE } from '../rpm-errata.ts';
import type { AdvisoryRecord, RecordSink } from '../types.ts';

/** A definition, cut down to what Microsoft's generator writes: every criterion must hold. */
interface Definition {
  id: string;
  cves: string[];
  severity: string;
  issued: string;
  tests: string[];
  /** False where the criteria are joined otherwise than by AND. */
  plain: boolean;
}

interface Test {
  object: string;
  state: string;
}

interface Parsed {
  readonly definitions: Definition[];
  readonly tests: Map<string, Test>;
  /** Package names by object. */
  readonly names: Map<string, string>;
  readonly states: Map<string, { operation: string; evr: string }>;
}

/**
 * The vulnerability definitions of an OVAL document, each as a statement about one source package; or why it is none.
 * `less than` names the fixed version, `less than or equal` the last one known to be affected, `greater than` the last one
 * before the flaw came in. Source: OVAL language 5.11, rpminfo_test, evr_string.
 */
export function ovalDefinitions(text: string, ecosystem: string, sink: Pick<RecordSink, 'problem'>): readonly AdvisoryRecord[] | string {
  const parsed: Parsed = { definitions: [], tests: new Map(), names: new Map(), states: new Map() };
  const wrong = readXml(text, handlerOf(parsed));
  if (wrong !== undefined) return wrong;
  return parsed.definitions.flatMap((definition) => recordOf(definition, parsed, ecosystem, sink) ?? []);
}

function handlerOf(parsed: Parsed) {
  const { definitions, tests, names, states } = parsed;
  let definition: Definition | undefined;
  let id = '';
  let content = '';
  let operation = '';
  return {
    open(qualified: string, attributes: Readonly<Record<string, string>>) {
      const name = localName(qualified);
      content = '';
      if (name === 'definition') {
        definition = { id: attributes.id ?? '', cves: [], severity: '', issued: '', tests: [], plain: true };
        definitions.push(definition);
      } else if (name === 'reference' && attributes.source === 'CVE') definition?.cves.push(attributes.ref_id ?? '');
      else if (name === 'criteria' && definition && (attributes.operator ?? 'AND') !== 'AND') definition.plain = false;
      else if (name === 'criterion' && definition) {
        definition.tests.push(attributes.test_ref ?? '');
        if (attributes.negate === 'true') definition.plain = false;
      } else if (name === 'rpminfo_test') {
        id = attributes.id ?? '';
        tests.set(id, { object: '', state: '' });
      } else if (name === 'object') set(tests.get(id), 'object', attributes.object_ref);
      else if (name === 'state') set(tests.get(id), 'state', attributes.state_ref);
      else if (name === 'rpminfo_object' || name === 'rpminfo_state') id = attributes.id ?? '';
      else if (name === 'evr') operation = attributes.operation ?? 'equals';
    },
    text(text: string) {
      content += text;
    },
    close(qualified: string) {
      const name = localName(qualified);
      if (name === 'severity' && definition) definition.severity = content.toLowerCase();
      else if (name === 'advisory_date' && definition) definition.issued = content;
      else if (name === 'definition') definition = undefined;
      else if (name === 'name') names.set(id, content);
      else if (name === 'evr') states.set(id, { operation, evr: content });
    },
  };
}

function set(test: Test | undefined, what: keyof Test, ref: string | undefined): void {
  if (test) test[what] = ref ?? '';
}

function recordOf(
  definition: Definition,
  parsed: Parsed,
  ecosystem: string,
  sink: Pick<RecordSink, 'problem'>,
): AdvisoryRecord | undefined {
  const [cve, ...others] = definition.cves;
  const checks = definition.tests.map((ref) => {
    const test = parsed.tests.get(ref);
    return { name: parsed.names.get(test?.object ?? ''), state: parsed.states.get(test?.state ?? '') };
  });
  const name = checks[0]?.name;
  const events = eventsOf(checks.flatMap((check) => check.state ?? []));
  const usable = definition.plain && checks.every((check) => check.name === name && check.state);
  if (!cve || others.length > 0 || !CVE.test(cve) || !usable || name === undefined || !isKeyText(name) || events === undefined) {
    sink.problem('a definition of another form', definition.id || '?');
    return undefined;
  }
  const published = date(definition.issued);
  return {
    id: cve,
    kind: 'vulnerability',
    form: 'flaw',
    aliases: [],
    flaws: [],
    cvss: [],
    ...(published ? { published } : {}),
    affected: [
      { ecosystem, name, ranges: [events], status: 'affected', ...(definition.severity ? { severityLabel: definition.severity } : {}) },
    ],
  };
}

/** Undefined where the bounds do not say where it ends. */
function eventsOf(states: readonly { readonly operation: string; readonly evr: string }[]): readonly RangeEvent[] | undefined {
  let introduced = '0';
  let end: RangeEvent | undefined;
  for (const { operation, evr } of states) {
    if (operation === 'less than') end = { fixed: evr };
    else if (operation === 'less than or equal') end = { lastAffected: evr };
    else if (operation === 'greater than' || operation === 'greater than or equal') introduced = /^(0:)?0(\.0)*$/.test(evr) ? '0' : evr;
    else return undefined;
  }
  return end && [{ introduced }, end];
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
