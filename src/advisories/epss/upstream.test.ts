import { gzipSync } from 'node:zlib';
import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { epssUpstream } from './upstream.ts';

/** Written by hand to the form that first.org/epss/data_stats describes. */
const SCORES = gzipSync(
  '#model_version:v2025.03.14,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\n',
);

upstreamContract(epssUpstream, {
  files: { 'epss_scores-current.csv.gz': SCORES },
  mirrored: { 'epss_scores-current.csv.gz': 'epss' },
});
