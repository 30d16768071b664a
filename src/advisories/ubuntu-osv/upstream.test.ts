import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { ubuntuOsvUpstream } from './upstream.ts';

upstreamContract(ubuntuOsvUpstream, {
  files: { 'main.tar.gz': 'an archive' },
  mirrored: { 'main.tar.gz': '' },
  entries: {
    'main.tar.gz/ubuntu-security-notices-main/osv/cve/2025/UBUNTU-CVE-2025-0001.json': 'ubuntu-osv',
    'main.tar.gz/ubuntu-security-notices-main/osv/usn/USN-7000-1.json': 'ubuntu-usn',
  },
});
