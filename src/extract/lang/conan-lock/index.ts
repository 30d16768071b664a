import { isObject, strings } from '../../../util/fields.ts';
import { jsonObject, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';

/** `name/version@user/channel#recipe-revision:package-id#package-revision%time`. Source: Conan documentation, "Conan references". */
const REFERENCE = /^([\w+.-]{1,256})\/([^\s/@#:%]{1,256})(?:@(?:([^\s/@#:%]+)\/([^\s/@#:%]+))?)?(?:[#:%]\S*)?$/;

/**
 * conan.lock of Conan 1 (a graph) and Conan 2 (three lists). Tools that only the build needs, and recipes that others are written
 * with, are for development; the project's own recipe is left out.
 */
export const conanLock = lockFileExtractor({
  id: 'lang/conan-lock',
  version: 1,
  type: 'conan',
  what: 'conan.lock',
  wants: { basenames: ['conan.lock'] },
  parse(text, gap) {
    const lock = jsonObject(text);
    const listed = lock && (isObject(lock.graph_lock) ? ofGraph(lock.graph_lock) : ofLists(lock));
    if (!listed) return undefined;
    const found: LockedPackage[] = [];
    for (const { reference, dev } of listed) {
      const one = packageOf(reference);
      if (one) found.push(dev ? { ...one, dev: true } : one);
      else gap({ code: 'malformed', params: { what: 'a reference of a conan.lock' }, incomplete: true });
    }
    return found;
  },
});

interface Listed {
  readonly reference: unknown;
  readonly dev: boolean;
}

/** Conan 2. A reference whose package ids are locked too is a pair `[reference, ids]`. */
function ofLists(lock: Record<string, unknown>): Listed[] | undefined {
  const lists = { requires: false, build_requires: true, python_requires: true, config_requires: true };
  if (!Object.keys(lists).some((key) => Array.isArray(lock[key]))) return undefined;
  return Object.entries(lists).flatMap(([key, dev]) => {
    const list: unknown = lock[key];
    return Array.isArray(list) ? list.map((one: unknown) => ({ reference: Array.isArray(one) ? one[0] : one, dev })) : [];
  });
}

/** Conan 1. The node of the project has the path of its recipe; before 1.28 nodes had `pref` for `ref`. */
function ofGraph(graph: Record<string, unknown>): Listed[] | undefined {
  if (!isObject(graph.nodes)) return undefined;
  return Object.values(graph.nodes).flatMap((node) => {
    if (!isObject(node)) return [{ reference: undefined, dev: false }];
    if (typeof node.path === 'string' || (node.ref === undefined && node.pref === undefined)) return [];
    const recipes = strings(node.python_requires).map((reference) => ({ reference, dev: true }));
    return [{ reference: node.ref ?? node.pref, dev: node.context === 'build' }, ...recipes];
  });
}

function packageOf(reference: unknown): LockedPackage | undefined {
  const [, name, version, user, channel] = (typeof reference === 'string' && REFERENCE.exec(reference)) || [];
  if (name === undefined || version === undefined) return undefined;
  const isPlain = user === undefined || channel === undefined || user === '_';
  return { name, version, ...(isPlain ? {} : { qualifiers: { user, channel } }) };
}
