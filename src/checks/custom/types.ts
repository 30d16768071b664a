import type { CheckText, SeverityLevel } from '../../model/index.ts';
import type { RuleFacts, Span } from '../types.ts';

/** What custom rules may be about. */
export const SUBJECTS = ['document', 'container', 'instruction'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Something of a document that a custom rule is asked about, as plain values. */
export interface Item {
  readonly subject: Subject;
  /** Variables of the expression, by name: `document`, and `container` or `instruction`. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly at: Span;
  readonly resource?: string;
}

/** Reads a text into what rules are asked about. Malformed text gives none: the checker of its kind says so. */
export type ItemReader = (text: string) => readonly Item[];

/** A rule out of a file of the user's. */
export interface CustomRule extends RuleFacts {
  readonly text: CheckText;
  readonly severity: SeverityLevel;
  readonly kinds: readonly string[];
  readonly subject: Subject;
  /** Throws CustomRuleError where it cannot be told. */
  holds(item: Item): boolean;
  /** What the message is filled with. */
  params(item: Item): Readonly<Record<string, string | number>>;
}

/** A rule that could not be evaluated for an item. */
export class CustomRuleError extends Error {}
