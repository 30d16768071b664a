import { SEVERITIES } from '../../model/index.ts';
import { choice, flag, path, paths, texts } from '../kinds.ts';
import { define } from '../setting.ts';

/** How configuration is looked at. */
export const lintSettings = {
  lintFormat: define({
    key: 'lint.format',
    flags: '-f, --format <format[=file]>',
    env: 'PLIMSOLL_LINT_FORMAT',
    kind: texts,
    fallback: ['table'] as readonly string[],
    commands: ['lint'],
    description: 'setting.lint-format',
  }),
  lintOutput: define({
    key: 'lint.output',
    flags: '-o, --output <file>',
    env: 'PLIMSOLL_LINT_OUTPUT',
    kind: path,
    fallback: undefined,
    commands: ['lint'],
    description: 'setting.lint-output',
  }),
  lintFailOn: define({
    key: 'lint.fail-on',
    flags: '--fail-on <severity>',
    env: 'PLIMSOLL_LINT_FAIL_ON',
    kind: choice(['error', 'warning', 'info', 'style', 'none', ...SEVERITIES.filter((level) => level !== 'unknown')]),
    fallback: 'error' as const,
    commands: ['lint'],
    description: 'setting.lint-fail-on',
  }),
  lintKind: define({
    key: 'lint.kind',
    flags: '--kind <kind>',
    env: 'PLIMSOLL_LINT_KIND',
    kind: choice(['dockerfile', 'kubernetes', 'compose', 'run']),
    fallback: undefined,
    commands: ['lint'],
    description: 'setting.lint-kind',
  }),
  lintIgnore: define({
    key: 'lint.ignore',
    flags: '--ignore <rules>',
    env: 'PLIMSOLL_LINT_IGNORE',
    kind: texts,
    fallback: undefined,
    commands: ['lint'],
    description: 'setting.lint-ignore',
  }),
  lintEnable: define({
    key: 'lint.enable',
    flags: '--enable <rules>',
    env: 'PLIMSOLL_LINT_ENABLE',
    kind: texts,
    fallback: undefined,
    commands: ['lint'],
    description: 'setting.lint-enable',
  }),
  lintRequireReason: define({
    key: 'lint.require-reason',
    flags: '--require-reason',
    env: 'PLIMSOLL_LINT_REQUIRE_REASON',
    kind: flag,
    fallback: false,
    commands: ['lint'],
    description: 'setting.lint-require-reason',
  }),
  lintRules: define({
    key: 'lint.rules',
    flags: '--rules <files>',
    env: 'PLIMSOLL_LINT_RULES',
    kind: paths,
    fallback: undefined,
    commands: ['lint'],
    description: 'setting.lint-rules',
  }),
} as const;
