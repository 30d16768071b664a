import { expect, it } from 'vitest';
import { testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import type { Exchange } from '../../../testing/upstream-server/index.ts';
import { alpineSecdbUpstream } from './upstream.ts';

/** Layout of secdb.alpinelinux.org, contents small and by hand. */
const secdb = (branch: string, repository: string, fixed = '1.2-r0') =>
  JSON.stringify({
    distroversion: branch,
    reponame: repository,
    urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
    packages: [{ pkg: { name: 'acme', secfixes: { [fixed]: ['CVE-2024-0001'] } } }],
  });
const FILES = {
  'last-update': '2026-11-20T10:00:00+00:00\n',
  'edge/main.json': secdb('edge', 'main'),
  'v3.2/main.json': secdb('v3.2', 'main'),
  'v3.20/main.json': secdb('v3.20', 'main'),
  'v3.20/community.json': secdb('v3.20', 'community'),
};
const MIRRORED = Object.keys(FILES).filter((name) => name.endsWith('.json'));

upstreamContract(alpineSecdbUpstream, {
  files: FILES,
  mirrored: Object.fromEntries(MIRRORED.map((name) => [name, 'alpine-secdb'])),
});

const answered = (log: readonly Exchange[], status: number) => log.filter((each) => each.status === status).map(({ path }) => path);

it('fetches nothing while nothing was updated, and afterwards what changed', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(alpineSecdbUpstream, server.url);
  await alpineSecdbUpstream.update(mirror);
  server.log.splice(0);
  await alpineSecdbUpstream.update(mirror);
  expect(server.log.map(({ path }) => path)).toEqual(['last-update']);

  server.put('last-update', '2026-11-21T10:00:00+00:00\n');
  server.put('edge/main.json', secdb('edge', 'main', '1.2-r1'));
  server.log.splice(0);
  await alpineSecdbUpstream.update(mirror);
  expect(answered(server.log, 200)).toEqual(['last-update', 'edge/main.json']);
  expect(answered(server.log, 304).sort()).toEqual(['v3.2/main.json', 'v3.20/community.json', 'v3.20/main.json']);
  expect(mirror.read('edge/main.json').toString()).toContain('1.2-r1');
});

it('finds branches that follow the newest known one, and those of the index', async () => {
  const later = { 'v3.24/main.json': secdb('v3.24', 'main'), 'v3.25/community.json': secdb('v3.25', 'community') };
  const index = '<a href="../">../</a><a href="v4.0/">v4.0/</a> <a href="last-update">x</a><a href="https://evil.example/v9.9/">x</a>';
  const server = await testUpstream({
    files: { ...FILES, ...later, '': index, 'v4.0/main.json': secdb('v4.0', 'main'), 'v9.9/main.json': '{}', 'v3.27/main.json': '{}' },
  });
  const mirror = testMirror(alpineSecdbUpstream, server.url);
  await alpineSecdbUpstream.update(mirror);
  expect(mirror.names()).toEqual([...MIRRORED, ...Object.keys(later), 'v4.0/main.json'].sort());
});

it('keeps a branch that upstream has no more', async () => {
  const server = await testUpstream({ files: FILES });
  const mirror = testMirror(alpineSecdbUpstream, server.url);
  await alpineSecdbUpstream.update(mirror);
  server.delete('v3.2/main.json');
  server.put('last-update', 'later');
  await alpineSecdbUpstream.update(mirror);
  expect(mirror.names()).toContain('v3.2/main.json');
});

it('does not take an update for done that was not', async () => {
  const server = await testUpstream({ files: FILES });
  server.fail('v3.20/community.json', { kind: 'status', status: 403 });
  const mirror = testMirror(alpineSecdbUpstream, server.url);
  await expect(alpineSecdbUpstream.update(mirror)).rejects.toMatchObject({ code: 'http-status' });
  await alpineSecdbUpstream.update(mirror);
  expect(mirror.names()).toEqual([...MIRRORED].sort());
});
