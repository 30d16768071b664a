import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scan } from '../src/app/scan/index.ts';
import type { Finding, Report } from '../src/model/index.ts';
import { buildImage, writeLayout } from '../testing/image-builder/index.ts';
import { hardenedImage } from '../tools/examples/hardened.ts';
import { npmSkeleton } from '../tools/examples/skeletons.ts';
import { vulnerableImage } from '../tools/examples/vulnerable.ts';

// The examples as set-up makes them where npm has no registry, scanned offline against the starter database.

const work = mkdtempSync(join(tmpdir(), 'plimsoll-examples-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function scanExample(name: string, describeImage: typeof vulnerableImage): Promise<Report> {
  const folder = join(import.meta.dirname, '../examples', name);
  const image = buildImage(describeImage(folder, { files: npmSkeleton(join(folder, 'app')) }));
  await writeLayout(join(work, name), [{ image, tag: 'latest' }]);
  return scan(`oci:${join(work, name)}`, { offline: true, cacheDir: join(work, 'cache'), platform: 'linux/amd64', env: {} });
}

describe('examples/vulnerable', () => {
  let report: Report;
  beforeAll(async () => {
    report = await scanExample('vulnerable', vulnerableImage);
  });

  const finding = (id: string, name: string): Finding | undefined =>
    report.findings.find((each) => each.id === id && each.package.name === name);

  it('holds packages of every ecosystem that it was made with, and no gap', () => {
    const types = new Set(report.inventory.packages.map((each) => each.type));
    expect([...types].sort()).toEqual(['deb', 'maven', 'npm', 'pypi']);
    expect(report.inventory.packages.filter((each) => each.type === 'deb')).toHaveLength(141);
    expect(report.inventory.gaps).toEqual([]);
  });

  it('has the flaws that made its packages known', () => {
    expect(finding('CVE-2021-44228', 'org.apache.logging.log4j:log4j-core')?.kev).toBeDefined();
    expect(finding('CVE-2021-44228', 'org.apache.logging.log4j:log4j-core')?.severity).toBe('critical');
    expect(finding('CVE-2018-11776', 'org.apache.struts:struts2-core')?.locations[0]?.path).toBe(
      'srv/app/reports.war!/WEB-INF/lib/struts2-core-2.5.16.jar',
    );
    expect(finding('CVE-2022-42889', 'org.apache.commons:commons-text')).toBeDefined();
    expect(finding('CVE-2021-44906', 'minimist')).toBeDefined();
    expect(finding('CVE-2020-8203', 'lodash')?.fix.versions.length).toBeGreaterThan(0);
  });

  it('is reported past its end of life', () => {
    expect(report.findings.some((each) => each.kind === 'end-of-life')).toBe(true);
  });

  it('tells which instruction brought what', () => {
    const layerOf = (name: string): string | undefined => report.inventory.packages.find((each) => each.name === name)?.layer?.createdBy;
    expect(layerOf('bash')).toBe('# debian.sh --arch amd64 out/ bullseye');
    expect(layerOf('curl')).toContain('apt-get install -y ca-certificates curl');
    expect(layerOf('nodejs')).toContain('setup_16.x | bash');
    expect(layerOf('Django') ?? layerOf('django')).toContain('pip3 install');
    expect(layerOf('lodash')).toContain('npm ci');
  });

  it('says that nobody assesses what comes from a third party', () => {
    expect(report.unassessed.find((each) => each.name === 'nodejs')?.reason).toBe('third-party-origin');
  });

  it('joins a Python package with the Debian package that owns it', () => {
    const urllib3 = report.inventory.packages.filter((each) => each.type === 'pypi' && each.name.toLowerCase() === 'urllib3');
    const owner = report.inventory.packages.find((each) => each.name === 'python3-urllib3');
    expect(urllib3.map((each) => each.ownedBy).sort()).toEqual([owner?.id, undefined]);
  });
});

describe('examples/hardened', () => {
  it('has packages and no finding', async () => {
    const report = await scanExample('hardened', hardenedImage);
    expect(report.inventory.packages.filter((each) => each.type === 'deb')).toHaveLength(14);
    expect(report.inventory.packages.filter((each) => each.type === 'npm').length).toBeGreaterThan(60);
    expect(report.findings.map((each) => `${each.id} ${each.package.name}`)).toEqual([]);
    expect(report.unassessed.map((each) => [each.name, each.reason])).toEqual([['harbour-board', 'own-application']]);
    expect(report.inventory.gaps).toEqual([]);
  });
});
