import { type Fields, fields, list, text } from '../util/fields.ts';
import { MAX_COMPONENTS } from './cyclonedx.ts';
import { annotatedFacts } from './restore.ts';
import type { Component, SbomDocument } from './types.ts';

/** `NOASSERTION` and `NONE` say nothing. Source: SPDX 2.3, clause 7 "Package information", JSON schema of the same. */
export function spdx(document: Fields): SbomDocument {
  const subjects = subjectsOf(document);
  const packages = list(document.packages);
  const malformed: string[] = packages.length > MAX_COMPONENTS ? [`more than ${MAX_COMPONENTS} packages`] : [];
  const components = packages.slice(0, MAX_COMPONENTS).flatMap((value): Component[] => {
    const raw = fields(value);
    const id = text(raw.SPDXID);
    const name = said(raw.name);
    if (name === undefined) malformed.push(id ?? 'a package without a name');
    return name === undefined ? [] : [component(raw, name, id, id !== undefined && subjects.has(id))];
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

function component(raw: Fields, name: string, id: string | undefined, subject: boolean): Component {
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
    ...(supplier === undefined ? {} : { supplier }),
    ...(subject ? { subject } : {}),
  };
}

/** Before 2.3 there is no purpose; the identifier of a system begins so in Trivy's documents and ours. */
function kindOf(purpose: string | undefined, id: string | undefined): string {
  if (purpose !== undefined) return purpose.toLowerCase().replaceAll('_', '-');
  return id?.startsWith('SPDXRef-OperatingSystem') ? 'operating-system' : 'library';
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
function subjectsOf(document: Fields): ReadonlySet<string> {
  const described = list(document.documentDescribes).flatMap((one) => text(one) ?? []);
  const related = list(document.relationships)
    .map(fields)
    .filter(({ relationshipType }) => relationshipType === 'DESCRIBES')
    .flatMap(({ relatedSpdxElement }) => text(relatedSpdxElement) ?? []);
  return new Set([...described, ...related]);
}

function said(value: unknown): string | undefined {
  const known = text(value);
  return known === 'NOASSERTION' || known === 'NONE' ? undefined : known;
}
