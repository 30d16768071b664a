import { longestMatch } from './longest-match.ts';
import type { SecretRule } from './types.ts';

export type RuleFacts = Omit<SecretRule, 'pattern' | 'maxLength'>;

/** A rule whose pattern is compiled and measured when somebody asks for it: files of an image meet the keywords of some dozens of rules. */
export function ruleOf(facts: RuleFacts, source: string, flags?: string): SecretRule {
  let pattern: RegExp | undefined;
  let longest: number | undefined;
  return {
    ...facts,
    get pattern() {
      pattern ??= new RegExp(source, flags);
      return pattern;
    },
    get maxLength() {
      longest ??= longestMatch({ source });
      return longest;
    },
  };
}
