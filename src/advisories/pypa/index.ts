import { osvSource } from '../osv-source.ts';

/** The Python Packaging Authority's advisories (PYSEC); they list versions beside ranges, and both count. */
export const pypa = osvSource({
  id: 'pypa',
  title: 'PyPA Advisory Database',
  licence: 'CC-BY-4.0',
  homepage: 'https://github.com/pypa/advisory-database',
  file: /^pypa$/,
  accepts: (ecosystem) => ecosystem === 'PyPI',
  cvssSource: 'pypa',
});
