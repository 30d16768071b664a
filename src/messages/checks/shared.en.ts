import type { CheckSentences } from './types.ts';

/** Rules that hold for every kind of document. */
export const sharedChecksEn = {
  'lint/ignore-without-reason': {
    title: 'An ignore without a reason',
    message: 'This comment ignores {rules} and gives no reason, so it does not count.',
    why: 'Nobody can tell later whether the exception still holds, and the settings ask for a reason.',
    remedy: 'Write the reason after the names of the rules, or remove the comment.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
