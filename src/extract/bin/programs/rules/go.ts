import type { StatementRule } from '../types.ts';

/** The toolchain: the `VERSION` file of its GOROOT. The standard library in its own programs is told by lang/go. */
export const go: StatementRule = {
  id: 'go',
  file: 'VERSION',
  statement: /^go(?<version>1(?:\.\d{1,3}){1,2}(?:(?:rc|beta)\d{1,2})?)(?=\s|$)/,
};
