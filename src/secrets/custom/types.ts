import type { AllowList } from '../allow.ts';
import type { SecretRule } from '../types.ts';

/** What a user's file of rules says. */
export interface CustomRules {
  readonly rules: readonly SecretRule[];
  readonly allow: readonly AllowList[];
  /** Ids of built-in rules that do not look. */
  readonly disable: readonly string[];
  /** The built-in rules look too. */
  readonly builtIn: boolean;
  /** Rules that were left out, with the reason. */
  readonly ignored: readonly { readonly rule: string; readonly reason: string }[];
}

/** Bytes of a window around a keyword where a pattern has no end of its own. */
export const OPEN_LENGTH = 4096;
export const MAX_RULES = 2000;
