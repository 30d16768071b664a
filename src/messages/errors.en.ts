/**
 * Every error code with what happened and what to do next. `{name}` is filled from the error's params.
 * Checked in tests: each code is documented in docs/errors.md and each documented code exists.
 */
export const errorsEn = {
  'internal': { what: 'Something went wrong inside plimsoll: {detail}.', next: 'Please report it with the command you ran.' },
  'usage': { what: '{detail}.', next: 'See plimsoll --help.' },
  'offline': { what: 'Offline: {what} would need the network.', next: 'Run without --offline, or give a local target and database.' },
  'digest-mismatch': {
    what: 'The bytes of {what} do not have the digest {expected} (they have {actual}).',
    next: 'The content was damaged or changed on the way; fetch it again from a source you trust.',
  },
  'size-mismatch': {
    what: '{what} is {actual} bytes long, {expected} were announced.',
    next: 'The content was damaged or changed on the way; fetch it again from a source you trust.',
  },
  'file-too-large': {
    what: '{what} is larger than the {limit} bytes that plimsoll reads of it.',
    next: 'It was left out; the report says so.',
  },
  'file-malformed': { what: '{what} is malformed: {detail}.', next: 'It was left out; the report says so.' },
  'file-unsupported': { what: '{what} cannot be read: {detail}.', next: 'It was left out; the report says so.' },
  'file-encrypted': { what: '{what} is encrypted.', next: 'Plimsoll does not ask for passwords; it was left out and the report says so.' },
} as const satisfies Record<string, ErrorText>;

export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export type ErrorCode = keyof typeof errorsEn;
