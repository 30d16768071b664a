import { Document, isMap, isScalar, isSeq, Pair, parseAllDocuments, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { comment, type Say } from './render.ts';
import type { Plan, Reason } from './types.ts';

/** Where the spec of the pod stands, by kind. Source: reference of the Kubernetes API, workload resources. */
const SPECS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  PodTemplate: ['template', 'spec'],
};

export interface HardenedManifest {
  readonly text: string;
  /** Pods and templates that were met. */
  readonly pods: number;
  /** Settings that were added. */
  readonly added: number;
}

/** Images that the manifest names, each once, in its order. */
export function imagesOf(text: string): string[] {
  const images = new Set<string>();
  for (const document of documentsOf(text)) {
    for (const spec of specsOf(document.contents)) {
      for (const container of containersOf(spec)) {
        const image = container.get('image');
        if (typeof image === 'string' && image !== '') images.add(image);
      }
    }
  }
  return [...images];
}

/**
 * The manifest with what it leaves unsaid of the least privileges; what it says stays as it is, and where it says otherwise a comment
 * remarks on it. Comments of the text are kept. `plans`: of the images that could be looked into, by name.
 *
 * @returns undefined where the text is no YAML
 */
export function hardenManifest(text: string, plans: ReadonlyMap<string, Plan>, say: Say): HardenedManifest | undefined {
  const documents = documentsOf(text);
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  const patch = new Patch(plans, say);
  for (const document of documents) for (const spec of specsOf(document.contents)) patch.pod(spec);
  const written = documents.map((document, i) => {
    const shown = document.toString({
      lineWidth: 0,
      indentSeq: !/^( *)[\w"'][^\n]*:[^\S\n]*\n\1- /m.test(text),
      flowCollectionPadding: false,
    });
    return i > 0 && !shown.startsWith('---') && !shown.startsWith('%') ? `---\n${shown}` : shown;
  });
  return { text: written.join(''), pods: patch.pods, added: patch.added };
}

function documentsOf(text: string): Document[] {
  const parsed = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
  return Array.isArray(parsed) ? parsed : [];
}

function specsOf(node: unknown, depth = 0): YAMLMap[] {
  if (!isMap(node) || depth > 5) return [];
  const kind = String(node.get('kind') ?? '');
  const list = node.get('items');
  if (kind.endsWith('List') && isSeq(list)) return list.items.flatMap((item) => specsOf(item, depth + 1));
  const path = Object.hasOwn(SPECS, kind) ? SPECS[kind] : undefined;
  const spec = path === undefined ? undefined : node.getIn(path);
  if (path === undefined || !isMap(spec)) return [];
  unflow(node);
  for (let i = 1; i <= path.length; i++) unflow(node.getIn(path.slice(0, i)));
  return [spec];
}

function containersOf(spec: YAMLMap): YAMLMap[] {
  return ['initContainers', 'containers'].flatMap((key) => {
    const list = spec.get(key);
    if (!isSeq(list)) return [];
    const found = list.items.filter((item) => isMap(item));
    for (const each of [list, ...found]) unflow(each);
    return found;
  });
}

class Patch {
  pods = 0;
  added = 0;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #say: Say;

  constructor(plans: ReadonlyMap<string, Plan>, say: Say) {
    this.#plans = plans;
    this.#say = say;
  }

  pod(spec: YAMLMap): void {
    if (spec.getIn(['os', 'name']) === 'windows') return;
    this.pods++;
    const containers = containersOf(spec);
    this.#set(spec, 'automountServiceAccountToken', false, [{ code: 'token' }]);
    const context = mapIn(spec, 'securityContext');
    const plans = containers.map((container) => this.#plans.get(String(container.get('image') ?? '')));
    const asRoot = [context, ...containers.map((container) => container.get('securityContext'))].some(
      (each) => isMap(each) && (each.get('runAsUser') === 0 || each.get('runAsNonRoot') === false),
    );
    if (asRoot && context.items.length === 0) this.#set(spec, 'hostUsers', false, [{ code: 'host-users' }]);
    else if (asRoot) remark(context, this.#say({ code: 'kept', params: { what: 'runAsUser: 0 / runAsNonRoot: false' } }));
    else if (plans.some((plan) => plan?.root) && !context.has('runAsUser')) {
      this.#set(spec, 'hostUsers', false, [{ code: 'user.root' }, { code: 'host-users' }]);
    } else this.#set(context, 'runAsNonRoot', true, [{ code: 'non-root' }]);
    this.#set(context, 'seccompProfile', { type: 'RuntimeDefault' }, [{ code: 'seccomp' }]);
    for (const [i, container] of containers.entries()) this.#container(spec, context, container, plans[i]);
  }

  #container(spec: YAMLMap, ofPod: YAMLMap, container: YAMLMap, plan: Plan | undefined): void {
    const context = mapIn(container, 'securityContext');
    if (context.get('privileged') === true) {
      // It contradicts all that would be added.
      remark(context, this.#say({ code: 'kept', params: { what: 'privileged: true' } }));
      return;
    }
    if (plan?.user && !plan.root && !ofPod.has('runAsUser')) {
      this.#set(context, 'runAsUser', plan.user.uid, plan.userReasons);
      if (!ofPod.has('runAsGroup')) this.#set(context, 'runAsGroup', plan.user.gid, []);
    }
    this.#set(context, 'allowPrivilegeEscalation', false, plan?.escalation ?? [{ code: 'escalation' }]);
    const capabilities = mapIn(context, 'capabilities');
    const drop = capabilities.get('drop');
    if (isSeq(drop)) {
      if (!drop.items.some((item) => isScalar(item) && item.value === 'ALL')) {
        drop.add('ALL');
        this.added++;
      }
    } else this.#set(capabilities, 'drop', ['ALL'], [{ code: 'drop' }]);
    if (plan && plan.capabilities.length > 0) {
      this.#set(
        capabilities,
        'add',
        plan.capabilities.map(({ name }) => name),
        plan.capabilities.slice(0, 1).map(({ reason }) => reason),
      );
    }
    if (context.has('readOnlyRootFilesystem')) return;
    this.#set(context, 'readOnlyRootFilesystem', true, [{ code: 'read-only' }]);
    const mounts = plan?.mounts ?? [{ path: '/tmp', name: 'tmp', reason: { code: 'mount.temporary' } as const }];
    for (const { path, name, reason } of mounts) this.#mount(spec, container, path, name, reason);
  }

  #mount(spec: YAMLMap, container: YAMLMap, path: string, name: string, reason: Reason): void {
    const mounts = seqIn(container, 'volumeMounts');
    const taken = mounts.items.some((item) => isMap(item) && String(item.get('mountPath')).replace(/\/+$/, '') === path);
    if (taken) return;
    const volumes = seqIn(spec, 'volumes');
    const volume = `${String(container.get('name') ?? 'app')}-${name}`.slice(0, 63).replace(/-+$/, '');
    if (!volumes.items.some((item) => isMap(item) && item.get('name') === volume)) volumes.add(new YAMLMap());
    const made = volumes.items.at(-1);
    if (isMap(made) && made.items.length === 0) {
      made.set('name', volume);
      made.set('emptyDir', new YAMLMap());
    }
    const mount = new YAMLMap();
    mount.items.push(new Pair(new Scalar('name'), new Scalar(volume)), new Pair(new Scalar('mountPath'), new Scalar(path)));
    mount.commentBefore = asComment([this.#say(reason)]);
    mounts.add(mount);
    this.added++;
  }

  #set(map: YAMLMap, key: string, value: unknown, reasons: readonly Reason[]): void {
    if (map.has(key)) return;
    const made = new Scalar(key);
    const texts = reasons.map((reason) => this.#say(reason));
    if (texts.length > 0) made.commentBefore = asComment(texts);
    map.items.push(new Pair(made, nodeOf(value)));
    this.added++;
  }
}

function nodeOf(value: unknown): unknown {
  const node = new Document(value).contents;
  if (isSeq(node)) node.flow = true;
  return node;
}

/** Braces and brackets have no room for comments. */
function unflow(node: unknown): void {
  if (isMap(node) || isSeq(node)) node.flow = false;
}

/** The mapping at `key`, made where there is none. */
function mapIn(map: YAMLMap, key: string): YAMLMap {
  const found = map.get(key);
  if (isMap(found)) {
    unflow(found);
    return found;
  }
  const made = new YAMLMap();
  map.set(key, made);
  return made;
}

function seqIn(map: YAMLMap, key: string): YAMLSeq {
  const found = map.get(key);
  if (isSeq(found)) {
    unflow(found);
    return found;
  }
  const made = new YAMLSeq();
  map.set(key, made);
  return made;
}

function remark(node: YAMLMap, text: string): void {
  const first = node.items[0]?.key;
  if (isScalar(first)) first.commentBefore = [asComment([text]), first.commentBefore ?? ''].filter((each) => each !== '').join('\n');
}

function asComment(texts: readonly string[]): string {
  return texts
    .flatMap((text) => comment(text))
    .map((line) => line.slice(1))
    .join('\n');
}
