import type { BinaryRule } from '../types.ts';

/** The version in the names of its library folders, as `perl -V` lists them. */
export const perl: BinaryRule = {
  id: 'perl',
  files: /^(perl(5(\.\d+){1,2})?|libperl\.so(\.5\.[\d.]+)?)$/,
  signatures: [{ anchor: '/perl', pattern: /^\/perl5?\/(?:site_perl\/|vendor_perl\/)?(?<version>5\.\d{1,2}\.\d{1,2})[/\0]/ }],
};
