export { walkLayer } from './layer.ts';
export { severalReceivers } from './several.ts';
export { severalTreeReceivers, type TreeReceiver, walkTree } from './tree.ts';
export type { FileReceiver, WalkOptions } from './types.ts';
