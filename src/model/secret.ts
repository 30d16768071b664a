import type { LayerRef } from './package.ts';
import type { SeverityLevel } from './severity.ts';
import type { Change, Suppression, Update } from './standing.ts';

/** What kind of thing was left lying about; a title is the service's name and this word in the reader's language, a remedy goes by it. */
export const SECRET_WORDS = [
  'access-key',
  'api-key',
  'token',
  'password',
  'client-secret',
  'webhook',
  'connection-string',
  'private-key',
  'signing-key',
  'encryption-key',
  'keystore',
  'credentials-file',
  'session',
  'certificate',
  'secret',
] as const;
export type SecretWord = (typeof SECRET_WORDS)[number];

/** A secret in a target. Its text is nowhere in it. */
export interface SecretFinding {
  readonly kind: 'secret';
  /** The rule: `aws-access-key-id`. */
  readonly id: string;
  /** Whose it is: `AWS`; for custom rules their title. */
  readonly service: string;
  readonly word: SecretWord;
  readonly severity: SeverityLevel;
  /** The secret with all but a few characters replaced: `AKIA****************`. */
  readonly masked: string;
  /** The line it is in, cut and masked. */
  readonly snippet?: string;
  readonly location: SecretLocation;
  /** HMAC-SHA256 in hex of rule and secret, by the key of the machine or the team: equal for the same secret, tells nothing of it. */
  readonly hash: string;
  /** sha256 hex over repository, rule, place and `hash`. */
  readonly fingerprint: string;
  /** `false`: an upper layer deleted or replaced the file; whoever pulls the image has the secret all the same. */
  readonly visible: boolean;
  /** The layer that deleted or replaced it. */
  readonly hiddenBy?: LayerRef;
  /** Further facts with a sentence each in the catalogue: `beside-certificate`, `expired`, `weak-key`, `encrypted`. */
  readonly notes?: readonly SecretNote[];
  /** Present where liveness was asked for and something knows how to ask about such a secret. */
  readonly live?: SecretLiveness;
  /** Known to the baseline, or ignored by a comment or a setting: shown, not counted. */
  readonly suppressed?: Suppression;
  /** Present where there is a baseline. */
  readonly change?: Change;
  /** Present where the baseline has it otherwise. */
  readonly updated?: readonly Update[];
}

export interface SecretNote {
  readonly code:
    | 'beside-certificate'
    | 'expired'
    | 'not-yet-valid'
    | 'weak-key'
    | 'weak-signature'
    | 'self-signed'
    | 'encrypted'
    | 'default-password';
  readonly params: Readonly<Record<string, string | number>>;
}

export const LIVENESS_CODES = [
  'accepted',
  'accepted-without-rights',
  'refused',
  'incomplete',
  'unexpected-answer',
  'redirected',
  'rate-limited',
  'service-error',
  'timeout',
  'unreachable',
  'request-limit',
  'interrupted',
] as const;
export type LivenessCode = (typeof LIVENESS_CODES)[number];

/** What the service itself said of a secret. `dead`: the service at `host` does not take it; another one may. `unknown`: `code` says why. */
export interface SecretLiveness {
  readonly state: 'live' | 'dead' | 'unknown';
  readonly code: LivenessCode;
  /** That gave this answer, with its port where that is not the usual one; absent where nobody was asked. */
  readonly host?: string;
  /** ISO time. */
  readonly checkedAt: string;
}

export interface SecretLocation {
  readonly where: 'file' | 'environment' | 'history' | 'label' | 'command' | 'stdin';
  /** Path without leading slash, `a.zip!/b` inside archives; name of the variable or label; `history` otherwise. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in bytes of the line. */
  readonly column?: number;
  /** The same in UTF-16 code units, as editors count; absent where the line is not text or is too long to count. */
  readonly character?: number;
  /** The layer that brought it, its instruction included. */
  readonly layer?: LayerRef;
  /** Of the image's configuration: the entry of the history that put it there, secrets masked. An instruction that makes no layer has no `layer`. */
  readonly instruction?: string;
}

/** What the looking for secrets came to. */
export interface SecretsReport {
  /** Worst first, then by place; suppressed ones included. */
  readonly findings: readonly SecretFinding[];
  /** How many rules looked. */
  readonly rules: number;
  /** What was looked at, and what was left out by class of path. */
  readonly scanned: { readonly files: number; readonly bytes: number };
  readonly skipped: readonly { readonly class: string; readonly files: number; readonly bytes: number }[];
  /** Requests that asked services whether secrets are alive; present where that was wanted. */
  readonly asked?: number;
}
