export { openPusher, type Pusher } from './push.ts';
export { openRepository, type Repository } from './repository.ts';
export type { RegistryOptions } from './types.ts';
