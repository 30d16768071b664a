import type { BinaryRule } from '../types.ts';

/** The addresses of its own release, which `process.release` shows; Debian's builds have them too. */
export const node: BinaryRule = {
  id: 'node',
  files: /^(node|nodejs|libnode\.so(\.\d+)?)$/,
  signatures: [{ anchor: '/download/release/v', pattern: /^\/download\/release\/v(?<version>\d+\.\d+\.\d+)\/node-v\k<version>[-.]/ }],
};
