import { type Fields, fields, list, records, text } from '../util/fields.ts';
import { MAX_COMPONENTS } from './cyclonedx.ts';
import { annotatedFacts } from './restore.ts';
import type { Component, SbomDocument } from './types.ts';

/** `NOASSERTION` and `NONE` say nothing. Source: SPDX 2.3, clause 7 "Package information", JSON schema of the same. */
export function spdx(document: Fields): SbomDocument {
  const subjects = subjectsOf(document);
  const files = filesOf(document);
  const packages = list(document.packages);
  const malformed: string[] = packages.length > MAX_COMPONENTS ? [`more than ${MAX_COMPONENTS} packages`] : [];
  const components = packages.slice(0, MAX_COMPONENTS).flatMap((value): Component[] => {
    const raw = fields(value);
    const id = text(raw.SPDXID);
    const name = said(raw.name);
    if (name === undefined) malformed.push(id ?? 'a package without a name');
    return name === undefined ? [] : [component(raw, name, id, { subject: subjects.has(id), files: files.get(id) })];
  });
  const name = said(document.name);
  return {
    form: text(document.spdxVersion) ?? 'SPDX',
    ...(name === undefined ? {} : { subject: name }),
    tools: list(fields(document.creationInfo).creators).flatMap((one) => /^Tool:\s*(.+)$/.exec(text(one) ?? '')?.[1] ?? []),
    components,
    malformed,
  };
}

interface Around {
  readonly subject: boolean;
  /** Names of the files that the package contains. */
  readonly files: ReadonlySet<string> | undefined;
}

function component(raw: Fields, name: string, id: string | undefined, { subject, files = new Set() }: Around): Component {
  const version = said(raw.versionInfo);
  const purl = list(raw.externalRefs)
    .map(fields)
    .find(({ referenceType }) => referenceType === 'purl');
  const locator = text(purl?.referenceLocator);
  const supplier = /^(?:Organization|Person):\s*(.+)$/.exec(said(raw.supplier) ?? '')?.[1];
  const licence = said(raw.licenseDeclared) ?? said(raw.licenseConcluded);
  return {
    ...(id === undefined ? {} : { ref: id }),
    kind: kindOf(text(raw.primaryPackagePurpose), id),
    name,
    ...(version === undefined ? {} : { version }),
    ...(locator === undefined ? {} : { purl: locator }),
    licenses: licence === undefined ? [] : [licence],
    properties: propertiesOf(raw),
    // Of several files none is the place where the package was found.
    ...(files.size === 1 ? { path: [...files][0]! } : {}),
    ...(supplier === undefined ? {} : { supplier }),
    ...(subject ? { subject } : {}),
  };
}

/** Before 2.3 there is no purpose; the identifiers of a system and of a lock file begin so in Trivy's documents, and in ours. */
function kindOf(purpose: string | undefined, id: string | undefined): string {
  if (purpose !== undefined) return purpose.toLowerCase().replaceAll('_', '-');
  if (id?.startsWith('SPDXRef-OperatingSystem')) return 'operating-system';
  return id?.startsWith('SPDXRef-Application') ? 'application' : 'library';
}

/**
 * `PkgType: debian` in annotations or attribution texts, as Trivy writes them; our own facts; the line of where the information came from
 * as it is.
 */
function propertiesOf(raw: Fields): ReadonlyMap<string, string> {
  const comments = list(raw.annotations).map((one) => fields(one).comment);
  const facts = comments.flatMap(annotatedFacts);
  const pairs = [...comments, ...list(raw.attributionTexts)].flatMap((value) => {
    const [, key, worth] = /^(\w+):\s*(.+)$/.exec(text(value) ?? '') ?? [];
    return key !== undefined && worth !== undefined ? [[key, worth] as const] : [];
  });
  const source = said(raw.sourceInfo);
  return new Map([...pairs, ...facts, ...(source === undefined ? [] : [['sourceInfo', source] as const])]);
}

/** What the document describes: the image, not a package in it. */
function subjectsOf(document: Fields): ReadonlySet<string | undefined> {
  const described = list(document.documentDescribes).flatMap((one) => text(one) ?? []);
  const related = list(document.relationships)
    .map(fields)
    .filter(({ relationshipType }) => relationshipType === 'DESCRIBES')
    .flatMap(({ relatedSpdxElement }) => text(relatedSpdxElement) ?? []);
  return new Set([...described, ...related]);
}

/** The files of each package: by `hasFiles` in 2.2, by relationships since. Source: SPDX 2.3, clause 11.1, `CONTAINS`. */
function filesOf(document: Fields): ReadonlyMap<string | undefined, ReadonlySet<string>> {
  const found = new Map<string | undefined, Set<string>>();
  const names = new Map(list(document.files).map((one) => [text(fields(one).SPDXID), text(fields(one).fileName)] as const));
  if (names.size === 0) return found;
  const add = (owner: unknown, file: unknown): void => {
    const [of, name] = [text(owner), names.get(text(file))];
    if (name === undefined) return;
    const known = found.get(of);
    if (known) known.add(name);
    else found.set(of, new Set([name]));
  };
  for (const each of records(document.packages)) for (const file of list(each.hasFiles)) add(each.SPDXID, file);
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of records(document.relationships)) {
    if (relationshipType === 'CONTAINS') add(spdxElementId, relatedSpdxElement);
  }
  return found;
}

function said(value: unknown): string | undefined {
  const known = text(value);
  return known === 'NOASSERTION' || known === 'NONE' ? undefined : known;
}
