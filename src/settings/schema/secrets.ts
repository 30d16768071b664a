import { choice, path, paths, secret, texts } from '../kinds.ts';
import { define } from '../setting.ts';

/** How secrets are looked for: of `plimsoll secrets`, and of scans that look for secrets too. */
export const secretsSettings = {
  secretsWhere: define({
    key: 'secrets.where',
    flags: '--where <any-layer|final>',
    env: 'PLIMSOLL_SECRETS_WHERE',
    kind: choice(['any-layer', 'final']),
    fallback: 'any-layer' as const,
    commands: ['secrets'],
    description: 'setting.secrets-where',
  }),
  secretsSkip: define({
    key: 'secrets.skip',
    flags: '--skip <classes>',
    env: 'PLIMSOLL_SECRETS_SKIP',
    kind: texts,
    fallback: ['default'] as readonly string[],
    commands: ['secrets'],
    description: 'setting.secrets-skip',
  }),
  secretsRules: define({
    key: 'secrets.rules',
    flags: '--rules <files>',
    env: 'PLIMSOLL_SECRETS_RULES',
    kind: paths,
    fallback: undefined,
    commands: ['secrets'],
    description: 'setting.secrets-rules',
  }),
  secretsBaseline: define({
    key: 'secrets.baseline',
    flags: '--baseline <file>',
    env: 'PLIMSOLL_SECRETS_BASELINE',
    kind: path,
    fallback: undefined,
    commands: ['secrets'],
    description: 'setting.secrets-baseline',
  }),
  secretsKey: define({
    key: 'secrets.key',
    env: 'PLIMSOLL_SECRETS_KEY',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['secrets'],
    description: 'setting.secrets-key',
  }),
} as const;
