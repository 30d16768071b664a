import { expect, it } from 'vitest';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { debianTrackerUpstream } from './upstream.ts';

/** Layout of security-tracker.debian.org/tracker/data/, the document small and by hand. */
const document = (fixed: string) =>
  JSON.stringify({
    acme: {
      'CVE-2024-0001': {
        description: 'A flaw.',
        scope: 'local',
        releases: {
          bookworm: { status: 'resolved', repositories: { bookworm: fixed }, fixed_version: fixed, urgency: 'not yet assigned' },
        },
      },
    },
  });

upstreamContract(debianTrackerUpstream, {
  files: { json: document('1.2-3') },
  mirrored: { 'tracker.json': 'debian-tracker' },
});

it('asks once more with the tag, and takes the document that changed', async () => {
  const server = await testUpstream({ files: { json: document('1.2-3') } });
  const mirror = testMirror(debianTrackerUpstream, server.url);
  await debianTrackerUpstream.update(mirror);
  await debianTrackerUpstream.update(mirror);
  server.put('json', document('1.2-4'));
  server.fail('json', { kind: 'cut', after: 40 });
  await debianTrackerUpstream.update(mirror);
  expect(server.log.map(({ status }) => status)).toEqual([200, 304, 200, 206]);
  expect(mirror.read('tracker.json').toString()).toBe(document('1.2-4'));
});
