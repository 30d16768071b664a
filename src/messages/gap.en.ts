/** What could not be read, for a reader who wants to know what the report may lack. */
export const gapEn = {
  'malformed': 'malformed: {what}',
  'too-large': 'too large: {what} (limit {limit})',
  'truncated': 'cut off: {what}',
  'unsupported': 'not supported: {what}',
  'unreadable': 'not readable: {what}',
  'encrypted': 'encrypted: {what}',
  'nested-too-deep': 'nested too deeply: {what} (limit {limit})',
  'no-version': 'no exact version is stated for: {what}',
  'not-here': 'refers to something that is not here: {what}',
  'tool-missing': '{tool} is not installed, which makes manifests of {what}',
  'tool-failed': '{tool} refuses {what}: {detail}',
} as const;

export type GapKey = keyof typeof gapEn;
