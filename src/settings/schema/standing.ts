import { choices, days, flag, paths, target } from '../kinds.ts';
import { define } from '../setting.ts';

/** What somebody accepted, and what findings are held against. */
export const standingSettings = {
  exceptions: define({
    key: 'exceptions.files',
    flags: '--exceptions <files>',
    env: 'PLIMSOLL_EXCEPTIONS',
    kind: paths,
    fallback: undefined,
    commands: ['scan', 'assess', 'lint', 'exceptions list', 'exceptions check'],
    description: 'setting.exceptions',
  }),
  withoutExceptions: define({
    key: 'exceptions.off',
    flags: '--without-exceptions',
    env: 'PLIMSOLL_WITHOUT_EXCEPTIONS',
    kind: flag,
    fallback: false,
    commands: ['scan', 'assess', 'lint'],
    description: 'setting.without-exceptions',
  }),
  exceptionsRequire: define({
    key: 'exceptions.require',
    flags: '--exceptions-require <fields>',
    env: 'PLIMSOLL_EXCEPTIONS_REQUIRE',
    kind: choices(['owner', 'approver', 'ticket', 'expires']),
    fallback: undefined,
    commands: ['scan', 'assess', 'lint', 'exceptions list', 'exceptions check'],
    description: 'setting.exceptions-require',
  }),
  exceptionsLongest: define({
    key: 'exceptions.longest',
    flags: '--exceptions-longest <days>',
    env: 'PLIMSOLL_EXCEPTIONS_LONGEST',
    kind: days,
    fallback: undefined,
    commands: ['scan', 'assess', 'lint', 'exceptions list', 'exceptions check'],
    description: 'setting.exceptions-longest',
  }),
  exceptionsWarn: define({
    key: 'exceptions.warn',
    flags: '--exceptions-warn <days>',
    env: 'PLIMSOLL_EXCEPTIONS_WARN',
    kind: days,
    fallback: 14,
    commands: ['scan', 'assess', 'lint', 'exceptions list', 'exceptions check'],
    description: 'setting.exceptions-warn',
  }),
  showSuppressed: define({
    key: 'scan.show-suppressed',
    flags: '--show-suppressed',
    env: 'PLIMSOLL_SHOW_SUPPRESSED',
    kind: flag,
    fallback: false,
    commands: ['scan', 'convert'],
    description: 'setting.show-suppressed',
  }),
  baseline: define({
    key: 'scan.baseline',
    flags: '--baseline <report|image>',
    env: 'PLIMSOLL_BASELINE',
    kind: target,
    fallback: undefined,
    commands: ['scan', 'assess'],
    description: 'setting.baseline',
  }),
} as const;
