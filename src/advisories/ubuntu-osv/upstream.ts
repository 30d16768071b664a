import { mirrorRepository } from '../mirror-repository.ts';
import type { Upstream } from '../types.ts';

/**
 * Ubuntu's CVE records and notices as osv.dev passes them on, in one archive. Canonical's own repository
 * (`https://github.com/canonical/ubuntu-security-notices/archive/refs/heads/`) may stand in: it has the same records, and more than twice
 * as much to fetch. Its other address, security-metadata.canonical.com, has them compressed with xz, which is not read. Source:
 * documentation.ubuntu.com/security, "Ubuntu OSV data".
 */
export const ubuntuOsvUpstream: Upstream = {
  id: 'ubuntu-osv',
  title: 'Ubuntu CVE records and notices (OSV)',
  feeds: ['ubuntu-osv', 'ubuntu-usn'],
  url: 'https://storage.googleapis.com/osv-vulnerabilities/Ubuntu/',
  update: (mirror) =>
    mirrorRepository(mirror, {
      upstream: 'ubuntu-osv',
      archives: ['all.zip', 'main.tar.gz'],
      folders: [''],
      wanted: (path) => /(^|\/)(UBUNTU-CVE-\d{4}|USN-\d+)-\d+\.json$/.test(path),
    }),
};
