import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeTar } from '../../testing/image-builder/tar-writer.ts';
import { temporary, testMirror, testUpstream, upstreamContract } from '../../testing/upstream-contract.ts';
import { bitnamiUpstream } from './bitnami/upstream.ts';
import { friendsofphpUpstream } from './friendsofphp/upstream.ts';
import { ghsaUpstream } from './ghsa/upstream.ts';
import { maliciousUpstream } from './malicious/upstream.ts';
import { psfUpstream } from './psf/upstream.ts';
import { pypaUpstream } from './pypa/upstream.ts';
import { rubysecUpstream } from './rubysec/upstream.ts';
import { rustsecUpstream } from './rustsec/upstream.ts';
import { vulnrichmentUpstream } from './vulnrichment/upstream.ts';

/** Each repository's branch, its name in the archive, and one of its records. */
const REPOSITORIES = [
  [rustsecUpstream, 'main', 'advisory-db', 'crates/abi_stable/RUSTSEC-2020-0105.md'],
  [rubysecUpstream, 'master', 'ruby-advisory-db', 'gems/actionpack/CVE-2012-1099.yml'],
  [friendsofphpUpstream, 'master', 'security-advisories', 'symfony/http-foundation/CVE-2024-50345.yaml'],
  [pypaUpstream, 'main', 'advisory-database', 'vulns/accesscontrol/PYSEC-2021-370.yaml'],
  [psfUpstream, 'main', 'advisory-database', 'advisories/python/PSF-2007-1.json'],
  [bitnamiUpstream, 'main', 'vulndb', 'data/activemq/BIT-activemq-2020-13947.json'],
  [maliciousUpstream, 'main', 'malicious-packages', 'osv/malicious/npm/@acme/x/MAL-2025-1.json'],
  [ghsaUpstream, 'main', 'advisory-database', 'advisories/github-reviewed/2017/10/GHSA-229r-pqp6-8w6g/GHSA-229r-pqp6-8w6g.json'],
  [vulnrichmentUpstream, 'develop', 'vulnrichment', '1999/0xxx/CVE-1999-0022.json'],
] as const;

/** As GitHub makes it: one folder, called like the repository and the branch. */
function archive(top: string, path: string, content: string): Buffer {
  return gzipSync(
    writeTar([
      { path: `${top}/README.md`, content: '# Read me' },
      { path: `${top}/${path}`, content },
    ]),
  );
}

for (const [upstream, branch, repository, path] of REPOSITORIES) {
  upstreamContract(upstream, {
    files: { [`${branch}.tar.gz`]: archive(`${repository}-${branch}`, path, '{}') },
    mirrored: { [`${branch}.tar.gz`]: upstream.id },
    entries: { [`${branch}.tar.gz/${repository}-${branch}/${path}`]: upstream.id },
  });
}

describe.each(REPOSITORIES.map(([upstream, ...rest]) => [upstream.id, upstream, ...rest] as const))(
  '%s',
  (_, upstream, branch, top, path) => {
    const name = `${branch}.tar.gz`;

    it('may be a folder with the repository checked out', async () => {
      const clone = temporary();
      for (const file of [path, 'README.md', '.github/workflows/x.yaml', '.git/HEAD', 'config/config.json', 'package.json']) {
        mkdirSync(dirname(join(clone, file)), { recursive: true });
        writeFileSync(join(clone, file), file);
      }
      const mirror = testMirror(upstream, pathToFileURL(`${clone}/`).href, { folder: temporary() });
      await upstream.update(mirror);
      expect(mirror.names()).toEqual([path]);
      await upstream.update(mirror);
      expect(mirror.traffic.changed).toBe(1);
    });

    it('is asked for by its tag, and fetched again when it changed', async () => {
      const server = await testUpstream({ files: { [name]: archive(top, path, 'old') }, etag: 'weak' });
      const folder = temporary();
      const first = testMirror(upstream, server.url, { folder });
      await upstream.update(first);
      first.save();
      await upstream.update(testMirror(upstream, server.url, { folder }));
      server.put(name, archive(top, path, 'new'));
      const last = testMirror(upstream, server.url, { folder });
      await upstream.update(last);
      expect(server.log.map(({ status }) => status)).toEqual([200, 304, 200]);
      expect(last.traffic.changed).toBe(1);
    });
  },
);
