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
  /**
   * ASCII, compared without case, three characters or more; one of them is part of every match, or of its context in the pattern. May
   * be empty where `files` says which files the rule is for: the pattern is then tried all over them.
   */
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
  /**
   * `placeholders` (default): documentation examples, `<your-key>`, `${VAR}`, `changeme`, repeated characters are no secrets. `all`, for
   * rules that know a value by its name and looks only: hashes, UUIDs, identifiers, paths and words are none either, and any other
   * rule's match of the same text comes first. `none`: the pattern leaves no doubt.
   */
  readonly lookAlikes?: 'placeholders' | 'all' | 'none';
  /** Only in files with one of these last path components, or whose path ends so; compared without case. */
  readonly files?: { readonly basenames?: readonly string[]; readonly suffixes?: readonly string[]; readonly pattern?: RegExp };
  /** Written by users: its pattern may be slow, and is run by a linear engine where it is; it may lack keywords and is then tried everywhere. */
  readonly custom?: true;
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
  readonly character?: number;
  /** See SecretFinding. */
  readonly hash: string;
  readonly notes?: readonly SecretNote[];
  /** An inline comment or an allow list says not to count it. */
  readonly ignored?: { readonly by: 'pragma' | 'settings'; readonly reason?: string };
  /** What `judgeSecrets` makes notes of once the day and the other files are known; nothing of it is secret. */
  readonly facts?: SecretFacts;
}

/** Facts of keys and certificates that are judged later, so that what is kept does not depend on the day. */
export interface SecretFacts {
  readonly kind: 'certificate' | 'private-key';
  /** sha256 hex of the public key (DER, SubjectPublicKeyInfo): pairs a key with its certificate. */
  readonly publicKey?: string;
  /** ISO times between which a certificate is valid. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Certificate: who it is for, cut. */
  readonly subject?: string;
}

/**
 * A form that a pattern cannot tell: keys that have to be parsed. Found by its keywords (compared with case here), then read; `text` begins at the
 * keyword and is at most `maxLength` bytes (Latin-1).
 */
export interface SecretForm extends Omit<SecretRule, 'pattern' | 'check' | 'minEntropy' | 'files' | 'lookAlikes'> {
  readonly read: (text: string) => FormMatch | undefined;
  /** Not in files with such a path: bundles of certificates that come with a distribution. */
  readonly except?: RegExp;
}

/** What a form's reader made of the text. */
export interface FormMatch {
  /** Bytes of the text that belong to it. */
  readonly length: number;
  /** What identifies the secret, whatever its wrapping: goes into the hash only. */
  readonly secret: string;
  /** Shown: nothing secret. */
  readonly masked: string;
  /** Where it differs from the form's own. */
  readonly rule?: string;
  readonly word?: SecretWord;
  readonly severity?: SeverityLevel;
  readonly notes?: readonly SecretNote[];
  readonly facts?: SecretFacts;
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
  /** True once a rule stopped looking in this file, because it matched or was tried too often: secrets may be missing. */
  readonly limited: boolean;
}
