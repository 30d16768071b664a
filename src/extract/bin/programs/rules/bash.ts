import type { BinaryRule } from '../types.ts';

/** The version for what(1); source: bash, version.c. */
export const bash: BinaryRule = {
  id: 'bash',
  files: /^bash(-static)?$/,
  signatures: [{ anchor: '@(#)Bash version ', pattern: /^@\(#\)Bash version (?<version>\d\.\d{1,2}\.\d{1,3})\(\d+\)/ }],
};
