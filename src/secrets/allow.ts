import type { FoundSecret } from './types.ts';

/** Says which matches are none, or not to be counted. Of several conditions one is enough, or all where `all` says so. */
export interface AllowList {
  /** Only for these rules; for all where absent. */
  readonly rules?: readonly string[];
  readonly paths?: readonly RegExp[];
  /** Tried on the secret, the whole match, or the line as far as it was read. */
  readonly patterns?: readonly RegExp[];
  readonly target?: 'secret' | 'match' | 'line';
  /** Parts of the secret, compared without case. */
  readonly words?: readonly string[];
  readonly all?: boolean;
  /** Where there is one, the secret is shown as ignored by the settings; else it is left out. */
  readonly reason?: string;
}

type Allows = (rule: string, path: string, secret: string, match: string, line: string) => FoundSecret['ignored'] | 'drop' | undefined;

export function allowLists(lists: readonly AllowList[]): Allows {
  return (rule, path, secret, match, line) => {
    const list = lists.find((one) => fits(one, rule, path, secret, match, line));
    if (list === undefined) return undefined;
    return list.reason === undefined ? 'drop' : { by: 'settings', reason: list.reason };
  };
}

function fits(list: AllowList, rule: string, path: string, secret: string, match: string, line: string): boolean {
  if (list.rules !== undefined && !list.rules.includes(rule)) return false;
  const text = { secret, match, line }[list.target ?? 'secret'];
  const lower = secret.toLowerCase();
  const conditions = [
    list.paths?.some((pattern) => pattern.test(path)),
    list.patterns?.some((pattern) => pattern.test(text)),
    list.words?.some((word) => lower.includes(word.toLowerCase())),
  ].filter((one) => one !== undefined);
  return conditions.length > 0 && (list.all === true ? conditions.every(Boolean) : conditions.some(Boolean));
}
