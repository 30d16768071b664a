import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';
import { buildImage, type Step, writeLayout } from '../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../testing/registry/index.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-docs-base-'));
const text = ['base-images', 'comparing'].map((page) => readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8')).join('');
/** The lines of the pages' shell blocks, in their order: what an index has is listed after it was added. */
const lines = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
let registry: FakeRegistry;

const base: Step = { createdBy: 'ADD rootfs /', files: [{ path: 'etc/hostname', content: 'base' }] };
const npm = (version: string): Step => ({
  createdBy: 'COPY . /srv # buildkit',
  files: [{ path: 'srv/node_modules/lodash/package.json', content: JSON.stringify({ name: 'lodash', version }) }],
});
const image = (...steps: readonly Step[]) =>
  buildImage({
    platform: { os: 'linux', architecture: 'amd64' },
    created: '2026-01-01T00:00:00Z',
    annotations: { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' },
    steps,
  });

beforeAll(async () => {
  const content = new Content();
  for (const [name, tag, built] of [
    ['debian', '12', image(base)],
    ['python', '3.12-slim', image(base, { createdBy: 'RUN make', files: [{ path: 'usr/bin/python3', content: 'x' }] })],
    ['app', '1.0', image(base, npm('4.17.15'))],
    ['app', '2.0', image(base, npm('4.17.20'))],
  ] as const) {
    content.putImage(`hub/library/${name}`, tag, built);
  }
  registry = await startRegistry({ content });
  await writeLayout(join(work, 'image'), [{ image: image(base, npm('4.17.15')) }]);
  writeFileSync(join(work, 'Dockerfile'), 'FROM debian:12\nCOPY . /srv\n');
  expect(await run('plimsoll scan app:1.0 -f json=report.json')).toMatchObject({ code: 0 });
  expect(await run('plimsoll scan app:1.0 -f json=old.json')).toMatchObject({ code: 0 });
  expect(await run('plimsoll scan app:2.0 -f json=new.json')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

function run(line: string) {
  const argv = line
    .replace(/\s+#.*/, '')
    .replace('oci:image', `oci:${work}/image`)
    .replace('oci:examples/hardened/image', `oci:${work}/image`)
    .split(' ')
    .slice(1);
  const env = {
    PLIMSOLL_DB: 'starter',
    PLIMSOLL_CACHE_DIR: join(work, 'cache'),
    PLIMSOLL_PLATFORM: 'linux/amd64',
    PLIMSOLL_PLAIN_HTTP: 'yes',
    PLIMSOLL_REGISTRY_MIRRORS: `docker.io=${registry.host}/hub`,
    PLIMSOLL_QUIET: 'yes',
  };
  return cli(argv, { cwd: work, env });
}

it('has commands', () => expect(lines.length).toBeGreaterThan(10));

it.sequential.each(lines)('%s', async (line) => {
  const { code, err } = await run(line);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
});
