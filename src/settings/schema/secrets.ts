import { choice, endpoints, flag, path, paths, secret, texts } from '../kinds.ts';
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
  secretsVerify: define({
    key: 'secrets.verify',
    flags: '--verify-secrets',
    env: 'PLIMSOLL_SECRETS_VERIFY',
    kind: flag,
    fallback: false,
    commands: ['secrets', 'scan', 'assess'],
    description: 'setting.secrets-verify',
  }),
  secretsVerifyEndpoints: define({
    key: 'secrets.verify-endpoints',
    flags: '--verify-endpoints <service=address>',
    env: 'PLIMSOLL_SECRETS_VERIFY_ENDPOINTS',
    kind: endpoints,
    fallback: undefined,
    commands: ['secrets', 'scan', 'assess'],
    description: 'setting.secrets-verify-endpoints',
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
