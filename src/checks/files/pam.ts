import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { type Directive, keywordLines } from './directives.ts';

const MANUAL = 'https://man7.org/linux/man-pages/man5/pam.d.5.html';
const UNIX = 'https://man7.org/linux/man-pages/man8/pam_unix.8.html';

interface PamLine {
  /** `auth`, `account`, `password`, `session`. */
  readonly type: string;
  /** `required`, `sufficient`, `[success=1 default=ignore]`. */
  readonly control: string;
  /** `pam_unix`. */
  readonly module: string;
  readonly options: readonly string[];
}

function pamLine({ name, value }: Directive): PamLine | undefined {
  const match = /^(\[[^\]]*\]|\S+)\s+(\S+)\s*(.*)$/s.exec(value);
  if (!match) return undefined;
  const module = (match[2] ?? '').replace(/^.*\//, '').replace(/\.so$/, '');
  return { type: name.replace(/^-/, ''), control: (match[1] ?? '').toLowerCase(), module, options: (match[3] ?? '').split(/\s+/) };
}

function pamRule(
  facts: Pick<CheckRule<unknown>, 'id' | 'severity' | 'references'>,
  bad: (line: PamLine) => boolean,
): CheckRule<readonly Directive[]> {
  return {
    ...facts,
    aliases: [],
    check(directives, report) {
      for (const each of directives) {
        const line = pamLine(each);
        if (line && bad(line)) report(each.span, { params: { module: line.module } });
      }
    },
  };
}

/** A service's stack below `pam.d`. */
export const pam = fileChecker<readonly Directive[]>({
  id: 'pam',
  path: /(?:^|\/)pam\.d\/[^/]+$/,
  parse: (text) => keywordLines(text),
  rules: [
    pamRule(
      { id: 'file/pam-permit', severity: 'high', references: [MANUAL] },
      ({ type, control, module }) => type === 'auth' && module === 'pam_permit' && (control === 'sufficient' || control === 'binding'),
    ),
    pamRule(
      { id: 'file/pam-rhosts', severity: 'high', references: [MANUAL] },
      ({ type, module }) => type === 'auth' && (module === 'pam_rhosts' || module === 'pam_rhosts_auth'),
    ),
    pamRule(
      { id: 'file/pam-null-passwords', severity: 'low', references: [UNIX] },
      ({ type, module, options }) => type === 'auth' && module === 'pam_unix' && options.includes('nullok'),
    ),
    pamRule(
      { id: 'file/pam-weak-hash', severity: 'medium', references: [UNIX] },
      ({ type, module, options }) =>
        type === 'password' && module === 'pam_unix' && options.some((option) => ['md5', 'bigcrypt'].includes(option)),
    ),
  ],
});
