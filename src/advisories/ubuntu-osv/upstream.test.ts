import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { ubuntuOsvUpstream } from './upstream.ts';

upstreamContract(ubuntuOsvUpstream, {
  files: { 'all.zip': 'an archive' },
  mirrored: { 'all.zip': '' },
  entries: { 'all.zip/UBUNTU-CVE-2025-0001.json': 'ubuntu-osv', 'all.zip/USN-7000-1.json': 'ubuntu-usn' },
});
