import type { BinaryRule } from '../types.ts';

/**
 * The version stands alone, among those in which its commands came. The build id begins with the right one and goes on without a sign
 * between: the host's name and a dash or nothing, the time (ten digits), the commit (eight), how many lines differ; src/release.c.
 */
export const redis: BinaryRule = {
  id: 'redis',
  files: /^redis-(server|sentinel|cli|benchmark|check-(rdb|aof))$/,
  main: 'redis-server',
  signatures: ['2', '3', '4', '5', '6', '7', '8', '9'].map((major) => ({
    anchor: `${major}.`,
    before: 1,
    pattern: /^[^\w.](?<version>\d\.\d{1,2}\.\d{1,3})\0/,
    confirm: (version) => ({ anchor: version, pattern: new RegExp(`^${version}(?:[\\w.-]{1,64}-)?\\d{10}[0-9a-f]{8}\\d{1,4}\\0`) }),
  })),
};
