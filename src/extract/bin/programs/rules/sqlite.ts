import type { BinaryRule } from '../types.ts';

/** `sqlite3_version`, which stands alone; the head of its database files tells that it is SQLite's. */
export const sqlite: BinaryRule = {
  id: 'sqlite',
  files: /^(sqlite3|libsqlite3\.so(\.[\d.]+)?)$/,
  main: 'sqlite3',
  signatures: [
    {
      anchor: '3.',
      before: 1,
      pattern: /^[^\w.](?<version>3\.\d{1,2}\.\d{1,2}(?:\.\d)?)\0/,
      confirm: () => ({ anchor: 'SQLite format 3', pattern: /^SQLite format 3\0/ }),
    },
  ],
};
