import { bytes, flag, path, paths, secret, text } from '../kinds.ts';
import { define } from '../setting.ts';

/** What is kept between runs. */
export const cacheSettings = {
  cacheDir: define({
    key: 'cache-dir',
    flags: '--cache-dir <folder>',
    env: 'PLIMSOLL_CACHE_DIR',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'assess', 'base', 'harden', 'db'],
    description: 'setting.cache-dir',
  }),
  cache: define({
    key: 'cache',
    flags: '--no-cache',
    env: 'PLIMSOLL_CACHE',
    kind: flag,
    fallback: true,
    commands: ['scan', 'assess', 'harden'],
    description: 'setting.cache',
  }),
  cacheSize: define({
    key: 'cache-size',
    flags: '--cache-size <size>',
    env: 'PLIMSOLL_CACHE_SIZE',
    kind: bytes,
    fallback: 2e9,
    commands: ['scan', 'assess', 'harden'],
    description: 'setting.cache-size',
  }),
  sharedCache: define({
    key: 'shared-cache.address',
    flags: '--shared-cache <repository|url>',
    env: 'PLIMSOLL_SHARED_CACHE',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'assess'],
    description: 'setting.shared-cache',
  }),
  sharedCacheTrust: define({
    key: 'shared-cache.trust',
    flags: '--shared-cache-trust <files>',
    env: 'PLIMSOLL_SHARED_CACHE_TRUST',
    kind: paths,
    fallback: undefined,
    commands: ['scan', 'assess'],
    description: 'setting.shared-cache-trust',
  }),
  sharedCacheSign: define({
    key: 'shared-cache.sign',
    flags: '--shared-cache-sign <file>',
    env: 'PLIMSOLL_SHARED_CACHE_SIGN',
    kind: path,
    fallback: undefined,
    commands: ['scan', 'assess'],
    description: 'setting.shared-cache-sign',
  }),
  sharedCacheToken: define({
    key: 'shared-cache.token',
    env: 'PLIMSOLL_SHARED_CACHE_TOKEN',
    inFile: false,
    kind: secret,
    fallback: undefined,
    commands: ['scan', 'assess'],
    description: 'setting.shared-cache-token',
  }),
} as const;
