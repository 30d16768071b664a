import type { SecretNote, SecretWord, SeverityLevel } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';

/**
 * One form of secret that text may hold. The engine looks for all keywords of all rules in one pass and tries `pattern` only around
 * those that it meets.
 */
export interface SecretRule {
  /** kebab-case, `service-what`: `github-fine-grained-token`. */
  readonly id: string;
  /** Proper name as its owner writes it: `GitHub`. */
  readonly service: string;
  readonly word: SecretWord;
  readonly severity: SeverityLevel;
  /** ASCII, compared without case, three characters or more; one of them is part of every match, or of its context in the pattern. */
  readonly keywords: readonly string[];
  /**
   * Without `g` and without unbounded quantifiers. The secret is the group `secret` where there is one, else the whole match. Bytes
   * are read as Latin-1, so that each is one character.
   */
  readonly pattern: RegExp;
  /** Bytes of the longest match, context included; a longer one is not found. At most 32 KiB. */
  readonly maxLength: number;
  /** Structure or checksum that the format has: false drops the match. Pure. */
  readonly check?: (secret: string, groups: Readonly<Record<string, string | undefined>>) => boolean;
  /** Shannon entropy in bits a character that the secret must reach. */
  readonly minEntropy?: number;
  /** Only in files with one of these last path components (compared without case) or ends of them. */
  readonly files?: { readonly basenames?: readonly string[]; readonly suffixes?: readonly string[] };
  /** Where the format is documented. */
  readonly reference: string;
}

/** A secret that was found, without its text. Survives JSON: it is kept in caches. */
export interface FoundSecret {
  readonly rule: string;
  readonly service: string;
  readonly word: SecretWord;
  readonly severity: SeverityLevel;
  readonly masked: string;
  readonly snippet?: string;
  /** From 1; absent in binary files. */
  readonly line?: number;
  readonly column?: number;
  /** See SecretFinding. */
  readonly hash: string;
  readonly notes?: readonly SecretNote[];
  /** An inline comment says not to count it. */
  readonly ignored?: { readonly reason?: string };
}

/** Looks for secrets. Synchronous, pure but for counting, bounded in memory whatever the length of lines and files. */
export interface SecretScanner {
  /** Hex; differs where rules, settings or the key of the hashes may give another result: part of the key of cached results. */
  readonly version: string;
  /** How many rules look. */
  readonly rules: number;
  /** The class of path that is left out (`node-modules`, `system-libraries`, `markdown`, `tests`, `binary`...), undefined where the file is to be read. */
  skips(path: string, size: number): string | undefined;
  /** For one file whose bytes come in order. */
  open(path: string, size: number): SecretStream;
  /** For a short text: a variable's value, a command. `path` decides which rules apply. */
  text(path: string, text: string): readonly FoundSecret[];
  /** The text with all that `text` finds in it masked, for output: what was found and is ignored is masked too. */
  redact(path: string, text: string): string;
}

export interface SecretStream {
  /** The bytes are not kept. False once no more of this file is wanted (it is binary). */
  chunk(bytes: Bytes): boolean;
  end(): readonly FoundSecret[];
}
