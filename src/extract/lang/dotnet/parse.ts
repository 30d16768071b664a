import { isObject } from '../../../util/fields.ts';
import { isVersion, jsonObject } from '../../lock-file.ts';

/** A NuGet package whose files an application brings along. */
export interface Library {
  readonly name: string;
  readonly version: string;
}

export interface DepsJson {
  readonly libraries: readonly Library[];
  /** Some of the libraries have no name or version. */
  readonly broken: boolean;
}

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,255}$/u;
/** A runtime that the application brings along: the package's name stands behind it. */
const RUNTIME_PACK = 'runtimepack.';
/** What a library adds to an application. Source: .NET SDK documentation, runtime-configuration-file.md, "targets". */
const ASSETS = ['runtime', 'native', 'runtimeTargets', 'resources'];

/**
 * The libraries of type `package` and `runtimepack`; projects and assemblies of the application's own are left out, and so are
 * packages that only take part in the resolution and add no file. Undefined where the text is no such file.
 */
export function parseDepsJson(text: string): DepsJson | undefined {
  const file = jsonObject(text);
  if (!file || !isObject(file.libraries)) return undefined;
  const target = targetOf(file);
  const libraries: Library[] = [];
  let broken = false;
  for (const [key, library] of Object.entries(file.libraries)) {
    const type = isObject(library) && typeof library.type === 'string' ? library.type.toLowerCase() : undefined;
    if (type === undefined) broken = true;
    if ((type !== 'package' && type !== 'runtimepack') || !addsFiles(target?.[key])) continue;
    const slash = key.indexOf('/');
    const written = key.slice(0, Math.max(0, slash));
    const name = type === 'runtimepack' && written.startsWith(RUNTIME_PACK) ? written.slice(RUNTIME_PACK.length) : written;
    const version = key.slice(slash + 1);
    if (NAME.test(name) && isVersion(version) && !version.includes('/')) libraries.push({ name, version });
    else broken = true;
  }
  return { libraries, broken };
}

/** The target that the application runs as: the one that `runtimeTarget` names, a text or an object with a name. */
function targetOf({ runtimeTarget, targets }: Record<string, unknown>): Record<string, unknown> | undefined {
  const name = isObject(runtimeTarget) ? runtimeTarget.name : runtimeTarget;
  const target = isObject(targets) && typeof name === 'string' ? targets[name] : undefined;
  return isObject(target) ? target : undefined;
}

/** A library that the target does not mention is taken for one that does. */
function addsFiles(entry: unknown): boolean {
  return !isObject(entry) || ASSETS.some((kind) => isObject(entry[kind]) && Object.keys(entry[kind]).length > 0);
}
