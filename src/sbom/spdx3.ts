import { type Fields, fields, list, text } from '../util/fields.ts';
import { MAX_COMPONENTS } from './cyclonedx.ts';
import { annotatedFacts } from './restore.ts';
import type { Component, SbomDocument } from './types.ts';

/** True of a document in SPDX 3's own context. */
export function isSpdx3(document: Fields): boolean {
  return [document['@context']].flat().some((context) => typeof context === 'string' && /^https?:\/\/spdx\.org\/rdf\/3\./.test(context));
}

/**
 * SPDX 3.0 as JSON-LD, in its own context: elements refer to each other by identifier, and what is said of a package (licences, annotations)
 * stands beside it. Source: SPDX 3.0.1, profiles Core, Software, SimpleLicensing.
 */
export function spdx3(document: Fields): SbomDocument {
  const graph = document['@graph'] === undefined ? [document] : list(document['@graph']);
  const elements = graph.map(fields);
  const byId = new Map(elements.map((each) => [idOf(each), each] as const));
  const licenses = licensesOf(elements, byId);
  const annotations = Map.groupBy(
    elements.filter(({ type }) => type === 'Annotation'),
    ({ subject }) => text(subject),
  );
  const subjects = subjectsOf(elements, byId);
  const packages = elements.filter(({ type }) => type === 'software_Package');
  const malformed: string[] = packages.length > MAX_COMPONENTS ? [`more than ${MAX_COMPONENTS} packages`] : [];
  const wrong = graph.filter((each) => text(fields(each).type ?? fields(each)['@type']) === undefined).length;
  if (wrong > 0) malformed.push(`${wrong} elements without a type`);
  const components = packages.slice(0, MAX_COMPONENTS).flatMap((each): Component[] => {
    const id = idOf(each);
    const name = text(each.name);
    if (name === undefined) {
      malformed.push(id ?? 'a package without a name');
      return [];
    }
    const facts = annotations.get(id)?.flatMap(({ statement }) => annotatedFacts(statement)) ?? [];
    const source = text(each.software_sourceInfo);
    const supplier = text(byId.get(text(each.suppliedBy))?.name);
    const purl = purlOf(each);
    const version = text(each.software_packageVersion);
    return [
      {
        ...(id === undefined ? {} : { ref: id }),
        kind: kindOf(text(each.software_primaryPurpose)),
        name,
        ...(version === undefined ? {} : { version }),
        ...(purl === undefined ? {} : { purl }),
        licenses: licenses.get(id) ?? [],
        properties: new Map([...facts, ...(source === undefined ? [] : [['sourceInfo', source] as const])]),
        ...(supplier === undefined ? {} : { supplier }),
        ...(subjects.has(id) ? { subject: true } : {}),
      },
    ];
  });
  const root = elements.find(({ type }) => type === 'SpdxDocument');
  const name = text(root?.name) ?? components.find(({ subject }) => subject)?.name;
  const version = elements.flatMap(({ type, specVersion }) => (type === 'CreationInfo' ? (text(specVersion) ?? []) : []))[0];
  return {
    form: `SPDX-${version ?? '3'}`,
    ...(name === undefined ? {} : { subject: name }),
    tools: elements.filter(({ type }) => type === 'Tool').flatMap((each) => text(each.name) ?? []),
    components,
    malformed,
  };
}

function idOf(element: Fields): string | undefined {
  return text(element.spdxId) ?? text(element['@id']);
}

/** `operatingSystem` as `operating-system`: the words of the other forms. */
function kindOf(purpose: string | undefined): string {
  return purpose?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) ?? 'library';
}

function purlOf(element: Fields): string | undefined {
  const identifier = list(element.externalIdentifier)
    .map(fields)
    .find(({ externalIdentifierType: type }) => type === 'packageUrl' || type === 'purl');
  return text(element.software_packageUrl) ?? text(identifier?.identifier);
}

/** Declared licences by the package, concluded ones where none are declared. Listed licences are named by their address. */
function licensesOf(
  elements: readonly Fields[],
  byId: ReadonlyMap<string | undefined, Fields>,
): ReadonlyMap<string | undefined, readonly string[]> {
  const found = new Map<string | undefined, readonly string[]>();
  for (const wanted of ['hasConcludedLicense', 'hasDeclaredLicense']) {
    for (const { type, relationshipType, from, to } of elements) {
      if (type !== 'Relationship' || relationshipType !== wanted) continue;
      const names = list(to).flatMap((id) => licenseName(text(id), byId));
      if (names.length > 0) found.set(text(from), names);
    }
  }
  return found;
}

function licenseName(id: string | undefined, byId: ReadonlyMap<string | undefined, Fields>): readonly string[] {
  if (id === undefined) return [];
  const listed = /^https?:\/\/spdx\.org\/licenses\/([A-Za-z0-9.+-]+)$/.exec(id)?.[1];
  const element = byId.get(id);
  return [text(element?.simplelicensing_licenseExpression) ?? listed ?? text(element?.name) ?? []].flat();
}

/** What the document is about: the root of its SBOM, where its own root is one. */
function subjectsOf(elements: readonly Fields[], byId: ReadonlyMap<string | undefined, Fields>): ReadonlySet<string | undefined> {
  const rootsOf = (element: Fields | undefined): readonly string[] => list(element?.rootElement).flatMap((id) => text(id) ?? []);
  const documents = elements.filter(({ type }) => type === 'SpdxDocument');
  const roots = (documents.length > 0 ? documents : elements).flatMap(rootsOf);
  return new Set(roots.flatMap((id) => (byId.get(id)?.rootElement === undefined ? [id] : rootsOf(byId.get(id)))));
}
