import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { type Directive, keywordLines } from './directives.ts';
import { settingRule } from './setting-rule.ts';

const MANUAL = 'https://www.sudo.ws/docs/man/sudoers.man/';

/** `who where=(as) tags: commands` of a user specification; undefined for Defaults, aliases and includes. */
function grant(each: Directive): { readonly who: string; readonly tags: string; readonly commands: string } | undefined {
  if (/^(?:defaults|user_alias|runas_alias|host_alias|cmnd_alias|cmd_alias|[#@]include)/i.test(each.name)) return undefined;
  const match = /^[^=]*=\s*(?:\([^)]*\)\s*)?((?:[A-Z_]+\s*:\s*)*)(.*)$/s.exec(each.value);
  return match ? { who: each.name, tags: match[1] ?? '', commands: (match[2] ?? '').trim() } : undefined;
}

function grantRule(
  facts: Pick<CheckRule<unknown>, 'id' | 'severity'>,
  bad: (granted: NonNullable<ReturnType<typeof grant>>) => boolean,
): CheckRule<readonly Directive[]> {
  return {
    ...facts,
    aliases: [],
    references: [MANUAL],
    check(directives, report) {
      for (const each of directives) {
        const granted = grant(each);
        if (granted && bad(granted)) report(each.span, { params: { who: granted.who, commands: granted.commands.slice(0, 200) } });
      }
    },
  };
}

const withoutPassword = (tags: string) => /\bNOPASSWD\b/.test(tags);
const everything = (commands: string) => /(?:^|,|:)\s*ALL\s*(?:,|$)/.test(commands);
const DANGEROUS_ENVIRONMENT = /\b(?:LD_PRELOAD|LD_LIBRARY_PATH|PYTHONPATH|PERL5LIB|RUBYLIB|BASH_ENV|ENV)\b/;

export const sudoers = fileChecker<readonly Directive[]>({
  id: 'sudoers',
  path: /(?:^|\/)(?:sudoers|sudoers\.d\/[^/.~]+)$/,
  parse: (text) => keywordLines(text),
  rules: [
    grantRule({ id: 'file/sudoers-everyone', severity: 'critical' }, ({ who, commands }) => who === 'all' && everything(commands)),
    grantRule(
      { id: 'file/sudoers-nopasswd-all', severity: 'high' },
      ({ who, tags, commands }) => who !== 'all' && who !== 'root' && withoutPassword(tags) && everything(commands),
    ),
    grantRule(
      { id: 'file/sudoers-nopasswd', severity: 'medium' },
      ({ who, tags, commands }) => who !== 'root' && withoutPassword(tags) && !everything(commands),
    ),
    grantRule({ id: 'file/sudoers-wildcard', severity: 'medium' }, ({ commands }) =>
      commands.split(',').some((command) => /^\s*(?:[A-Z_]+:\s*)*\/\S*\s.*\*/.test(command)),
    ),
    settingRule({
      id: 'file/sudoers-authenticate-off',
      severity: 'high',
      references: [MANUAL],
      names: ['defaults'],
      bad: (value) => /!\s*authenticate\b/.test(value),
    }),
    settingRule({
      id: 'file/sudoers-environment',
      severity: 'high',
      references: [MANUAL],
      names: ['defaults'],
      bad: (value) => /!\s*env_reset\b/.test(value) || (/\benv_keep\b/.test(value) && DANGEROUS_ENVIRONMENT.test(value)),
    }),
  ],
});
