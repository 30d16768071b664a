import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dbBuild } from '../db/build.ts';
import { scan } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-project-'));
const database = join(folder, 'db');
const project = join(folder, 'project');
const now = new Date('2026-01-01T00:00:00Z');

/** Ecosystem, name, CVE and fixed version of what the lock files in the extractors' testdata hold. */
const FLAWS = [
  ['npm', 'lodash', 'CVE-2020-8203', '4.17.20'],
  ['PyPI', 'requests', 'CVE-2023-32681', '2.31.0'],
  ['Maven', 'com.fasterxml.jackson.core:jackson-databind', 'CVE-2019-12384', '2.9.9.1'],
  ['Maven', 'junit:junit', 'CVE-2020-15250', '4.13.1'],
] as const;

const FILES = {
  'web/package-lock.json': 'npm-lock/testdata/v3/package-lock.json',
  'pnpm/pnpm-lock.yaml': 'pnpm-lock/testdata/pnpm9/pnpm-lock.yaml',
  'classic/yarn.lock': 'yarn-lock/testdata/yarn1/yarn.lock',
  'berry/yarn.lock': 'yarn-lock/testdata/yarn4/yarn.lock',
  'bun/bun.lock': 'bun-lock/testdata/bun/bun.lock',
  'py/poetry.lock': 'python-lock/testdata/poetry2/poetry.lock',
  'py/uv.lock': 'python-lock/testdata/uv/uv.lock',
  'py/pdm.lock': 'python-lock/testdata/pdm/pdm.lock',
  'py/Pipfile.lock': 'python-lock/testdata/pipenv/Pipfile.lock',
  'py/requirements.txt': 'requirements/testdata/compiled/requirements.txt',
  'pom.xml': 'maven-pom/testdata/shop/pom.xml',
  'core/pom.xml': 'maven-pom/testdata/shop/core/pom.xml',
  'bom/pom.xml': 'maven-pom/testdata/shop/bom/pom.xml',
};
const WRITTEN = {
  'app/gradle.lockfile': 'com.fasterxml.jackson.core:jackson-databind:2.9.8=runtimeClasspath\n',
  'web/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.11"}',
  'web/node_modules/lodash/yarn.lock': '# yarn lockfile v1\n\n\nlodash@1:\n  version "1.0.0"\n',
  'py/.venv/lib/python3/site-packages/requests-2.0.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: requests\nVersion: 2.0.0\n',
};

function record([ecosystem, name, cve, fixed]: (typeof FLAWS)[number]): object {
  const events = [{ introduced: '0' }, { fixed }];
  const affected = [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }] }];
  const id = `GHSA-${cve.slice(4, 8)}-${cve.slice(9).padStart(5, '0')}-xxxx`;
  return { schema_version: '1.6.0', id, aliases: [cve], modified: '2024-01-01T00:00:00Z', affected };
}

beforeAll(async () => {
  const feeds = join(folder, 'feeds');
  mkdirSync(feeds);
  for (const ecosystem of ['npm', 'PyPI', 'Maven']) {
    const lines = FLAWS.filter(([own]) => own === ecosystem).map((flaw) => `${JSON.stringify(record(flaw))}\n`);
    writeFileSync(join(feeds, `ghsa-${ecosystem.toLowerCase()}.jsonl`), lines.join(''));
  }
  await dbBuild({ from: feeds, out: database, now, fetchedAt: '2026-01-01T00:00:00Z' });
  for (const [path, from] of Object.entries(FILES)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    cpSync(new URL(`../../extract/lang/${from}`, import.meta.url), join(project, path));
  }
  for (const [path, content] of Object.entries(WRITTEN)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function found(target: string) {
  const report = await scan(target, { database, now, offline: true, env: {} });
  const places = report.findings.flatMap((finding) =>
    finding.locations.map(({ path }) => `${finding.id} ${path} ${finding.package.version}`),
  );
  return { report, places: places.sort() };
}

describe('a folder of somebody’s project', () => {
  it('is held against advisories by its lock files, and not by what is installed in it', async () => {
    const { places } = await found(`dir:${project}`);
    expect(places).toEqual([
      'CVE-2019-12384 app/gradle.lockfile 2.9.8',
      'CVE-2019-12384 core/pom.xml 2.9.8',
      'CVE-2020-15250 core/pom.xml 4.12',
      'CVE-2020-8203 berry/yarn.lock 4.17.15',
      'CVE-2020-8203 bun/bun.lock 4.17.15',
      'CVE-2020-8203 classic/yarn.lock 4.17.15',
      'CVE-2020-8203 pnpm/pnpm-lock.yaml 4.17.15',
      'CVE-2020-8203 web/package-lock.json 4.17.15',
      'CVE-2023-32681 py/Pipfile.lock 2.25.0',
      'CVE-2023-32681 py/pdm.lock 2.25.0',
      'CVE-2023-32681 py/poetry.lock 2.25.0',
      'CVE-2023-32681 py/requirements.txt 2.25.0',
      'CVE-2023-32681 py/uv.lock 2.25.0',
    ]);
  });

  it('marks what is for development only, and says that a pom.xml is not the whole', async () => {
    const { report } = await found(`dir:${project}`);
    const dev = report.inventory.packages.filter((one) => one.dev).map(({ name }) => name);
    expect(dev).toEqual(expect.arrayContaining(['junit:junit', 'mkdirp', 'pytest']));
    expect(dev).not.toContain('lodash');
    expect(report.inventory.gaps).toMatchObject([{ code: 'not-here', stage: 'lang/maven-pom', incomplete: true }]);
  });

  it('is scanned for what is installed as a root file system', async () => {
    const { places } = await found(`rootfs:${project}`);
    expect(places).toEqual([
      'CVE-2020-8203 web/node_modules/lodash/package.json 4.17.11',
      'CVE-2023-32681 py/.venv/lib/python3/site-packages/requests-2.0.0.dist-info/METADATA 2.0.0',
    ]);
  });
});
