export { walkLayer } from './layer.ts';
export { type TreeReceiver, walkTree } from './tree.ts';
export type { FileReceiver, WalkedFile, WalkOptions } from './types.ts';
