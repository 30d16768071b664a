import type { BinaryRule } from '../types.ts';

/** What `postgres --version` prints. */
export const postgres: BinaryRule = {
  id: 'postgres',
  files: /^(postgres|postmaster)$/,
  signatures: [{ anchor: '(PostgreSQL) ', pattern: /^\(PostgreSQL\) (?<version>\d{1,2}(?:\.\d{1,2}){1,2}|\d{2}(?:beta|rc)\d)[ \n\0]/ }],
};
