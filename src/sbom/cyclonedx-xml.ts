import type { Fields } from '../util/fields.ts';
import { readXml } from '../util/xml/index.ts';

/** CycloneDX's own elements; a document may have others in it (extensions, signatures), which are left out. */
const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/(1\.[0-9]+)$/;

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/**
 * A CycloneDX document in XML with the fields that it has in JSON, as far as they are read; what is wrong with it; undefined where it is another
 * document. Elements of other namespaces are told by their prefix. Source: CycloneDX 1.2 to 1.7, bom-1.7.xsd and its elders.
 */
export function xmlBom(document: string): Fields | string | undefined {
  let root: Element | undefined;
  let prefix = '';
  let version: string | undefined;
  const open: (Element | undefined)[] = [];
  const wrong = readXml(document, {
    open(name, attributes) {
      if (open.length === 0) {
        prefix = name.slice(0, name.indexOf(':') + 1);
        version = NAMESPACE.exec(attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`] ?? '')?.[1];
      }
      const parent = open.at(-1);
      const foreign = version === undefined || !name.startsWith(prefix) || name.slice(prefix.length).includes(':');
      const orphan = open.length > 0 && parent === undefined;
      const kept = foreign || orphan ? undefined : { name: name.slice(prefix.length), attributes, children: [], text: '' };
      if (kept && open.length === 0) root = kept;
      else if (kept && isRead(kept.name)) parent?.children.push(kept);
      open.push(kept && (open.length === 0 || isRead(kept.name)) ? kept : undefined);
    },
    text(more) {
      const element = open.at(-1);
      if (element) element.text += more;
    },
    close() {
      open.pop();
    },
  });
  if (wrong !== undefined) return wrong;
  if (root === undefined || root.name !== 'bom' || version === undefined) return undefined;
  const metadata = child(root, 'metadata');
  const subject = metadata && child(metadata, 'component');
  return {
    specVersion: version,
    metadata: {
      ...(subject ? { component: componentOf(subject) } : {}),
      tools: metadata ? toolsOf(metadata) : [],
    },
    components: componentsIn(root),
  };
}

/** All that {@link componentOf} looks at: the rest of a large document is not kept. */
const READ: ReadonlySet<string> = new Set([
  'metadata',
  'component',
  'components',
  'tools',
  'tool',
  'group',
  'name',
  'version',
  'purl',
  'publisher',
  'supplier',
  'licenses',
  'license',
  'id',
  'expression',
  'properties',
  'property',
  'evidence',
  'occurrences',
  'occurrence',
  'location',
]);

function isRead(name: string): boolean {
  return READ.has(name);
}

function componentOf(element: Element): Fields {
  const supplier = child(element, 'supplier');
  return {
    'type': element.attributes.type,
    'bom-ref': element.attributes['bom-ref'],
    'group': textOf(element, 'group'),
    'name': textOf(element, 'name'),
    'version': textOf(element, 'version'),
    'purl': textOf(element, 'purl'),
    'publisher': textOf(element, 'publisher'),
    'supplier': supplier && { name: textOf(supplier, 'name') },
    'licenses': (child(element, 'licenses')?.children ?? []).map((each) =>
      each.name === 'expression' ? { expression: each.text } : { license: { id: textOf(each, 'id'), name: textOf(each, 'name') } },
    ),
    'properties': (child(element, 'properties')?.children ?? []).map((each) => ({ name: each.attributes.name, value: each.text })),
    'evidence': { occurrences: occurrencesOf(element) },
    'components': componentsIn(element),
  };
}

function occurrencesOf(element: Element): readonly Fields[] {
  const evidence = child(element, 'evidence');
  const occurrences = evidence && child(evidence, 'occurrences');
  return (occurrences?.children ?? []).map((each) => ({ location: textOf(each, 'location') }));
}

function componentsIn(element: Element): readonly Fields[] {
  const components = child(element, 'components');
  return (components?.children ?? []).filter(({ name }) => name === 'component').map(componentOf);
}

/** A list of tools until 1.4, since 1.5 components. */
function toolsOf(metadata: Element): readonly Fields[] {
  const tools = child(metadata, 'tools');
  if (!tools) return [];
  return [...tools.children.filter(({ name }) => name === 'tool').map((each) => ({ name: textOf(each, 'name') })), ...componentsIn(tools)];
}

function child({ children }: Element, name: string): Element | undefined {
  return children.find((each) => each.name === name);
}

function textOf(element: Element, name: string): string | undefined {
  return child(element, name)?.text;
}
