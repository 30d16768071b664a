import type { CliKey } from '../messages/cli.en.ts';
import { LANGUAGES } from '../messages/language.ts';
import { SEVERITIES } from '../model/index.ts';
import { bytes, choice, choices, days, feeds, flag, type Kind, mirrors, path, paths, secret, text, texts } from './kinds.ts';

/** One thing that a user can set: on the command line, in the environment, in a settings file. */
export interface Setting<T = unknown, D = unknown> {
  /** Its place in plimsoll.yaml: `scan.fail-on`. */
  readonly key: string;
  /** As commander reads it; undefined where there is no option, because a command line is seen by every process of the machine. */
  readonly flags?: string;
  /** The name of its variable. */
  readonly env: string;
  /** False: not read from files, which end up in repositories. */
  readonly inFile?: boolean;
  readonly kind: Kind<T>;
  readonly fallback: D;
  /** The commands that have the option. */
  readonly commands: 'all' | readonly CommandName[];
  readonly description: CliKey;
}

export type CommandName = 'scan' | 'db' | 'db push' | 'db pull' | 'db update';

/** Every setting. Command-line options, variables, file keys, `settings show` and docs/settings.md are made from this list. */
export const SETTINGS = {
  format: define({
    key: 'scan.format',
    flags: '-f, --format <format[=file]>',
    env: 'PLIMSOLL_FORMAT',
    kind: texts,
    fallback: ['table'] as readonly string[],
    commands: ['scan'],
    description: 'setting.format',
  }),
  output: define({
    key: 'scan.output',
    flags: '-o, --output <file>',
    env: 'PLIMSOLL_OUTPUT',
    kind: path,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.output',
  }),
  severity: define({
    key: 'scan.severity',
    flags: '-s, --severity <list>',
    env: 'PLIMSOLL_SEVERITY',
    kind: choices(SEVERITIES),
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.severity',
  }),
  type: define({
    key: 'scan.type',
    flags: '--type <list>',
    env: 'PLIMSOLL_TYPE',
    kind: choices(['os', 'library']),
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.type',
  }),
  ignoreUnfixed: define({
    key: 'scan.ignore-unfixed',
    flags: '--ignore-unfixed',
    env: 'PLIMSOLL_IGNORE_UNFIXED',
    kind: flag,
    fallback: false,
    commands: ['scan'],
    description: 'setting.ignore-unfixed',
  }),
  failOn: define({
    key: 'scan.fail-on',
    flags: '--fail-on <severity>',
    env: 'PLIMSOLL_FAIL_ON',
    kind: choice(['none', ...SEVERITIES.filter((level) => level !== 'unknown')]),
    fallback: 'none' as const,
    commands: ['scan'],
    description: 'setting.fail-on',
  }),
  scanners: define({
    key: 'scan.scanners',
    flags: '--scanners <list>',
    env: 'PLIMSOLL_SCANNERS',
    kind: choices(['vuln', 'secret', 'config', 'misconfig', 'license']),
    fallback: ['vuln'] as const,
    commands: ['scan'],
    description: 'setting.scanners',
  }),
  platform: define({
    key: 'scan.platform',
    flags: '--platform <os/arch[/variant]>',
    env: 'PLIMSOLL_PLATFORM',
    kind: text,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.platform',
  }),
  lazy: define({
    key: 'scan.lazy',
    flags: '--lazy',
    env: 'PLIMSOLL_LAZY',
    kind: flag,
    fallback: false,
    commands: ['scan'],
    description: 'setting.lazy',
  }),
  allowLazy: define({
    key: 'scan.allow-lazy',
    flags: '--allow-lazy',
    env: 'PLIMSOLL_ALLOW_LAZY',
    kind: flag,
    fallback: false,
    commands: ['scan'],
    description: 'setting.allow-lazy',
  }),
  offline: define({
    key: 'offline',
    flags: '--offline',
    env: 'PLIMSOLL_OFFLINE',
    kind: flag,
    fallback: false,
    commands: ['scan', 'db push', 'db pull', 'db update'],
    description: 'setting.offline',
  }),
  db: define({
    key: 'database.path',
    flags: '--db <folder>',
    env: 'PLIMSOLL_DB',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'db'],
    description: 'setting.db',
  }),
  dbSource: define({
    key: 'database.source',
    flags: '--db-source <sources>',
    env: 'PLIMSOLL_DB_SOURCE',
    kind: texts,
    fallback: undefined,
    commands: ['scan', 'db pull'],
    description: 'setting.db-source',
  }),
  feedUrl: define({
    key: 'feed-url',
    flags: '--feed-url <upstream=address>',
    env: 'PLIMSOLL_FEED_URL',
    inFile: false,
    kind: feeds,
    fallback: undefined,
    commands: ['db update'],
    description: 'setting.feed-url',
  }),
  feeds: define({
    key: 'feeds',
    env: 'PLIMSOLL_FEEDS',
    kind: feeds,
    fallback: undefined,
    commands: ['db update'],
    description: 'setting.feeds',
  }),
  nvdKey: define({
    key: 'nvd-api-key',
    env: 'PLIMSOLL_NVD_API_KEY',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['db update'],
    description: 'setting.nvd-api-key',
  }),
  update: define({
    key: 'database.update',
    flags: '--update <auto|always|never>',
    env: 'PLIMSOLL_UPDATE',
    kind: choice(['auto', 'always', 'never']),
    fallback: 'auto' as const,
    commands: ['scan'],
    description: 'setting.update',
  }),
  maxDbAge: define({
    key: 'database.max-age',
    flags: '--max-db-age <days>',
    env: 'PLIMSOLL_MAX_DB_AGE',
    kind: days,
    fallback: 7,
    commands: ['scan'],
    description: 'setting.max-db-age',
  }),
  staleDb: define({
    key: 'database.stale',
    flags: '--stale-db <warn|fail>',
    env: 'PLIMSOLL_STALE_DB',
    kind: choice(['warn', 'fail']),
    fallback: 'warn' as const,
    commands: ['scan'],
    description: 'setting.stale-db',
  }),
  caFile: define({
    key: 'registry.ca-file',
    flags: '--ca-file <file>',
    env: 'PLIMSOLL_CA_FILE',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull', 'db update'],
    description: 'setting.ca-file',
  }),
  clientCert: define({
    key: 'registry.client-cert',
    flags: '--client-cert <file>',
    env: 'PLIMSOLL_CLIENT_CERT',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.client-cert',
  }),
  clientKey: define({
    key: 'registry.client-key',
    flags: '--client-key <file>',
    env: 'PLIMSOLL_CLIENT_KEY',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.client-key',
  }),
  mirrors: define({
    key: 'registry.mirrors',
    flags: '--registry-mirror <prefix=mirror>',
    env: 'PLIMSOLL_REGISTRY_MIRRORS',
    kind: mirrors,
    fallback: undefined,
    commands: ['scan', 'db pull'],
    description: 'setting.mirrors',
  }),
  plainHttp: define({
    key: 'registry.plain-http',
    flags: '--plain-http',
    env: 'PLIMSOLL_PLAIN_HTTP',
    kind: flag,
    fallback: false,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.plain-http',
  }),
  registryUsername: define({
    key: 'registry.username',
    flags: '--registry-username <name>',
    env: 'PLIMSOLL_REGISTRY_USERNAME',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.registry-username',
  }),
  registryPassword: define({
    key: 'registry.password',
    env: 'PLIMSOLL_REGISTRY_PASSWORD',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.registry-password',
  }),
  registryToken: define({
    key: 'registry.token',
    env: 'PLIMSOLL_REGISTRY_TOKEN',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.registry-token',
  }),
  registryHost: define({
    key: 'registry.host',
    flags: '--registry-host <host[:port]>',
    env: 'PLIMSOLL_REGISTRY_HOST',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'db push', 'db pull'],
    description: 'setting.registry-host',
  }),
  cacheDir: define({
    key: 'cache-dir',
    flags: '--cache-dir <folder>',
    env: 'PLIMSOLL_CACHE_DIR',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'db'],
    description: 'setting.cache-dir',
  }),
  cache: define({
    key: 'cache',
    flags: '--no-cache',
    env: 'PLIMSOLL_CACHE',
    kind: flag,
    fallback: true,
    commands: ['scan'],
    description: 'setting.cache',
  }),
  cacheSize: define({
    key: 'cache-size',
    flags: '--cache-size <size>',
    env: 'PLIMSOLL_CACHE_SIZE',
    kind: bytes,
    fallback: 2e9,
    commands: ['scan'],
    description: 'setting.cache-size',
  }),
  sharedCache: define({
    key: 'shared-cache.address',
    flags: '--shared-cache <repository|url>',
    env: 'PLIMSOLL_SHARED_CACHE',
    kind: text,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.shared-cache',
  }),
  sharedCacheTrust: define({
    key: 'shared-cache.trust',
    flags: '--shared-cache-trust <files>',
    env: 'PLIMSOLL_SHARED_CACHE_TRUST',
    kind: paths,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.shared-cache-trust',
  }),
  sharedCacheSign: define({
    key: 'shared-cache.sign',
    flags: '--shared-cache-sign <file>',
    env: 'PLIMSOLL_SHARED_CACHE_SIGN',
    kind: path,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.shared-cache-sign',
  }),
  sharedCacheToken: define({
    key: 'shared-cache.token',
    env: 'PLIMSOLL_SHARED_CACHE_TOKEN',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['scan'],
    description: 'setting.shared-cache-token',
  }),
  lang: define({
    key: 'lang',
    flags: '--lang <en|ko>',
    env: 'PLIMSOLL_LANG',
    kind: choice(LANGUAGES),
    fallback: undefined,
    commands: 'all',
    description: 'setting.lang',
  }),
  color: define({
    key: 'color',
    flags: '--color <auto|always|never>',
    env: 'PLIMSOLL_COLOR',
    kind: choice(['auto', 'always', 'never']),
    fallback: 'auto' as const,
    commands: 'all',
    description: 'setting.color',
  }),
  progress: define({
    key: 'progress',
    flags: '--no-progress',
    env: 'PLIMSOLL_PROGRESS',
    kind: flag,
    fallback: true,
    commands: 'all',
    description: 'setting.progress',
  }),
  quiet: define({
    key: 'quiet',
    flags: '-q, --quiet',
    env: 'PLIMSOLL_QUIET',
    kind: flag,
    fallback: false,
    commands: 'all',
    description: 'setting.quiet',
  }),
  debug: define({
    key: 'debug',
    flags: '--debug',
    env: 'PLIMSOLL_DEBUG',
    kind: flag,
    fallback: false,
    commands: 'all',
    description: 'setting.debug',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T, infer D> ? T | D : never;
export type Settings = { readonly [K in SettingName]: ValueOf<(typeof SETTINGS)[K]> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The long option without its value: `--fail-on`. */
export function longFlag(setting: Setting): string | undefined {
  return setting.flags?.match(/--[a-z-]+/)?.[0];
}

function define<T, const D>(setting: Setting<T, D>): Setting<T, D> {
  return setting;
}
