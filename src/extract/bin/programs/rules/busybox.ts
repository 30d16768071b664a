import type { BinaryRule } from '../types.ts';

/** The first line of its help. */
export const busybox: BinaryRule = {
  id: 'busybox',
  files: /^busybox([.-]\w+)?$/,
  signatures: [{ anchor: 'BusyBox v', pattern: /^BusyBox v(?<version>\d\.\d{1,2}\.\d{1,2})/ }],
};
