import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Example } from './gitleaks-examples.ts';

/** A rule of Nosey Parker's as its YAML has it. */
interface PeerRule {
  readonly id: string;
  readonly name: string;
  readonly pattern: string;
  readonly categories?: readonly string[];
  readonly examples?: readonly string[] | null;
  readonly negative_examples?: readonly string[] | null;
}

/** An example with what its rule says of itself. */
export interface PeerExample extends Example {
  /** `secret`, `identifier`, `hashed`, `api`, `fuzzy` and others: what is no `secret` is no finding of ours either. */
  readonly categories: readonly string[];
}

const FOLDER = 'crates/noseyparker/data/default/builtin/rules';

/** The examples that Nosey Parker publishes with its built-in rules, read from its YAML; real texts, most of them. */
export function noseyParkerExamples(checkout: string): readonly PeerExample[] {
  const folder = join(checkout, FOLDER);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .flatMap((name) => (parse(readFileSync(join(folder, name), 'utf8')) as { rules: readonly PeerRule[] }).rules)
    .flatMap(({ id, name, categories = [], examples, negative_examples }) => {
      const rule = `${id} (${name})`;
      return [
        ...(examples ?? []).map((text) => ({ rule, categories, positive: true, text })),
        ...(negative_examples ?? []).map((text) => ({ rule, categories, positive: false, text })),
      ];
    });
}
