import { describe, expect, it } from 'vitest';
import { writeZip } from '../../../testing/image-builder/zip-writer.ts';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../../testing/upstream-contract.ts';
import { advisorySources } from '../index.ts';
import { OSV_EXPORTS } from '../osv-exports.ts';
import { osvRpmUpstream, osvUpstream } from './upstream.ts';

/** Small records in the layout of the bucket, written by hand to google.github.io/osv.dev/data. */
const record = (id: string, note = '') => JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', details: note });
const zip = (...ids: string[]) => writeZip(Object.fromEntries(ids.map((id) => [`${id}.json`, Buffer.from(record(id))])));
const GHSA = ['GHSA-aaaa-bbbb-cccc', 'GHSA-dddd-eeee-ffff'] as const;
const LIST = `2026-01-03T00:00:00.123456Z,MAL-2026-1\n2026-01-02T00:00:00Z,${GHSA[1]}\n2026-01-01T00:00:00Z,${GHSA[0]}\n`;
const FILES = {
  'ecosystems.txt': 'Alpine\nAndroid\nRed Hat\nnpm\nnpm:odd\n',
  'npm/all.zip': zip(...GHSA, 'MAL-2026-1'),
  // What the list names as of less than three hours before its newest date is not in the archive for sure.
  'npm/MAL-2026-1.json': record('MAL-2026-1'),
  'npm/modified_id.csv': LIST,
  'Alpine/all.zip': zip('ALPINE-CVE-2026-0001'),
  'Alpine/modified_id.csv': '2026-01-01T00:00:00Z,ALPINE-CVE-2026-0001\n',
  'Red Hat/all.zip': zip('RHSA-2026:1'),
  'Red Hat/modified_id.csv': '2026-01-01T00:00:00Z,RHSA-2026:1\n',
  'Android/all.zip': zip('ASB-A-1'),
};

upstreamContract(osvUpstream, {
  files: FILES,
  mirrored: {
    'Alpine/all.zip': '',
    'Alpine/modified_id.csv': '',
    'ecosystems.txt': '',
    'npm/MAL-2026-1.json': 'malicious',
    'npm/all.zip': '',
    'npm/modified_id.csv': '',
  },
  entries: {
    'npm/all.zip/GHSA-aaaa-bbbb-cccc.json': 'ghsa',
    'npm/all.zip/MAL-2026-1.json': 'malicious',
    'npm/GHSA-aaaa-bbbb-cccc.json': 'ghsa',
    'PyPI/all.zip/PYSEC-2026-1.json': 'pypa',
    'PyPI/all.zip/GHSA-aaaa-bbbb-cccc.json': 'ghsa',
    'Go/all.zip/GO-2026-0001.json': 'govulndb',
    'Bitnami/all.zip/BIT-nginx-2026-0001.json': 'bitnami',
    'Debian/all.zip/DEBIAN-CVE-2026-0001.json': 'debian-osv',
    'Debian/DSA-1-1.json': 'debian-osv',
    'Alpine/all.zip/ALPINE-CVE-2026-0001.json': 'alpine-osv',
  },
});

upstreamContract(osvRpmUpstream, {
  files: FILES,
  mirrored: { 'Red Hat/all.zip': '', 'Red Hat/modified_id.csv': '', 'ecosystems.txt': '' },
  entries: {
    'AlmaLinux/all.zip/ALSA-2026:1.json': 'almalinux-osv',
    'Rocky Linux/all.zip/RLSA-2026:1.json': 'rocky-osv',
    'Red Hat/all.zip/RHSA-2026:1.json': 'redhat-osv',
    'SUSE/all.zip/SUSE-SU-2026:1-1.json': 'suse-osv',
    'openSUSE/all.zip/openSUSE-SU-2026:1-1.json': 'suse-osv',
  },
});

describe('what is in the bucket', () => {
  it.each([
    'Red Hat/all.zip/RHSA-2026:1.json',
    'npm/all.zip/CVE-2026-1.json',
    'crates.io/all.zip/RUSTSEC-2026-0001.json',
    'Android/all.zip/ASB-A-1.json',
    'npm/all.zip',
    'npm/modified_id.csv',
  ])('belongs to nobody: %s', (name) => {
    expect(advisorySources.filter((source) => source.claims(`osv/${name}`)).map(({ id }) => id)).toEqual([]);
  });

  it('is spoken of by feeds that there are', () => {
    const known = advisorySources.map(({ id }) => id);
    expect(OSV_EXPORTS.filter(({ feed }) => !known.includes(feed))).toEqual([]);
  });
});

describe('changes', () => {
  /** A server, and a mirror that holds what it had at first. */
  async function begun() {
    const server = await testUpstream({ files: FILES });
    const folder = temporary();
    const first = testMirror(osvUpstream, server.url, { folder });
    await osvUpstream.update(first);
    first.save();
    const again = async () => {
      server.log.splice(0);
      const mirror = testMirror(osvUpstream, server.url, { folder });
      await osvUpstream.update(mirror);
      mirror.save();
      return { mirror, asked: server.log.map(({ path, status }) => `${status} ${path}`) };
    };
    return { server, again };
  }

  it('are asked for by the list alone where there are none', async () => {
    const { again } = await begun();
    expect((await again()).asked.sort()).toEqual(['304 Alpine/modified_id.csv', '304 ecosystems.txt', '304 npm/modified_id.csv']);
  });

  it('that are few are fetched one by one, and stand beside the archive', async () => {
    const { server, again } = await begun();
    server.put('npm/GHSA-aaaa-bbbb-cccc.json', record(GHSA[0], 'changed'));
    server.put('npm/modified_id.csv', `2026-02-01T00:00:00Z,${GHSA[0]}\n2026-02-01T00:00:00Z,CVE-2026-0001\n${LIST}`);
    const { mirror, asked } = await again();
    expect(asked).toContain('200 npm/GHSA-aaaa-bbbb-cccc.json');
    expect(asked.filter((each) => /all\.zip|CVE-|MAL-/.test(each))).toEqual([]);
    expect(mirror.read('npm/GHSA-aaaa-bbbb-cccc.json').toString()).toContain('changed');
    expect((await again()).asked.every((each) => each.startsWith('304'))).toBe(true);
  });

  it('that are many bring the archive anew, and what stood beside it goes', async () => {
    const { server, again } = await begun();
    server.put('npm/GHSA-aaaa-bbbb-cccc.json', record(GHSA[0], 'changed'));
    server.put('npm/modified_id.csv', `2026-02-01T00:00:00Z,${GHSA[0]}\n${LIST}`);
    await again();
    const many = Array.from({ length: 1600 }, (_, i) => `2026-03-01T00:00:00Z,MAL-2026-${i + 2}`);
    server.put('npm/modified_id.csv', `${many.join('\n')}\n${LIST}`);
    server.put('npm/all.zip', zip(...GHSA, 'MAL-2026-1', 'MAL-2026-2'));
    const { mirror, asked } = await again();
    expect(asked).toContain('200 npm/all.zip');
    expect(mirror.names().filter((name) => name.endsWith('.json'))).toEqual([]);
  });

  it('that are many and newer than the archive are asked for again until an archive has them', async () => {
    const { server, again } = await begun();
    const many = Array.from({ length: 1600 }, (_, i) => `2026-03-01T00:00:00Z,MAL-2026-${i + 2}`);
    server.put('npm/modified_id.csv', `${many.join('\n')}\n${LIST}`);
    await again();
    server.put('npm/all.zip', zip(...GHSA, 'MAL-2026-1', 'MAL-2026-2'));
    expect((await again()).asked).toContain('200 npm/all.zip');
  });

  it('dated in the future by mistake hide none that come after them', async () => {
    const { server, again } = await begun();
    server.put('npm/GHSA-aaaa-bbbb-cccc.json', record(GHSA[0], 'changed'));
    server.put('npm/modified_id.csv', `2099-02-01T00:00:00Z,${GHSA[0]}\n${LIST}`);
    await again();
    server.put('npm/GHSA-dddd-eeee-ffff.json', record(GHSA[1], 'changed'));
    server.put('npm/modified_id.csv', `2099-02-01T00:00:00Z,${GHSA[0]}\n2026-02-02T00:00:00Z,${GHSA[1]}\n${LIST}`);
    expect((await again()).asked).toContain('200 npm/GHSA-dddd-eeee-ffff.json');
  });

  it('come with the archive where a mirror holds archives only', async () => {
    const { server, again } = await begun();
    server.put('npm/modified_id.csv', `2026-02-01T00:00:00Z,${GHSA[0]}\n2026-02-01T00:00:00Z,GHSA-gggg-hhhh-jjjj\n${LIST}`);
    server.put('npm/all.zip', zip(...GHSA, 'GHSA-gggg-hhhh-jjjj', 'MAL-2026-1'));
    expect((await again()).asked).toContain('200 npm/all.zip');
    // Not done with before an archive is newer than the changes.
    expect((await again()).asked).toContain('304 npm/all.zip');
  });

  it('of which a few are gone are those that are left', async () => {
    const { server, again } = await begun();
    server.put('npm/GHSA-aaaa-bbbb-cccc.json', record(GHSA[0], 'changed'));
    server.put('npm/modified_id.csv', `2026-02-01T00:00:00Z,${GHSA[0]}\n2026-02-01T00:00:00Z,GHSA-gggg-hhhh-jjjj\n${LIST}`);
    const { asked } = await again();
    expect(asked).toContain('404 npm/GHSA-gggg-hhhh-jjjj.json');
    expect(asked.filter((each) => each.includes('all.zip'))).toEqual([]);
    expect((await again()).asked.every((each) => each.startsWith('304'))).toBe(true);
  });

  it('are not forgotten when an update breaks off in their middle', async () => {
    const { server, again } = await begun();
    server.put('npm/GHSA-aaaa-bbbb-cccc.json', record(GHSA[0], 'changed'));
    server.put('npm/modified_id.csv', `2026-02-01T00:00:00Z,${GHSA[0]}\n${LIST}`);
    server.fail('npm/GHSA-aaaa-bbbb-cccc.json', { kind: 'status', status: 500 }, 4);
    await expect(again()).rejects.toMatchObject({ code: 'http-status' });
    expect((await again()).asked).toContain('200 npm/GHSA-aaaa-bbbb-cccc.json');
  });

  it.each([['\n'], ['date,id\n'], ['2026-01-01T00:00:00Z\n'], ['2026-01-01T00:00:00Z,../../x\n']])(
    'are not read out of a list like %j',
    async (list) => {
      const { server, again } = await begun();
      server.put('npm/modified_id.csv', list);
      await expect(again()).rejects.toMatchObject({ code: 'feed-malformed' });
    },
  );
});
