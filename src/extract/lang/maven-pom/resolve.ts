import { posix } from 'node:path';
import { isVersion } from '../../lock-file.ts';
import { Interpolation } from './interpolation.ts';
import type { Pom, PomDependency, PomParent } from './parse.ts';

export interface Effective {
  readonly dependencies: readonly { readonly name: string; readonly version: string; readonly test: boolean }[];
  /** Parents and imports that are not in this folder, as `group:artifact:version`. */
  readonly missing: readonly string[];
}

/** Parents of parents; Maven's own projects have six. */
const MAX_PARENTS = 32;
/** Imports in imports, all together. */
const MAX_IMPORTS = 200;

/** The poms of a folder, by path. Source: Maven, "Introduction to the POM" and "Introduction to the Dependency Mechanism". */
export class Poms {
  readonly #files: ReadonlyMap<string, Pom>;
  readonly #byName: ReadonlyMap<string, readonly string[]>;

  constructor(files: ReadonlyMap<string, Pom>) {
    this.#files = files;
    this.#byName = Map.groupBy(files.keys(), (path) => {
      const pom = files.get(path) as Pom;
      return `${pom.group ?? pom.parent?.group}:${pom.artifact}`;
    });
  }

  /** Dependencies of the pom at `path`, inherited ones included, without those that are poms of this folder. */
  effective(path: string): Effective {
    const missing = new Set<string>();
    const model = this.#model(path, missing);
    const managed = this.#managed(model, missing, new Set([path]));
    const merged = new Map<string, PomDependency>();
    for (const { dependencies } of model.chain.toReversed()) {
      for (const one of dependencies) {
        const filled = model.fill(one);
        if (filled) merged.set(keyOf(filled), filled);
      }
    }
    const dependencies = [...merged].flatMap(([key, one]) => {
      const name = `${one.group}:${one.artifact}`;
      if (this.#byName.has(name)) return [];
      const { version = managed.get(key)?.version, scope = managed.get(key)?.scope } = one;
      return [{ name, version: exact(version), test: scope === 'test' }];
    });
    return { dependencies, missing: [...missing] };
  }

  /** The pom and its parents, nearest first, and how texts are filled in as seen from it. */
  #model(path: string, missing: Set<string>): Model {
    const chain: Pom[] = [];
    const seen = new Set<string>();
    let at: string | undefined = path;
    while (at !== undefined && !seen.has(at) && chain.length < MAX_PARENTS) {
      seen.add(at);
      const pom = this.#files.get(at) as Pom;
      chain.push(pom);
      const next: string | undefined = pom.parent && this.#parentPath(at, pom.parent);
      if (pom.parent && next === undefined) missing.add(`${pom.parent.group}:${pom.parent.artifact}:${pom.parent.version}`);
      at = next;
    }
    return new Model(chain);
  }

  /** By relativePath where that is the parent that is meant, else by its coordinates. */
  #parentPath(path: string, { group, artifact, relativePath = '../pom.xml' }: PomParent): string | undefined {
    const named = this.#byName.get(`${group}:${artifact}`) ?? [];
    const place = posix.join(posix.dirname(path), relativePath);
    const near = place.endsWith('.xml') ? place : posix.join(place, 'pom.xml');
    return relativePath !== '' && named.includes(near) ? near : named.length === 1 ? named[0] : undefined;
  }

  /** Nearest first, and what a pom says itself before what it imports; a pom that is imported again adds nothing. */
  #managed(model: Model, missing: Set<string>, imported: Set<string>): ReadonlyMap<string, PomDependency> {
    const managed = new Map<string, PomDependency>();
    const imports: PomDependency[] = [];
    for (const pom of model.chain) {
      for (const one of pom.managed) {
        const filled = model.fill(one);
        if (!filled) continue;
        if (filled.scope === 'import' && filled.type === 'pom') imports.push(filled);
        else if (!managed.has(keyOf(filled))) managed.set(keyOf(filled), filled);
      }
    }
    for (const { group, artifact, version = '' } of imports) {
      const path = this.#byName.get(`${group}:${artifact}`)?.[0];
      if (path === undefined || imported.size > MAX_IMPORTS) {
        missing.add(`${group}:${artifact}:${version}`);
        continue;
      }
      if (imported.has(path)) continue;
      imported.add(path);
      for (const [key, one] of this.#managed(this.#model(path, missing), missing, imported)) if (!managed.has(key)) managed.set(key, one);
    }
    return managed;
  }
}

/** A pom and its parents, nearest first. */
class Model {
  readonly chain: readonly Pom[];
  readonly #texts: Interpolation;

  constructor(chain: readonly Pom[]) {
    this.chain = chain;
    this.#texts = new Interpolation(chain);
  }

  /** Undefined where its name cannot be told; fields that cannot be are left out. */
  fill(one: PomDependency): PomDependency | undefined {
    const group = this.#texts.fill(one.group);
    const artifact = this.#texts.fill(one.artifact);
    if (!isPart(group) || !isPart(artifact)) return undefined;
    const rest = (['version', 'scope', 'type', 'classifier'] as const).flatMap((field) => {
      const text = one[field] === undefined ? undefined : this.#texts.fill(one[field]);
      // A version that is stated and cannot be told hides a managed one all the same.
      return text === undefined && !(field === 'version' && one.version !== undefined) ? [] : [[field, text ?? ''] as const];
    });
    return { group, artifact, ...Object.fromEntries(rest) };
  }
}

/** What makes two dependencies one. Source: Maven, Dependency.getManagementKey. */
function keyOf({ group, artifact, type = 'jar', classifier = '' }: PomDependency): string {
  return `${group}:${artifact}:${type}:${classifier}`;
}

/** `1.0` and `[1.0]`; a range (`[1.0,2.0)`), LATEST and RELEASE name no one version. */
function exact(version: string | undefined): string {
  const bare = /^\[([^,[\]()]+)\]$/.exec(version ?? '')?.[1] ?? version ?? '';
  return isVersion(bare) && !/[[\](),]|^(LATEST|RELEASE)$/.test(bare) ? bare : '';
}

function isPart(text: string | undefined): text is string {
  return text !== undefined && text.length <= 256 && /^[\w.-]+$/.test(text);
}
