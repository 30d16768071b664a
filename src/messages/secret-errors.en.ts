import type { ErrorText } from './error-text.ts';

/** The errors of looking for secrets. */
export const secretErrorsEn = {
  'secrets-key-unusable': {
    what: 'The key that hashes of secrets are made with cannot be used: {where}: {detail}.',
    next: 'Set PLIMSOLL_SECRETS_KEY to at least 16 characters (openssl rand -hex 32 makes a good one), or delete the key file to have a new one made.',
  },
  'secrets-baseline-unusable': {
    what: 'The baseline of secrets {path} cannot be read: {detail}.',
    next: 'Make it again with plimsoll secrets <target> --write-baseline <file>, or leave --baseline out.',
  },
  'secrets-baseline-other-key': {
    what: 'The baseline of secrets {path} was made with another key than the one that is used now: none of its secrets would be known again.',
    next: 'Set PLIMSOLL_SECRETS_KEY to the key that it was made with (a team shares one), or make it again with --write-baseline.',
  },
  'secrets-rules-invalid': {
    what: '{where}: {detail}.',
    next: 'Mend the rule; docs/secrets.md says what rules of your own look like and which of the rules of gitleaks are read.',
  },
  'secrets-pattern-unsupported': {
    what: "{where}: the pattern of rule '{rule}' cannot be used: {detail}.",
    next: 'Write the pattern in the syntax of RE2, which is that of gitleaks: no look-around and no references back; at most 4,096 characters.',
  },
  'secrets-verify-offline': {
    what: 'Services cannot be asked about secrets offline.',
    next: 'Leave out --verify-secrets (secrets.verify, PLIMSOLL_SECRETS_VERIFY), or --offline.',
  },
  'secrets-verify-endpoint': {
    what: "{where}: '{value}' is no address of a service that can be asked about secrets.",
    next: 'Write <service>=https://<address>, or <service>=off; http only for this machine itself. Services: {choices}.',
  },
  'setting-endpoint': {
    what: "{where}: '{value}' is no address of a service.",
    next: 'Write <service>=https://<address>, for example gitlab=https://git.example.com/api/v4, or <service>=off.',
  },
} as const satisfies Record<string, ErrorText>;
