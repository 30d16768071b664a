import { osvSource } from '../osv-source.ts';
import { readYaml } from '../record-files.ts';

/** The Python Packaging Authority's advisories (PYSEC); they list versions beside ranges, and both count. */
export const pypa = osvSource({
  id: 'pypa',
  title: 'PyPA Advisory Database',
  licence: 'CC-BY-4.0',
  homepage: 'https://github.com/pypa/advisory-database',
  file: /^pypa$/,
  records: /\/PYSEC-\d+-\d+\.(json|yaml)$/,
  read: readYaml,
  accepts: (ecosystem) => ecosystem === 'PyPI',
  cvssSource: 'pypa',
});
