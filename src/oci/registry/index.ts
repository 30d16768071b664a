export { openRepository } from './mirrored.ts';
export { parseMirrors } from './mirrors.ts';
export { openPusher, type Pusher } from './push.ts';
export { listTags } from './tags.ts';
export type { RegistryOptions } from './types.ts';
