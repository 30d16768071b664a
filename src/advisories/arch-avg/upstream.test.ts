import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { archAvgUpstream } from './upstream.ts';

/** Written by hand in the form of security.archlinux.org/all.json. */
const GROUPS = JSON.stringify([
  {
    name: 'AVG-1',
    packages: ['acme'],
    status: 'Fixed',
    severity: 'High',
    type: 'multiple issues',
    affected: '1.0-1',
    fixed: '1.0-2',
    ticket: null,
    issues: ['CVE-2024-0001'],
    advisories: ['ASA-202401-1'],
  },
]);

upstreamContract(archAvgUpstream, { files: { 'all.json': GROUPS }, mirrored: { 'all.json': 'arch-avg' } });
