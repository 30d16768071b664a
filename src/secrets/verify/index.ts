import { aiAndWorkVerifiers } from './ai-and-work.ts';
import { chatVerifiers } from './chat.ts';
import { cloudVerifiers } from './cloud.ts';
import { codeHostVerifiers } from './code-hosts.ts';
import type { Verifier } from './types.ts';

export type * from './types.ts';

/** All that can be asked about. A rule has one verifier at most. */
export const VERIFIERS: readonly Verifier[] = [...codeHostVerifiers, ...chatVerifiers, ...cloudVerifiers, ...aiAndWorkVerifiers];
