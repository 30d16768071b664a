import { objectsOf } from '../kubernetes/objects.ts';
import { readYaml, type YamlNode } from '../yaml-tree.ts';
import type { Item } from './types.ts';

/** Each object is a document, as written; each container of its pods one, with `role`: `init`, `main` or `ephemeral`. */
export function kubernetesItems(text: string): Item[] {
  return readYaml(text)
    .documents.flatMap((located) => objectsOf(located))
    .flatMap((object) => {
      const document = plain(object.node);
      const containers = (object.pod?.containers ?? []).map(({ role, node, head, label }): Item => {
        const container = { ...(plain(node) as object), role };
        return { subject: 'container', values: { document, container }, at: head, resource: label };
      });
      const kind = object.node.entries.get('kind')?.key ?? object.node;
      return [{ subject: 'document', values: { document }, at: kind, resource: object.label }, ...containers];
    });
}

function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}
