import type { BinaryRule } from '../types.ts';

/** What `memcached --version` prints. */
export const memcached: BinaryRule = {
  id: 'memcached',
  files: /^memcached(-debug)?$/,
  signatures: [{ anchor: 'memcached 1.', pattern: /^memcached (?<version>1\.\d{1,2}\.\d{1,3})[\0\n_-]/ }],
};
