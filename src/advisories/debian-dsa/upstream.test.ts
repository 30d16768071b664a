import { expect, it } from 'vitest';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { debianDsaUpstream } from './upstream.ts';

/** Layout of the tracker's repository, contents small and by hand. */
const DSA = '[20 Aug 2025] DSA-5982-1 acme - security update\n\t{CVE-2025-0001}\n\t[bookworm] - acme 5.7-2+deb12u3\n';
const DLA = '[21 Aug 2025] DLA-4276-1 acme - security update\n\t{CVE-2025-0001}\n\t[bullseye] - acme 4.13-10+deb11u5\n';
const FILES = { 'data/DSA/list': DSA, 'data/DLA/list': DLA };

upstreamContract(debianDsaUpstream, {
  files: FILES,
  mirrored: { 'data/DSA/list': 'debian-dsa', 'data/DLA/list': 'debian-dsa' },
});

it('keeps its lists where the server answers with a page for browsers, and takes those that changed', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(debianDsaUpstream, server.url);
  await debianDsaUpstream.update(mirror);
  server.put('data/DSA/list', '<!doctype html><title>Making sure you are not a bot</title>');
  await expect(debianDsaUpstream.update(mirror)).rejects.toMatchObject({ code: 'feed-malformed' });
  expect(mirror.read('data/DSA/list').toString()).toBe(DSA);
  server.put('data/DSA/list', DSA.replace('5982', '5983') + DSA);
  await debianDsaUpstream.update(mirror);
  expect(mirror.read('data/DSA/list').toString()).toContain('DSA-5983-1');
});
