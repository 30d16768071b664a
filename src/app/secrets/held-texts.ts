import type { FoundSecret } from '../../secrets/types.ts';
import type { Beside } from '../../secrets/verify/index.ts';

interface Held {
  readonly rule: string;
  readonly secret: string;
  readonly path: string;
  /** Among all that were held of this path, in the order in which they stand there. */
  readonly index: number;
}

/** Texts that are held; a target with more secrets that can be asked about is asked about these. */
const MAX_HELD = 10_000;

/**
 * The text of found secrets that services are to be asked about: in memory, for one run, and only where that was asked for. Nothing of it is in
 * findings, caches or errors.
 */
export class HeldTexts {
  readonly #rules: ReadonlySet<string>;
  readonly #byHash = new Map<string, Held>();
  readonly #byPath = new Map<string, Held[]>();
  #count = 0;

  /** Texts of other rules are not held. */
  constructor(rules: ReadonlySet<string>) {
    this.#rules = rules;
  }

  hold(path: string, rule: string, hash: string, secret: string): void {
    if (!this.#rules.has(rule) || this.#count >= MAX_HELD) return;
    this.#count++;
    const known = this.#byPath.get(path) ?? [];
    const held = { rule, secret, path, index: known.length };
    known.push(held);
    this.#byPath.set(path, known);
    if (!this.#byHash.has(hash)) this.#byHash.set(hash, held);
  }

  /** False where the secret's layer has to be read to ask about it. */
  has({ rule, hash }: Pick<FoundSecret, 'rule' | 'hash'>): boolean {
    return !this.#rules.has(rule) || this.#byHash.has(hash);
  }

  /** The text, and the nearest of each other rule in the same file: the one before it where two are as near. */
  of(hash: string): { readonly secret: string; readonly beside: Beside } | undefined {
    const held = this.#byHash.get(hash);
    if (!held) return undefined;
    const beside: Record<string, string> = {};
    const others = (this.#byPath.get(held.path) ?? []).filter(({ rule }) => rule !== held.rule);
    for (const other of others.sort((a, b) => distance(a, held) - distance(b, held) || a.index - b.index))
      beside[other.rule] ??= other.secret;
    return { secret: held.secret, beside };
  }
}

function distance(a: Held, b: Held): number {
  return Math.abs(a.index - b.index);
}
