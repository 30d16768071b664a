import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { kevUpstream } from './upstream.ts';

/** Written by hand to CISA's schema (known_exploited_vulnerabilities_schema.json). */
const CATALOGUE = JSON.stringify({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2026.01.01',
  dateReleased: '2026-01-01T00:00:00Z',
  count: 1,
  vulnerabilities: [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', dueDate: '2021-12-24', knownRansomwareCampaignUse: 'Known' }],
});

upstreamContract(kevUpstream, {
  files: { 'known_exploited_vulnerabilities.json': CATALOGUE },
  mirrored: { 'known_exploited_vulnerabilities.json': 'kev' },
});
