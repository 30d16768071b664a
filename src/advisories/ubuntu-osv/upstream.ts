import { mirrorRepository } from '../mirror-repository.ts';
import type { Upstream } from '../types.ts';

/**
 * Ubuntu's CVE records and notices from Canonical's own repository, whole. Updated only when asked for by name: the same records come
 * with `osv`, and only those that changed. Canonical's other address, security-metadata.canonical.com, has them compressed with xz,
 * which is not read. Source: documentation.ubuntu.com/security, "Ubuntu OSV data".
 */
export const ubuntuOsvUpstream: Upstream = {
  id: 'ubuntu-osv',
  title: 'Ubuntu CVE records and notices (OSV)',
  feeds: ['ubuntu-osv', 'ubuntu-usn'],
  url: 'https://github.com/canonical/ubuntu-security-notices/archive/refs/heads/',
  always: false,
  update: (mirror) =>
    mirrorRepository(mirror, {
      upstream: 'ubuntu-osv',
      archives: ['main.tar.gz', 'all.zip'],
      folders: [''],
      wanted: (path) => /(^|\/)(UBUNTU-CVE-\d{4}|USN-\d+)-\d+\.json$/.test(path),
    }),
};
