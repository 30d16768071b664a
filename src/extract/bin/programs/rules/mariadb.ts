import type { BinaryRule } from '../types.ts';

/** The server's version, as `SELECT VERSION()` gives it. MySQL and Percona put no such name there and are not told. */
export const mariadb: BinaryRule = {
  id: 'mariadb',
  files: /^(mariadbd|mysqld|mariadb|mysql|mariadb-(dump|admin|backup)|libmariadbd\.so(\.\d+)?)$/,
  main: 'mariadbd',
  signatures: [{ anchor: '-MariaDB', before: 12, pattern: /[^ -~](?<version>\d{1,2}\.\d{1,2}\.\d{1,3})-MariaDB/ }],
};
