import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../../../testing/cli.ts';
import { buildImage, type TarEntry, writeLayout, writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf } from '../../../testing/layers.ts';
import { imagePrivileges } from './image-privileges.ts';

const BASE: readonly TarEntry[] = [
  { path: 'etc/passwd', content: 'root:x:0:0::/root:/bin/sh\n' },
  { path: 'bin/su', mode: 0o4755, content: 'x' },
  { path: 'bin/gone', mode: 0o2755, content: 'x' },
  { path: 'usr/local/bin/gosu', mode: 0o755, content: 'x' },
  { path: 'var/cache/old', type: 'directory', uid: 5 },
  { path: 'var/cache/old/file', content: 'x' },
  { path: 'srv/data', type: 'directory', uid: 5 },
  { path: 'srv/data/a', content: 'x' },
  { path: 'tmp', type: 'directory', mode: 0o1777 },
];
const APP: readonly TarEntry[] = [
  { path: 'etc/passwd', content: 'root:x:0:0::/root:/bin/sh\nshop:x:1001:1002::/home/shop:/bin/sh\n' },
  { path: 'bin/.wh.gone', content: '' },
  { path: 'var/cache/.wh.old', content: '' },
  { path: 'srv/data/.wh..wh..opq', content: '' },
  { path: 'srv/data', type: 'directory', uid: 1001, gid: 1002 },
];

describe('imagePrivileges', () => {
  it('tells accounts, owners and privileged programs of the final file system', async () => {
    const facts = await imagePrivileges(imageOf(writeTar(BASE), writeTar(APP)));
    expect(facts.passwd).toContain('shop:x:1001');
    expect(facts.setuid).toEqual(['/bin/su']);
    expect(facts.userSwitchers).toEqual(['/usr/local/bin/gosu']);
    expect(facts.folders).toEqual([
      { path: '/srv/data', uid: 1001, gid: 1002, mode: 0o755, empty: true },
      { path: '/tmp', uid: 0, gid: 0, mode: 0o1777, empty: true },
    ]);
  });

  it('lets a file take the place of a folder and the other way round', async () => {
    const lower = writeTar([
      { path: 'a', type: 'directory', uid: 7 },
      { path: 'a/b', mode: 0o4755, content: 'x' },
      { path: 'c', mode: 0o4755, content: 'x' },
    ]);
    const upper = writeTar([
      { path: 'a', content: 'x' },
      { path: 'c', type: 'directory', uid: 7 },
    ]);
    const facts = await imagePrivileges(imageOf(lower, upper));
    expect(facts.setuid).toEqual([]);
    expect(facts.folders.map(({ path }) => path)).toEqual(['/c']);
  });

  it('refuses a layer that is no tar', async () => {
    await expect(imagePrivileges(imageOf(Buffer.alloc(2000, 1)))).rejects.toMatchObject({ code: 'tar-malformed' });
  });
});

describe('plimsoll harden', () => {
  const work = mkdtempSync(join(tmpdir(), 'plimsoll-harden-'));
  const image = `oci:${join(work, 'shop')}`;
  const manifest = join(work, 'pod.yaml');
  beforeAll(async () => {
    const platform = { os: 'linux', architecture: 'amd64' };
    const config = { User: 'shop', ExposedPorts: { '80/tcp': {} }, Volumes: { '/data': {} } };
    const steps = [
      { createdBy: 'FROM', files: BASE },
      { createdBy: 'COPY', files: APP },
    ];
    await writeLayout(join(work, 'shop'), [{ image: buildImage({ platform, created: '2026-01-01T00:00:00Z', config, steps }) }]);
    writeFileSync(
      manifest,
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n    - name: side\n      image: registry.example.com/side:1\n`,
    );
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('prints a Pod whose user comes from the image’s own passwd', async () => {
    const { code, out } = await cli(['harden', image]);
    expect(code).toBe(0);
    expect(parse(out).spec.securityContext).toMatchObject({ runAsUser: 1001, runAsGroup: 1002 });
    expect(out).toContain('# The image runs as `shop`, which is user 1001');
  });

  it('keeps what it read of layers, unless told not to', async () => {
    const run = (...argv: string[]) => cli(['harden', image, ...argv], { env: { PLIMSOLL_CACHE: 'yes' } });
    const once = await run('--cache-dir', join(work, 'cache'));
    expect(readdirSync(join(work, 'cache/layers')).filter((name) => name.includes('-files-'))).toHaveLength(2);
    expect(await run('--cache-dir', join(work, 'cache'))).toEqual(once);
    expect(await run('--cache-dir', join(work, 'none'), '--no-cache')).toEqual(once);
    expect(existsSync(join(work, 'none'))).toBe(false);
  });

  it('prints Compose, docker run and JSON, in either language, for another user too', async () => {
    expect(parse((await cli(['harden', image, '--format', 'compose'])).out).services.app.user).toBe('1001:1002');
    expect((await cli(['harden', image, '-f', 'run', '--user', '10001', '--lang', 'ko'])).out).toMatch(
      /# .*요청한 대로[\s\S]*--user 10001:10001/,
    );
    expect(JSON.parse((await cli(['harden', image, '-f', 'json'])).out)).toMatchObject({
      root: false,
      user: { uid: 1001 },
      lowestPort: 80,
    });
  });

  it('patches a manifest with what its images tell, and says which could not be read', async () => {
    const { code, out } = await cli(['harden', manifest, '--offline']);
    expect(code).toBe(0);
    expect(parse(out).spec.containers[0].securityContext.runAsUser).toBe(1001);
    expect(out).toContain('# plimsoll: the image registry.example.com/side:1 could not be read (offline)');
  });

  it('says what is wrong with a target that it cannot harden', async () => {
    const empty = join(work, 'empty.yaml');
    writeFileSync(empty, 'a: 1\n');
    expect(await cli(['harden', empty])).toMatchObject({ code: 2, out: '' });
    expect(await cli(['harden', `dir:${work}`])).toMatchObject({ code: 2, out: '' });
    expect((await cli(['harden', image, '--user', 'shop'])).err).toContain('--user 10001');
  });
});
