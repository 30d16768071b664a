import type { BinaryRule } from '../types.ts';

/** The name that it gives to servers. */
export const git: BinaryRule = {
  id: 'git',
  files: /^(git|git-remote-https?)$/,
  signatures: [
    { anchor: 'git/', before: 1, pattern: /^[^ -~]git\/(?<version>\d\.\d{1,3}\.\d{1,3}(?:\.\d{1,2}(?=\0))?(?:-rc\d)?)[\0.( -]/ },
  ],
};
