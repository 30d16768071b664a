import { type Fields, fields, list, text } from '../util/fields.ts';
import type { Component, SbomDocument } from './types.ts';

/** More components than any SBOM has. */
export const MAX_COMPONENTS = 500_000;

/** Components may hold components. Source: CycloneDX 1.6 JSON schema, "component"; ECMA-424. */
export function cycloneDx(document: Fields): SbomDocument {
  const metadata = fields(document.metadata);
  const subject = fields(metadata.component);
  const components: Component[] = [];
  const malformed: string[] = [];
  // A list instead of recursion: how deep they are nested is the document's choice.
  const waiting: { readonly value: unknown; readonly subject: boolean }[] = list(document.components)
    .toReversed()
    .map((value) => ({ value, subject: false }));
  if (metadata.component !== undefined) waiting.push({ value: metadata.component, subject: true });
  for (let next = waiting.pop(); next !== undefined && components.length < MAX_COMPONENTS; next = waiting.pop()) {
    const raw = fields(next.value);
    const found = component(raw, next.subject);
    if (found === undefined) malformed.push(text(raw['bom-ref']) ?? 'a component without a name');
    else components.push(found);
    for (const inner of list(raw.components).toReversed()) waiting.push({ value: inner, subject: false });
  }
  if (waiting.length > 0) malformed.push(`more than ${MAX_COMPONENTS} components`);
  const name = text(subject.name);
  return {
    form: `CycloneDX ${text(document.specVersion) ?? ''}`.trim(),
    ...(name === undefined ? {} : { subject: name }),
    tools: toolsOf(metadata.tools),
    components,
    malformed,
  };
}

function component(raw: Fields, subject: boolean): Component | undefined {
  const name = text(raw.name);
  if (name === undefined) return undefined;
  const group = text(raw.group);
  const version = text(raw.version);
  const purl = text(raw.purl);
  const supplier = text(raw.publisher) ?? text(fields(raw.supplier).name);
  const ref = text(raw['bom-ref']);
  const path = list(fields(raw.evidence).occurrences).flatMap((one) => text(fields(one).location) ?? [])[0];
  return {
    ...(ref === undefined ? {} : { ref }),
    kind: text(raw.type) ?? 'library',
    name: group === undefined ? name : `${group}/${name}`,
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    licenses: list(raw.licenses).flatMap(licence),
    properties: new Map(
      list(raw.properties).flatMap((one) => {
        const [key, value] = [text(fields(one).name), text(fields(one).value)];
        return key !== undefined && value !== undefined ? [[key, value] as const] : [];
      }),
    ),
    ...(path === undefined ? {} : { path }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(subject ? { subject } : {}),
  };
}

/** A licence by id or name, or an expression. */
function licence(value: unknown): readonly string[] {
  const { license, expression } = fields(value);
  const one = text(expression) ?? text(fields(license).id) ?? text(fields(license).name);
  return one === undefined ? [] : [one];
}

/** A list until 1.4, since 1.5 an object with lists of components and services. */
function toolsOf(value: unknown): readonly string[] {
  const tools = Array.isArray(value) ? value : list(fields(value).components);
  return tools.flatMap((one) => text(fields(one).name) ?? []);
}
