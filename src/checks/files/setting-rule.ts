import type { CheckRule, RuleFacts } from '../types.ts';
import type { Directive } from './directives.ts';

export interface SettingRule extends Omit<RuleFacts, 'aliases'> {
  readonly aliases?: readonly string[];
  /** Of the settings, lower case. */
  readonly names: readonly string[];
  readonly bad: (value: string, directive: Directive, all: readonly Directive[]) => boolean;
  /** The value itself is a secret: it is neither shown nor part of the message. */
  readonly secret?: boolean;
}

/** Says `{setting}` and `{value}` of every setting of these names whose value is bad. */
export function settingRule({ names, bad, secret, aliases = [], ...facts }: SettingRule): CheckRule<readonly Directive[]> {
  return {
    ...facts,
    aliases,
    check(directives, report) {
      for (const each of directives) {
        if (!names.includes(each.name) || !bad(each.value, each, directives)) continue;
        const { start, end } = each.span;
        const masked = secret ? { masked: [{ start: start + each.name.length, end }] } : {};
        report(each.span, { params: { setting: each.name, value: secret ? '***' : each.value.slice(0, 200) }, ...masked });
      }
    },
  };
}
