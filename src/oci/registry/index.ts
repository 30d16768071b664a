export { openRepository } from './mirrored.ts';
export { parseMirrors } from './mirrors.ts';
export { openPusher, type Pusher } from './push.ts';
export type { Repository } from './repository.ts';
export { listTags } from './tags.ts';
export type { Mirror, RegistryOptions } from './types.ts';
