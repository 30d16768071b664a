import { upstreamContract } from '../../../testing/upstream-contract.ts';
import { redhatRepositoryToCpeUpstream } from './upstream.ts';

/** Written by hand to Red Hat's form. */
const MAP = JSON.stringify({ data: { 'rhel-8-for-x86_64-baseos-rpms': { cpes: ['cpe:/o:redhat:enterprise_linux:8::baseos'] } } });

upstreamContract(redhatRepositoryToCpeUpstream, {
  files: { 'repository-to-cpe.json': MAP },
  mirrored: { 'repository-to-cpe.json': 'redhat-repository-to-cpe' },
});
