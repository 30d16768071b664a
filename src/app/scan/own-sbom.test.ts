import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, writeLayout } from '../../../testing/image-builder/index.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../../testing/reporter-contract.ts';
import { hardenedImage } from '../../../tools/examples/hardened.ts';
import { npmSkeleton } from '../../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../../tools/examples/vulnerable.ts';
import type { Package, Report } from '../../model/index.ts';
import { REPORTERS } from '../../report/index.ts';
import { type ScanOptions, scan } from './index.ts';

/** Every form and version of an SBOM that is written and read again. */
const FORMS = REPORTERS.filter(({ sbom }) => sbom).flatMap((reporter) =>
  (reporter.versions ?? []).map((version) => ({ name: `${reporter.id}@${version}`, reporter, version })),
);

const work = mkdtempSync(join(tmpdir(), 'plimsoll-own-sbom-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const options: ScanOptions = { offline: true, database: 'starter', cacheDir: join(work, 'cache'), platform: 'linux/amd64', env: {} };

/** What a report says of packages and what is wrong with them, without the lists of files, which no document has. */
const judged = ({ inventory, findings, unassessed }: Report) => ({
  packages: inventory.packages.map(({ files: _, ...one }: Package) => one),
  distro: inventory.distro,
  repositories: inventory.repositories,
  layers: inventory.layers,
  gaps: inventory.gaps,
  identity: { ...inventory.target, kind: '', spec: '', name: '' },
  findings,
  unassessed,
});

function held(spec: () => string): void {
  let image: Report;
  beforeAll(async () => {
    image = await scan(spec(), options);
  });

  it('is of an image that has something to find', () => {
    expect(image.inventory.packages.length).toBeGreaterThan(0);
    expect(image.inventory.layers.length).toBeGreaterThan(0);
  });

  it.each(FORMS)('$name says all that the image does', async ({ name, reporter, version }) => {
    const path = join(work, `${name}.sbom`);
    writeFileSync(path, await rendered(reporter, image, { version }));
    const report = await scan(`sbom:${path}`, options);
    expect(judged(report)).toEqual(judged(image));
    expect(report.inventory.target).toMatchObject({ kind: 'sbom', name: image.inventory.target.name });
  });
}

describe.each([
  ['vulnerable', vulnerableImage],
  ['hardened', hardenedImage],
])('the SBOM of examples/%s', (name, describeImage) => {
  beforeAll(async () => {
    const folder = join(import.meta.dirname, '../../../examples', name);
    const built = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
    await writeLayout(join(work, name), [{ image: built, tag: 'latest' }]);
  });
  held(() => `oci:${join(work, name)}`);
});

it('an example has packages that others own', async () => {
  const { inventory } = await scan(`oci:${join(work, 'vulnerable')}`, options);
  expect(inventory.packages.filter(({ ownedBy }) => ownedBy !== undefined).length).toBeGreaterThan(0);
});

const ROOTS = join(import.meta.dirname, '../../../../shared/data/rootfs');
const roots = existsSync(ROOTS)
  ? readdirSync(ROOTS)
      .filter((name) => name.endsWith('.tar.gz'))
      .slice(0, 2)
  : [];

describe.skipIf(roots.length === 0)('the SBOM of a real root file system (needs ../shared/data)', () => {
  describe.each(roots)('%s', (name) => {
    held(() => `rootfs:${join(ROOTS, name)}`);
  });
});

describe('the SBOM of several platforms', () => {
  it.each(FORMS)('$name has the packages of each, and is none of them', async ({ name, reporter, version }) => {
    const reports = samplePlatforms('amd64', 'arm64').map((report, i) => {
      const packages = report.inventory.packages.map((one) => ({ ...one, path: `${i}/${one.path}` }));
      return { ...report, inventory: { ...report.inventory, packages } };
    });
    const path = join(work, `${name}.platforms.sbom`);
    writeFileSync(path, await renderedPlatforms(reporter, { reports, failed: [] }, { version }));
    const { inventory } = await scan(`sbom:${path}`, { ...options, scanners: ['packages'] });
    const told = (packages: readonly Package[]) => packages.map(({ name: is, path: at, layer }) => `${is} ${at} ${layer?.digest}`).sort();
    expect(told(inventory.packages)).toEqual(told(reports.flatMap((report) => report.inventory.packages)));
    expect(inventory.layers).toEqual([]);
    expect(inventory.target.platform).toBeUndefined();
  });
});
