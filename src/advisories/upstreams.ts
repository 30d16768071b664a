import { epssUpstream } from './epss/upstream.ts';
import { kevUpstream } from './kev/upstream.ts';
import type { Upstream } from './types.ts';

/** Every upstream that `plimsoll db update` knows, in the order in which `--list` shows them. */
export const upstreams: readonly Upstream[] = [epssUpstream, kevUpstream];
