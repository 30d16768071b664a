import type { Span } from '../types.ts';
import { at, entries, isSet, items, textOf, type YamlMap, type YamlNode } from '../yaml-tree.ts';

/** The objects of one file, and the version of Kubernetes that they are judged for. */
export interface KubeFile {
  readonly objects: readonly KubeObject[];
  /** Minor number of 1.x. */
  readonly minor: number;
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly node: YamlMap;
  /** `Deployment/shop`. */
  readonly label: string;
  /** Of a pod, and of every kind that makes pods from a template. */
  readonly pod?: Pod;
}

/** A pod or a template of pods. */
export interface Pod {
  readonly object: KubeObject;
  /** Metadata of the pod itself: that of the template where there is one. */
  readonly metadata?: YamlNode;
  readonly spec: YamlMap;
  /** The key that opens the spec: where things are reported that are missing in it. */
  readonly head: Span;
  /** Init containers first, ephemeral ones last. */
  readonly containers: readonly Container[];
  readonly windows: boolean;
  /** True where the pod has a user namespace of its own: `hostUsers: false`. */
  readonly ownUsers: boolean;
}

export interface Container {
  readonly role: 'init' | 'main' | 'ephemeral';
  /** An init container that keeps running: `restartPolicy: Always`. */
  readonly sidecar: boolean;
  readonly name: string;
  readonly node: YamlMap;
  /** Its name, or its beginning: where things are reported that are missing in it. */
  readonly head: Span;
  /** `Deployment/shop container web`. */
  readonly label: string;
}

/** Where the pod's template stands, by kind. Source: reference of the Kubernetes API, workload resources. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PodTemplate: ['template'],
};

const ROLES = [
  ['initContainers', 'init', 'init container'],
  ['containers', 'main', 'container'],
  ['ephemeralContainers', 'ephemeral', 'ephemeral container'],
] as const;

/** Lists may hold lists; nobody writes them deeper. */
const MAX_LISTS = 5;

/** The objects of a document; those of a `List`, or of a kind that ends so, one by one. */
export function objectsOf(document: YamlNode, depth = 0): KubeObject[] {
  if (document.kind !== 'map') return [];
  const kind = textOf(at(document, 'kind'));
  const apiVersion = textOf(at(document, 'apiVersion'));
  if (kind === undefined || apiVersion === undefined) return [];
  const list = at(document, 'items');
  if (kind.endsWith('List') && list?.kind === 'list') {
    return depth >= MAX_LISTS ? [] : list.items.flatMap((item) => objectsOf(item, depth + 1));
  }
  const name = textOf(at(document, 'metadata', 'name')) ?? textOf(at(document, 'metadata', 'generateName')) ?? '';
  const namespace = textOf(at(document, 'metadata', 'namespace'));
  const label = name === '' ? kind : `${kind}/${name}`;
  const object: KubeObject = { apiVersion, kind, name, node: document, label, ...(namespace === undefined ? {} : { namespace }) };
  const pod = podOf(object);
  return [pod === undefined ? object : Object.assign(object, { pod })];
}

function podOf(object: KubeObject): Pod | undefined {
  const path = Object.hasOwn(TEMPLATES, object.kind) ? TEMPLATES[object.kind] : undefined;
  if (path === undefined) return undefined;
  const template = at(object.node, ...path);
  const spec = at(template, 'spec');
  if (template?.kind !== 'map' || spec?.kind !== 'map') return undefined;
  const metadata = at(template, 'metadata');
  return {
    object,
    ...(metadata === undefined ? {} : { metadata }),
    spec,
    head: template.entries.get('spec')?.key ?? spec,
    containers: ROLES.flatMap(([key, role, word]) => items(at(spec, key)).flatMap((node) => containerOf(node, role, word, object))),
    windows: textOf(at(spec, 'os', 'name')) === 'windows',
    ownUsers: at(spec, 'hostUsers')?.kind === 'scalar' && textOf(at(spec, 'hostUsers')) === 'false',
  };
}

function containerOf(node: YamlNode, role: Container['role'], word: string, object: KubeObject): Container[] {
  if (node.kind !== 'map') return [];
  const name = textOf(at(node, 'name')) ?? '';
  const named = node.entries.get('name');
  const head = named ? { start: named.key.start, end: named.value.end } : { start: node.start, end: node.start + 1 };
  const sidecar = role === 'init' && textOf(at(node, 'restartPolicy')) === 'Always';
  return [{ role, sidecar, name, node, head, label: `${object.label} ${word} ${name}`.trimEnd() }];
}

/** `metadata.annotations`: key, value and place. */
export function annotationsOf(metadata: YamlNode | undefined): { key: string; value: string; at: Span }[] {
  return [...entries(at(metadata, 'annotations'))].flatMap(([key, entry]) => {
    const value = textOf(entry.value);
    return value === undefined ? [] : [{ key, value, at: { start: entry.key.start, end: entry.value.end } }];
  });
}

/** A field of the container's security context, else of the pod's; undefined where neither sets it. */
export function inherited(pod: Pod, container: Container, key: string): YamlNode | undefined {
  const own = at(container.node, 'securityContext', key);
  if (isSet(own)) return own;
  const above = at(pod.spec, 'securityContext', key);
  return isSet(above) ? above : undefined;
}
