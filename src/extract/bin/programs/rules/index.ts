import type { ProgramRule } from '../types.ts';
import { bash } from './bash.ts';
import { busybox } from './busybox.ts';
import { curl } from './curl.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { haproxy } from './haproxy.ts';
import { httpd } from './httpd.ts';
import { java } from './java.ts';
import { mariadb } from './mariadb.ts';
import { memcached } from './memcached.ts';
import { nginx } from './nginx.ts';
import { node } from './node.ts';
import { openssl } from './openssl.ts';
import { perl } from './perl.ts';
import { php } from './php.ts';
import { postgres } from './postgres.ts';
import { python } from './python.ts';
import { redis } from './redis.ts';
import { ruby } from './ruby.ts';
import { sqlite } from './sqlite.ts';

/** Every rule there is; a test compares this list with the files. */
export const rules: readonly ProgramRule[] = [
  bash,
  busybox,
  curl,
  git,
  go,
  haproxy,
  httpd,
  java,
  mariadb,
  memcached,
  nginx,
  node,
  openssl,
  perl,
  php,
  postgres,
  python,
  redis,
  ruby,
  sqlite,
];
