import { type Lines, linesOf } from '../../checks/place.ts';
import type { Span } from '../../checks/types.ts';
import { at, items, readYaml, textOf, type YamlNode } from '../../checks/yaml-tree.ts';
import type { CheckFinding, CheckLocation } from '../../model/index.ts';

/** A file that a kustomization takes in. */
export interface ResourceFile {
  /** As the user is to see it. */
  readonly path: string;
  /** As the kustomization's folder sees it, with slashes: `../base/pod.yaml`. */
  readonly relative: string;
  readonly text: string;
}

/** A key, or its value, of an object: members by name, items of lists by their `name` where they have one, else by their number. */
interface Place {
  readonly path: readonly Step[];
  readonly part: 'key' | 'value';
}
type Step = string | number | { readonly named: string };

/**
 * Puts findings in what Kustomize made where the same field stands in the file that its object comes from: the one that Kustomize's own
 * annotation names (`buildMetadata: [originAnnotations]`), else the only one that holds an object of that kind whose name the rendered
 * name holds. A field that is not there, or has another value, was made on the way: only the file is told then. Where the file cannot be
 * told either, it is the kustomization's. Source: kubectl.docs.kubernetes.io, "buildMetadata".
 */
export function sourcePlaces(rendered: string, files: readonly ResourceFile[]): (finding: CheckFinding) => CheckFinding {
  const lines = linesOf(rendered);
  const documents = readYaml(rendered).documents;
  const objects = files.flatMap((file) => {
    const own = linesOf(file.text);
    return readYaml(file.text).documents.map((node) => ({ file, lines: own, node }));
  });
  return ({ location, snippet, fix: _, ...finding }) => {
    const bare = { ...finding, ...(snippet === undefined ? {} : { snippet }), location: { file: location.file } };
    const offset = offsetOf(location, lines);
    const document = documents.find((node) => offset !== undefined && node.start <= offset && offset < node.end);
    if (document === undefined || offset === undefined) return bare;
    const source = only(objects.filter((one) => isOrigin(one, document)));
    if (source === undefined) return bare;
    const { file, node, lines: own } = source;
    const place = placeAt(document, offset);
    const span = place && sameField(node, document, place);
    if (span === undefined) return { ...bare, location: { file: file.path } };
    const located = { file: file.path, ...spanLocation(span, own) };
    const line = own.text(located.line);
    // A line that reads otherwise is not the one that was met; secrets are masked in the one that was.
    const same = snippet !== undefined && bareLine(snippet) === bareLine(line);
    return { ...finding, ...(same ? { snippet: line } : {}), location: located };
  };
}

/** Without its indentation and an item's dash, which Kustomize sets its own way. */
function bareLine(line: string): string {
  return line.trim().replace(/^-\s+/, '');
}

function offsetOf({ line, column }: CheckLocation, lines: Lines): number | undefined {
  return line === undefined ? undefined : lines.start(line) + (column ?? 1) - 1;
}

function spanLocation({ start, end }: Span, lines: Lines) {
  const from = lines.place(start);
  const to = lines.place(Math.max(start, end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function isOrigin({ file, node }: { readonly file: ResourceFile; readonly node: YamlNode }, rendered: YamlNode): boolean {
  const origin = textOf(at(rendered, 'metadata', 'annotations', 'config.kubernetes.io/origin'));
  if (origin !== undefined) {
    const [said] = readYaml(origin).documents;
    if (at(said, 'repo') !== undefined || textOf(at(said, 'path')) !== file.relative) return false;
  }
  const own = textOf(at(node, 'metadata', 'name'));
  const name = textOf(at(rendered, 'metadata', 'name'));
  const same = (key: string): boolean => textOf(at(node, key)) === textOf(at(rendered, key));
  return own !== undefined && own !== '' && name?.includes(own) === true && same('kind') && same('apiVersion');
}

function only<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** What stands at an offset of a document; undefined between its fields. */
function placeAt(document: YamlNode, offset: number): Place | undefined {
  const path: Step[] = [];
  let here: YamlNode = document;
  for (;;) {
    if (here.kind === 'scalar') return { path, part: 'value' };
    const next: { step: Step; node: YamlNode; key?: Span } | undefined = below(here).find(
      ({ node, key }) => offset >= (key ?? node).start && offset < Math.max(node.end, (key ?? node).end),
    );
    if (next === undefined) return undefined;
    path.push(next.step);
    if (next.key && offset < next.key.end) return { path, part: 'key' };
    here = next.node;
  }
}

function below(node: YamlNode): { step: Step; node: YamlNode; key?: Span }[] {
  if (node.kind === 'map') return [...node.entries].map(([step, { key, value }]) => ({ step, node: value, key }));
  return items(node).map((item, i) => {
    const named = textOf(at(item, 'name'));
    return { step: named === undefined ? i : { named }, node: item };
  });
}

/** The field's key with its value, or the value, where it says the same in the source; a mapping's or list's key stands for itself. */
function sameField(source: YamlNode, rendered: YamlNode, { path, part }: Place): Span | undefined {
  const [found, met] = [follow(source, path), follow(rendered, path)];
  if (found === undefined || met === undefined || found.node.kind !== met.node.kind) return undefined;
  if (found.node.kind === 'scalar' && textOf(found.node) !== textOf(met.node)) return undefined;
  if (part === 'value') return found.node;
  if (found.key === undefined) return undefined;
  return found.node.kind === 'scalar' ? { start: found.key.start, end: Math.max(found.key.end, found.node.end) } : found.key;
}

function follow(root: YamlNode, path: readonly Step[]): { node: YamlNode; key?: Span } | undefined {
  let here: { node: YamlNode; key?: Span } | undefined = { node: root };
  for (const step of path) {
    if (here === undefined) return undefined;
    const matching: ReturnType<typeof below> = below(here.node).filter((each) => isSame(each.step, step));
    here = only(matching);
  }
  return here;
}

function isSame(a: Step, b: Step): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.named === b.named : a === b;
}
