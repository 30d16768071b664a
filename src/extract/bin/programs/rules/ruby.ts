import type { BinaryRule } from '../types.ts';

/** What `ruby --version` prints. */
export const ruby: BinaryRule = {
  id: 'ruby',
  files: /^(ruby([\d.]+)?|libruby(-\d\.\d+)?\.so(\.[\d.]+)?)$/,
  signatures: [{ anchor: 'ruby ', pattern: /^ruby (?<version>\d\.\d{1,2}\.\d{1,2})(?:p\d+|preview\d+|rc\d+|dev)? \(\d{4}-\d\d-\d\d/ }],
};
