import type { BinaryRule } from '../types.ts';

/** What it prints with `-v`; distributions and snapshots put their own mark behind the version. */
export const haproxy: BinaryRule = {
  id: 'haproxy',
  files: /^haproxy(-\w+)?$/,
  signatures: [
    {
      anchor: ', released 20',
      before: 64,
      pattern: / version (?<version>\d\.\d{1,2}(?:\.\d{1,3}|-dev\d{1,2}))[^,\0]{0,40}, released 20\d\d\/\d\d\/\d\d/,
    },
  ],
};
