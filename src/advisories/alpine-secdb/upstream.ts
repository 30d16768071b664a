import { PlimsollError } from '../../util/errors.ts';
import type { Mirror, Upstream } from '../types.ts';

const UPSTREAM = 'alpine-secdb';
const REPOSITORIES = ['main', 'community'];
/** The first branch with a secdb, and the last that there was when this was written: they are asked for whatever the index says. */
const [FIRST, LAST] = [2, 23];
const BRANCH = /^(v\d{1,2}\.\d{1,3}|edge)$/;
/** More branches than Alpine will have in this format. */
const MAX_BRANCHES = 500;

/**
 * Two documents a branch. The index is a page for people, so it is not alone believed: known branches are asked for too, and those
 * that would follow the newest. `last-update` tells whether anything changed since the last time. Branches that upstream no longer has
 * stay: images made of them do not change either. Source: https://secdb.alpinelinux.org
 */
export const alpineSecdbUpstream: Upstream = {
  id: UPSTREAM,
  title: 'Alpine security database',
  feeds: ['alpine-secdb'],
  url: 'https://secdb.alpinelinux.org/',
  update: async (mirror) => {
    const lastUpdate = (await mirror.get('last-update', { limit: 1024 }))?.toString('utf8').trim() ?? '';
    if (lastUpdate !== '' && lastUpdate === mirror.recall('last-update') && mirror.names().length > 0) return;
    const branches = await indexed(mirror);
    let found = 0;
    for (const branch of branches) found += await fetchBranch(mirror, branch);
    for (let minor = newest(branches) + 1; minor < MAX_BRANCHES && (await fetchBranch(mirror, `v3.${minor}`)) > 0; minor += 1) found += 1;
    if (found === 0) throw new PlimsollError('feed-missing', { upstream: UPSTREAM, file: 'edge/main.json' });
    if (lastUpdate !== '') mirror.remember('last-update', lastUpdate);
  },
};

/** Branches that the index names, that the mirror has, and that are known anyway. */
async function indexed(mirror: Mirror): Promise<readonly string[]> {
  const folders = mirror.list('') ?? links(((await mirror.get('', { limit: 1 << 20 })) ?? '').toString());
  const mirrored = mirror.names().map((name) => name.split('/', 1)[0] ?? '');
  const known = Array.from({ length: LAST - FIRST + 1 }, (_, i) => `v3.${FIRST + i}`);
  return [...new Set(['edge', ...known, ...mirrored, ...folders])].filter((name) => BRANCH.test(name)).slice(0, MAX_BRANCHES);
}

function links(page: string): readonly string[] {
  return [...page.matchAll(/href="(?:\.\/)?([\w.]{1,20})\/?"/g)].map(([, name = '']) => name);
}

function newest(branches: readonly string[]): number {
  return Math.max(...branches.map((branch) => Number(/^v3\.(\d+)$/.exec(branch)?.[1] ?? 0)));
}

/** How many of its documents upstream has. */
async function fetchBranch(mirror: Mirror, branch: string): Promise<number> {
  let found = 0;
  for (const repository of REPOSITORIES) if ((await mirror.fetch(`${branch}/${repository}.json`)) !== 'absent') found += 1;
  return found;
}
