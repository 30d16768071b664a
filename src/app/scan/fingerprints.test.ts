import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FETCHED, writeAdvisories } from '../../../testing/advisories.ts';
import { type BuiltImage, buildImage, type Step } from '../../../testing/image-builder/index.ts';
import { Content, type FakeRegistry, startRegistry } from '../../../testing/registry/index.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { Report } from '../../model/index.ts';
import { dbBuild } from '../db/build.ts';
import { REPORTERS } from '../reporters.ts';
import { scan } from './index.ts';

const NOW = new Date('2025-01-11T12:00:00Z');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-fingerprints-'));
/** Made up, in the form of one. */
const KEY = ['AKIA', 'Q3EGRIXN7', 'ZL5MWPT'].join('');

interface Build {
  readonly created?: string;
  readonly openssl?: string;
  readonly lodash?: string;
  readonly compression?: 'gzip' | 'zstd';
  /** Which steps come first. */
  readonly order?: readonly number[];
}

/** An image with a Debian and an npm package with known flaws, the latter in two places, a secret, and no user. */
function image({
  created = '2025-01-01T00:00:00Z',
  openssl = '1.1.1k-1',
  lodash = '4.17.15',
  compression = 'gzip',
  order = [0, 1, 2, 3],
}: Build): BuiltImage {
  const mtime = new Date(created).getTime() / 1000;
  const status = `Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${openssl}\n\n`;
  const packageJson = JSON.stringify({ name: 'lodash', version: lodash });
  const steps: readonly Step[] = [
    ['ADD rootfs.tar /', 'etc/os-release', 'ID=debian\nVERSION_ID="11"\n'],
    ['RUN apt-get install openssl', 'var/lib/dpkg/status', status],
    ['COPY node_modules /srv/node_modules', 'srv/node_modules/lodash/package.json', packageJson],
    ['COPY . /srv/app', 'srv/app/node_modules/lodash/package.json', packageJson, 'srv/app/.env', `AWS_ACCESS_KEY_ID=${KEY}\n`],
  ].map(([createdBy = '', ...files]) => ({
    createdBy,
    compression,
    files: Array.from({ length: files.length / 2 }, (_, i) => ({ path: files[2 * i] ?? '', content: files[2 * i + 1] ?? '', mtime })),
  }));
  return buildImage({ platform: { os: 'linux', architecture: 'amd64' }, created, steps: order.flatMap((i) => steps[i] ?? []) });
}

const FIRST = image({});
const BUILDS: readonly (readonly [name: string, tag: string, build: BuiltImage])[] = [
  ['a new tag', '1.1', FIRST],
  ['a rebuild at another time, compressed in another way', '1.2', image({ created: '2025-01-09T09:09:09Z', compression: 'zstd' })],
  ['a changed order of layers', '1.3', image({ order: [0, 3, 2, 1] })],
  ['updates that mend nothing', '1.4', image({ openssl: '1.1.1k-1+deb11u1', lodash: '4.17.16' })],
];

let registry: FakeRegistry;
let first: Report;

beforeAll(async () => {
  mkdirSync(join(work, 'feeds'));
  writeAdvisories(join(work, 'feeds'));
  await dbBuild({ from: join(work, 'feeds'), out: join(work, 'db'), now: NOW, fetchedAt: FETCHED });
  const content = new Content();
  for (const [, tag, built] of [['', '1.0', FIRST] as const, ...BUILDS]) {
    for (const [digest, bytes] of built.blobs) content.putBlob('shop/web', bytes, digest);
    content.putManifest('shop/web', tag, built.blobs.get(built.descriptor.digest) as Buffer, built.descriptor.mediaType);
  }
  registry = await startRegistry({ content });
  first = await scanned('1.0');
});
afterAll(async () => {
  await registry.close();
  rmSync(work, { recursive: true, force: true });
});

function scanned(tag: string): Promise<Report> {
  return scan(`${registry.host}/shop/web:${tag}`, {
    platform: 'linux/amd64',
    database: join(work, 'db'),
    registry: { plainHttp: true },
    scanners: ['vuln', 'secret', 'config'],
    secrets: { where: 'any-layer', skip: [], key: 'a key that a team shares', configDir: work },
    offline: false,
    update: 'never',
    cacheSize: 0,
    now: NOW,
    env: {},
  });
}

interface Place {
  /** Paths of the lists of findings. */
  readonly lists: readonly string[];
  /** What a person would call the alert by. */
  readonly name: readonly string[];
  /** The mark that the format's readers compare by. */
  readonly print: string;
  /** How many the image has; 3 and more where it is not said. */
  readonly least?: number;
}

const ALERTS: Readonly<Record<string, Place>> = {
  'json': {
    lists: ['findings', 'secrets.findings', 'checks.findings'],
    name: ['id', 'package.name', 'location.path', 'location.file'],
    print: 'fingerprint',
  },
  'sarif': {
    lists: ['runs.0.results'],
    name: ['ruleId', 'locations.0.physicalLocation.artifactLocation.uri', 'properties.package.name'],
    print: 'partialFingerprints.primaryLocationLineHash',
  },
  'gitlab': { lists: ['vulnerabilities'], name: ['identifiers.0.value', 'location.dependency.package.name'], print: 'id' },
  'gitlab-dependency-scanning': {
    lists: ['vulnerabilities'],
    name: ['identifiers.0.value', 'location.dependency.package.name', 'location.file'],
    print: 'id',
    least: 2,
  },
  'gitlab-secret-detection': {
    lists: ['vulnerabilities'],
    name: ['name', 'location.file'],
    print: 'tracking.items.0.signatures.0.value',
    least: 1,
  },
  'gitlab-codequality': { lists: [''], name: ['check_name', 'location.path'], print: 'fingerprint' },
  'asff': { lists: ['Findings'], name: ['GeneratorId', 'Resources.0.Details.Other.Place'], print: 'Id' },
};

async function alerts(format: string, report: Report): Promise<ReadonlyMap<string, string>> {
  const reporter = REPORTERS.find(({ id }) => id === format)!;
  const document: unknown = JSON.parse(await rendered(reporter, report));
  const { lists, name, print } = ALERTS[format]!;
  const all = lists.flatMap((path) => at(document, path) as readonly unknown[]);
  return new Map(all.map((each) => [name.map((path) => String(at(each, path) ?? '')).join(' '), String(at(each, print))]));
}

function at(value: unknown, path: string): unknown {
  const names = path === '' ? [] : path.split('.');
  return names.reduce((of, name) => (of as Record<string, unknown> | undefined)?.[name], value);
}

describe.each(Object.keys(ALERTS))('an alert in %s', (format) => {
  it('is another one for each finding', async () => {
    const prints = [...(await alerts(format, first)).values()];
    expect(prints.length).toBeGreaterThanOrEqual(ALERTS[format]!.least ?? 3);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it.each(BUILDS)('is recognised after %s', async (_, tag) => {
    const report = await scanned(tag);
    expect([...(await alerts(format, report))].sort()).toEqual([...(await alerts(format, first))].sort());
  });
});

it('the builds differ, and what is in them is what the alerts are about', async () => {
  expect(
    new Set(
      BUILDS.slice(1)
        .map(([, , { descriptor }]) => descriptor.digest)
        .concat(FIRST.descriptor.digest),
    ).size,
  ).toBe(4);
  expect([...(await alerts('json', first)).keys()]).toEqual(
    expect.arrayContaining([
      'CVE-2022-0778 openssl  ',
      'CVE-2020-8203 lodash  ',
      'aws-access-key-id  srv/app/.env ',
      'image/root-user   config.User',
    ]),
  );
});
