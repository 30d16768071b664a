import type { Fields } from '../util/fields.ts';

interface Annotation {
  comment?: string;
  of?: string;
}

interface Element {
  SPDXID?: string;
  hasFiles: string[];
  externalRefs: Record<string, string>[];
  attributionTexts: string[];
  annotations: Annotation[];
  [field: string]: unknown;
}

/** Fields of a package that have one value, by their names in JSON. */
const PACKAGE_FIELDS: Readonly<Record<string, string>> = {
  PackageName: 'name',
  PackageVersion: 'versionInfo',
  PackageSupplier: 'supplier',
  PackageSourceInfo: 'sourceInfo',
  PackageLicenseConcluded: 'licenseConcluded',
  PackageLicenseDeclared: 'licenseDeclared',
  PrimaryPackagePurpose: 'primaryPackagePurpose',
};
/** Tags that begin an element of another kind: what follows is not the package's. Source: SPDX 2.3, clauses 8 to 10. */
const OTHERS: ReadonlySet<string> = new Set(['FileName', 'SnippetSPDXID', 'LicenseID']);
const TEXT_BEGIN = '<text>';
const TEXT_END = '</text>';

/**
 * An SPDX 2 document in tag-value with the fields that it has in JSON, as far as they are read; and what is wrong with it, with the line.
 * A line that is neither a tag nor a comment is left out and said. Source: SPDX 2.3, clause 4 "Conformance" and the tag-value examples of
 * clauses 6 to 12.
 */
export function tagValueDocument(document: string): { readonly document: Fields; readonly malformed: readonly string[] } {
  const top: Record<string, unknown> = {};
  const creators: string[] = [];
  const packages: Element[] = [];
  const relationships: Record<string, string>[] = [];
  const annotations: Annotation[] = [];
  const malformed: string[] = [];
  /** The package that fields are of; undefined in the document's own part, and in files, snippets and licences. */
  let current: Element | undefined;
  let inHead = true;
  /** The package that files are of; those before the first package are of none. */
  let owner: Element | undefined;
  const files: Record<string, string>[] = [];

  const take = (tag: string, value: string, line: number): void => {
    if (tag === 'PackageName') {
      current = { externalRefs: [], attributionTexts: [], annotations: [], hasFiles: [] };
      owner = current;
      packages.push(current);
      inHead = false;
    } else if (OTHERS.has(tag)) {
      current = undefined;
      inHead = false;
    }
    if (tag === 'FileName') files.push({ fileName: value });
    const field = PACKAGE_FIELDS[tag];
    if (field !== undefined && current) current[field] = value;
    else if (tag === 'SPDXVersion') top.spdxVersion = value;
    else if (tag === 'DocumentName') top.name = value;
    else if (tag === 'Creator') creators.push(value);
    else if (tag === 'SPDXID' && current) current.SPDXID = value;
    else if (tag === 'SPDXID' && inHead) top.SPDXID = value;
    else if (tag === 'SPDXID' && files.length > 0) nameFile(files.at(-1)!, value, owner);
    else if (tag === 'PackageAttributionText') current?.attributionTexts.push(value);
    else if (tag === 'ExternalRef') pushIf(current?.externalRefs, externalRef(value), malformed, line);
    else if (tag === 'Relationship') pushIf(relationships, relationship(value), malformed, line);
    else if (tag === 'Annotator') annotations.push({});
    else if (tag === 'SPDXREF') Object.assign(annotations.at(-1) ?? {}, { of: value });
    else if (tag === 'AnnotationComment') Object.assign(annotations.at(-1) ?? {}, { comment: value });
  };
  for (const { tag, value, line, wrong } of pairs(document)) {
    if (wrong !== undefined) malformed.push(`${wrong} in line ${line}`);
    else take(tag, value, line);
  }
  const byId = new Map(packages.map((each) => [each.SPDXID, each]));
  for (const each of annotations) byId.get(each.of)?.annotations.push(each);
  return { document: { ...top, creationInfo: { creators }, packages, files, relationships }, malformed };
}

/** Files that follow a package are in it. Source: SPDX 2.3, clause 8.1. */
function nameFile(file: Record<string, string>, id: string, owner: Element | undefined): void {
  if (file.SPDXID !== undefined) return;
  file.SPDXID = id;
  owner?.hasFiles.push(id);
}

function pushIf<T>(into: T[] | undefined, value: T | undefined, malformed: string[], line: number): void {
  if (value === undefined) malformed.push(`a field with too few words in line ${line}`);
  else into?.push(value);
}

/** `PACKAGE-MANAGER purl pkg:npm/x@1`. Source: SPDX 2.3, clause 7.21. */
function externalRef(value: string): Record<string, string> | undefined {
  const [, referenceCategory, referenceType, referenceLocator] = /^(\S+)\s+(\S+)\s+(\S.*)$/.exec(value) ?? [];
  return referenceCategory && referenceType && referenceLocator ? { referenceCategory, referenceType, referenceLocator } : undefined;
}

/** `SPDXRef-DOCUMENT DESCRIBES SPDXRef-x`. Source: SPDX 2.3, clause 11.1. */
function relationship(value: string): Record<string, string> | undefined {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
  return spdxElementId && relationshipType && relatedSpdxElement ? { spdxElementId, relationshipType, relatedSpdxElement } : undefined;
}

interface Pair {
  readonly tag: string;
  readonly value: string;
  readonly line: number;
  readonly wrong?: string;
}

/** Tags with their values, `<text>` of several lines taken together. Never holds more than one value beside the document. */
function* pairs(document: string): Generator<Pair, void> {
  let line = 0;
  for (let at = 0; at < document.length; ) {
    line++;
    const end = endOfLine(document, at);
    const text = document.slice(at, end).trim();
    const from = at;
    at = end + 1;
    if (text === '' || text.startsWith('#')) continue;
    const colon = text.indexOf(':');
    const tag = text.slice(0, Math.max(0, colon));
    if (!/^[A-Za-z]{1,40}$/.test(tag)) {
      yield { tag: '', value: '', line, wrong: 'no tag' };
      continue;
    }
    const value = text.slice(colon + 1).trim();
    if (!value.startsWith(TEXT_BEGIN)) {
      yield { tag, value, line };
      continue;
    }
    const begin = document.indexOf(TEXT_BEGIN, from) + TEXT_BEGIN.length;
    const close = document.indexOf(TEXT_END, begin);
    if (close < 0) {
      yield { tag, value: '', line, wrong: `no ${TEXT_END}` };
      return;
    }
    const whole = document.slice(begin, close);
    yield { tag, value: whole.trim(), line };
    line += whole.split('\n').length - 1;
    at = endOfLine(document, close) + 1;
  }
}

function endOfLine(document: string, from: number): number {
  const end = document.indexOf('\n', from);
  return end < 0 ? document.length : end;
}
