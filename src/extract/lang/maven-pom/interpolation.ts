import type { Pom } from './parse.ts';

const MAX_DEPTH = 16;
/** No coordinate is longer; properties that double each other would be. */
const MAX_LENGTH = 1000;

/** Fills in `${...}` as seen from one pom: the nearest definition counts. Source: Maven, "Model Builder", "Model Interpolation". */
export class Interpolation {
  readonly #properties = new Map<string, string>();
  /** Undefined while a property is being filled in, and for those that cannot be. */
  readonly #filled = new Map<string, string | undefined>();

  /** `chain`: the pom and its parents, nearest first. */
  constructor(chain: readonly Pom[]) {
    for (const pom of chain.toReversed()) for (const [name, value] of pom.properties) this.#properties.set(name, value);
    const [own] = chain;
    const group = chain.map((pom) => pom.group ?? pom.parent?.group).find((text) => text !== undefined);
    const version = chain.map((pom) => pom.version ?? pom.parent?.version).find((text) => text !== undefined);
    this.#define('groupId', group);
    this.#define('artifactId', own?.artifact);
    this.#define('version', version);
    this.#define('parent.groupId', own?.parent?.group);
    this.#define('parent.artifactId', own?.parent?.artifact);
    this.#define('parent.version', own?.parent?.version);
  }

  /** Undefined where a name is not defined in these poms (`env.X`, `java.version`), or the text has no end. */
  fill(text: string, depth = 0): string | undefined {
    if (!text.includes('${')) return text;
    if (depth === MAX_DEPTH) return undefined;
    let known = true;
    const filled = text.replace(/\$\{([^{}]*)\}/g, (_whole, name: string) => {
      const value = this.#property(name, depth + 1);
      known &&= value !== undefined;
      return value ?? '';
    });
    return known && filled.length <= MAX_LENGTH ? filled : undefined;
  }

  #property(name: string, depth: number): string | undefined {
    if (!this.#filled.has(name)) {
      this.#filled.set(name, undefined);
      const value = this.#properties.get(name);
      this.#filled.set(name, value === undefined ? undefined : this.fill(value, depth));
    }
    return this.#filled.get(name);
  }

  /** `project.x`, and the older `pom.x`, which is still understood. */
  #define(name: string, value: string | undefined): void {
    if (value === undefined) return;
    this.#properties.set(`project.${name}`, value).set(`pom.${name}`, value);
  }
}
