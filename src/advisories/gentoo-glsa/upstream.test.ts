import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { gentooGlsaUpstream } from './upstream.ts';

upstreamContract(gentooGlsaUpstream, {
  files: { 'glsa-master.tar.gz': 'an archive' },
  mirrored: { 'glsa-master.tar.gz': '' },
  entries: { 'glsa-master.tar.gz/glsa-master/glsa-202401-01.xml': 'gentoo-glsa' },
});
