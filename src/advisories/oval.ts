import { readXml } from '../util/xml/index.ts';

/** An OVAL document, cut down to what rpm distributions write. Source: OVAL language 5.11, definitions and Linux schemas. */
export interface OvalDocument {
  readonly definitions: readonly OvalDefinition[];
  /** Undefined where the document has no such test, or one that is not about rpm packages. */
  test(ref: string): OvalTest | undefined;
}

export interface OvalDefinition {
  readonly id: string;
  readonly title: string;
  readonly references: readonly { readonly source: string; readonly id: string }[];
  /** The vendor's word. */
  readonly severity: string;
  /** A date, of whatever form. */
  readonly issued: string;
  /** CVEs of an advisory, with what it says of them. */
  readonly cves: readonly { readonly id: string; readonly attributes: Readonly<Record<string, string>> }[];
  /** Undefined where there are none. */
  readonly criteria?: OvalCriteria;
}

export interface OvalCriteria {
  /** `AND`, `OR`, or another word that nobody here knows. */
  readonly operator: string;
  readonly negated: boolean;
  readonly criteria: readonly OvalCriteria[];
  readonly criterions: readonly { readonly test: string; readonly comment: string; readonly negated: boolean }[];
}

/** One rpm package held against one state. */
export interface OvalTest {
  readonly name?: string;
  readonly evr?: string;
  /** Of the comparison of versions: `less than`. */
  readonly operation?: string;
  readonly arch?: string;
  /** Pattern of a version: `^8`. */
  readonly version?: string;
}

type State = Pick<OvalTest, 'evr' | 'operation' | 'arch' | 'version'>;
type Mutable<T> = T extends readonly (infer E)[] ? Mutable<E>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type OpenCriteria = Mutable<OvalCriteria>;
type OpenDefinition = Mutable<OvalDefinition>;

/** Reads the document; or says why it is none. */
export function readOval(text: string): OvalDocument | string {
  const definitions: OpenDefinition[] = [];
  const tests = new Map<string, { object: string; state: string }>();
  const names = new Map<string, string>();
  const states = new Map<string, Mutable<State>>();
  const wrong = readXml(text, handlerOf({ definitions, tests, names, states }));
  if (wrong !== undefined) return wrong;
  return {
    definitions: definitions as readonly OvalDefinition[],
    test: (ref) => {
      const test = tests.get(ref);
      const name = names.get(test?.object ?? '');
      return test && { ...states.get(test.state), ...(name === undefined ? {} : { name }) };
    },
  };
}

interface Parsed {
  readonly definitions: OpenDefinition[];
  readonly tests: Map<string, { object: string; state: string }>;
  readonly names: Map<string, string>;
  readonly states: Map<string, Mutable<State>>;
}

function handlerOf({ definitions, tests, names, states }: Parsed) {
  let definition: OpenDefinition | undefined;
  const open: OpenCriteria[] = [];
  let id = '';
  let content = '';
  let attributes: Readonly<Record<string, string>> = {};
  const opened: Readonly<Record<string, () => void>> = {
    definition: () => {
      definition = { id: attributes.id ?? '', title: '', references: [], severity: '', issued: '', cves: [] };
      definitions.push(definition);
    },
    reference: () => definition?.references.push({ source: attributes.source ?? '', id: attributes.ref_id ?? '' }),
    issued: () => definition && attributes.date && (definition.issued = attributes.date),
    criteria: () => {
      const found: OpenCriteria = {
        operator: attributes.operator ?? 'AND',
        negated: attributes.negate === 'true',
        criteria: [],
        criterions: [],
      };
      if (open.length > 0) open.at(-1)!.criteria.push(found);
      else if (definition) definition.criteria = found;
      open.push(found);
    },
    criterion: () => {
      const { test_ref: test = '', comment = '', negate } = attributes;
      open.at(-1)?.criterions.push({ test, comment, negated: negate === 'true' });
    },
    rpminfo_test: () => tests.set((id = attributes.id ?? ''), { object: '', state: '' }),
    object: () => refer('object', attributes.object_ref),
    state: () => refer('state', attributes.state_ref),
    rpminfo_object: () => (id = attributes.id ?? ''),
    rpminfo_state: () => states.set((id = attributes.id ?? ''), {}),
  };
  const refer = (what: 'object' | 'state', ref = '') => {
    const test = tests.get(id);
    if (test) test[what] = ref;
  };
  const closed: Readonly<Record<string, () => void>> = {
    definition: () => (definition = undefined),
    title: () => definition && (definition.title = content.trim()),
    severity: () => definition && (definition.severity = content.trim()),
    advisory_date: () => definition && (definition.issued = content.trim()),
    cve: () => definition?.cves.push({ id: content.trim(), attributes }),
    criteria: () => open.pop(),
    name: () => names.set(id, content),
    evr: () => Object.assign(states.get(id) ?? {}, { evr: content, operation: attributes.operation ?? 'equals' }),
    arch: () => Object.assign(states.get(id) ?? {}, { arch: content }),
    version: () => Object.assign(states.get(id) ?? {}, { version: content }),
  };
  return {
    open(qualified: string, found: Readonly<Record<string, string>>) {
      attributes = found;
      content = '';
      // Tests of files and their objects and states are of no concern.
      if (/_(test|object|state)$/.test(qualified)) id = '';
      act(opened, qualified);
    },
    text(part: string) {
      content += part;
    },
    close: (qualified: string) => act(closed, qualified),
  };
}

function act(actions: Readonly<Record<string, () => void>>, qualified: string): void {
  const name = qualified.slice(qualified.indexOf(':') + 1);
  if (Object.hasOwn(actions, name)) actions[name]!();
}
