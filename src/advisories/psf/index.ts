import { osvSource } from '../osv-source.ts';

/** The Python Software Foundation's advisories. Those on CPython name commits and no package: they give aliases only. */
export const psf = osvSource({
  id: 'psf',
  title: 'Python Software Foundation advisories',
  licence: 'CC-BY-4.0',
  homepage: 'https://github.com/psf/advisory-database',
  file: /^psf$/,
  records: /\/PSF-[^/]+\.json$/,
  accepts: () => true,
  cvssSource: 'psf',
});
