import type { StatementRule } from '../types.ts';

/** The `release` file of a JDK, a JRE or what `jlink` makes of one. Source: OpenJDK, JEP 220 ("release"). */
export const java: StatementRule = {
  id: 'java',
  file: 'release',
  statement: /^JAVA_VERSION="(?<version>\d{1,4}(?:[._]\d{1,4}){0,6}(?:-[a-z]{1,8})?)"\r?$/m,
};
