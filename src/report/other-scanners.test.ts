import { describe, expect, it } from 'vitest';
import { check, standingReport } from '../../testing/fixtures/assessed-report.ts';
import { emptyReport, sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../testing/reporter-contract.ts';
import type { Report } from '../model/index.ts';
import { clair } from './clair/index.ts';
import type { ClairReport } from './clair/schema.ts';
import { NO_FILTER, shown } from './shown.ts';
import { snyk } from './snyk/index.ts';
import type { SnykResult } from './snyk/schema.ts';

/** What counts of packages, as all formats have it. */
function counted(report: Report) {
  return shown(report, NO_FILTER).findings.filter(({ kind }) => kind !== 'end-of-life');
}

describe('snyk', () => {
  const document = async (report: Report): Promise<SnykResult> => JSON.parse(await rendered(snyk, report));

  it('has every finding once for each of its projects, under the image or an application of it', async () => {
    for (const report of [sampleReport(), standingReport()]) {
      const { applications = [], ...image } = await document(report);
      const all = [image, ...applications];
      expect(all.map(({ packageManager }) => packageManager)).toContain('deb');
      const found = new Set(
        all.flatMap(({ vulnerabilities }) => vulnerabilities.map(({ id, name, version }) => `${id} ${name.split('/').at(-1)} ${version}`)),
      );
      expect(found).toEqual(new Set(counted(report).map(({ id, package: of }) => `${id} ${of.name.split('/').at(-1)} ${of.version}`)));
      for (const { vulnerabilities, uniqueCount, ok, summary } of applications) {
        expect(uniqueCount).toBe(new Set(vulnerabilities.map(({ id }) => id)).size);
        expect(ok).toBe(vulnerabilities.length === 0);
        expect(summary).toMatch(ok ? /^No known vulnerabilities$/ : new RegExp(`^${vulnerabilities.length} vulnerable dependency path`));
      }
      expect(image.ok).toBe(false);
    }
  });

  it('says what scripts ask of a flaw', async () => {
    const { vulnerabilities, docker, platform, path, projectName } = await document(sampleReport());
    expect({ path, projectName }).toEqual({
      path: 'registry.example/shop/web:1.2',
      projectName: 'docker-image|registry.example/shop/web',
    });
    expect(docker).toBeDefined();
    expect(platform).toBe('linux/amd64');
    const of = vulnerabilities.find(({ name }) => name === 'openssl/libssl1.1')!;
    expect(of).toMatchObject({
      packageName: 'openssl',
      version: '1.1.1n-0+deb11u3',
      from: ['docker-image|registry.example/shop/web@1.2', 'openssl/libssl1.1@1.1.1n-0+deb11u3'],
      packageManager: 'debian:11',
      language: 'linux',
      patches: [],
      identifiers: { CVE: [of.id] },
      isPatchable: false,
    });
    expect(of.isUpgradable).toBe(of.fixedIn.length > 0);
    expect(of.nearestFixedInVersion).toBe(of.fixedIn[0]);
  });

  it('has what is accepted apart, with the reason', async () => {
    const report = standingReport();
    const { applications = [], ...image } = await document(report);
    const ignored = [image, ...applications].flatMap(({ filtered }) => filtered.ignore);
    expect(ignored.map(({ id }) => id).sort()).toEqual(
      report.findings
        .filter(({ suppressed, kind }) => suppressed && kind !== 'end-of-life')
        .map(({ id }) => id)
        .sort(),
    );
    expect(ignored[0]?.filtered.ignored).toEqual([expect.objectContaining({ reason: 'not reachable', path: ['*'] })]);
  });

  it('has configuration by files, as `iac test` has it', async () => {
    const iac = async (report: Report) => JSON.parse(await rendered(snyk, report, { version: 'iac' }));
    const found = check({ domain: 'kubernetes', resource: 'Deployment/shop container web', location: { file: 'k8s/a.yaml', line: 9 } });
    const accepted = check({ suppressed: { by: 'pragma' } });
    const report = { ...emptyReport(), checks: { findings: [found, accepted], files: 2 } };
    const one = await iac(report);
    expect(one).toMatchObject({ ok: false, targetFile: 'k8s/a.yaml', projectType: 'k8sconfig', vulnerabilities: [] });
    expect(one.infrastructureAsCodeIssues).toMatchObject([
      {
        id: found.id,
        severity: 'medium',
        lineNumber: 9,
        subType: 'Deployment',
        msg: 'Deployment/shop container web',
        isIgnored: false,
        documentation: found.references[0],
      },
    ]);
    const two = { ...report, checks: { findings: [found, { ...found, location: { file: 'b.yaml' } }], files: 2 } };
    expect((await iac(two)).map(({ targetFile }: { targetFile: string }) => targetFile)).toEqual(['k8s/a.yaml', 'b.yaml']);
    expect((await iac(two))[1].infrastructureAsCodeIssues[0].lineNumber).toBe(-1);
    expect(await iac(emptyReport())).toMatchObject({ ok: true, infrastructureAsCodeIssues: [] });
  });

  it('is a list for a folder with several lock files, and one result else', async () => {
    const report = sampleReport();
    const folder = { ...report, inventory: { ...report.inventory, target: { kind: 'dir' as const, spec: '.', name: '.' } } };
    const several = JSON.parse(await rendered(snyk, folder));
    expect(Array.isArray(several)).toBe(true);
    const packages = folder.inventory.packages.filter(({ type }) => type === 'npm');
    const findings = folder.findings.filter(({ package: of }) => of.type === 'npm');
    const one: SnykResult = JSON.parse(await rendered(snyk, { ...folder, findings, inventory: { ...folder.inventory, packages } }));
    expect(one).toMatchObject({ ok: false, packageManager: 'npm', path: '.', dependencyCount: packages.length });
    expect(one).not.toHaveProperty('docker');
  });

  it('is fine with nothing', async () => {
    expect(await document(emptyReport())).toMatchObject({
      ok: true,
      vulnerabilities: [],
      summary: 'No known vulnerabilities',
      uniqueCount: 0,
    });
  });
});

describe('clair', () => {
  const document = async (report: Report): Promise<ClairReport> => JSON.parse(await rendered(clair, report));

  it('names packages, flaws and which have which by ids that are there', async () => {
    for (const report of [sampleReport(), standingReport()]) {
      const { packages, vulnerabilities, package_vulnerabilities: pairs, environments, distributions } = await document(report);
      expect(Object.keys(packages)).toHaveLength(report.inventory.packages.length);
      expect(Object.keys(environments)).toEqual(Object.keys(packages));
      for (const [id, each] of [...Object.entries(packages), ...Object.entries(vulnerabilities), ...Object.entries(distributions)]) {
        expect(each.id).toBe(id);
      }
      const named = Object.entries(pairs).flatMap(([id, flaws]) =>
        flaws.map((flaw) => `${vulnerabilities[flaw]!.name} ${packages[id]!.name}`),
      );
      const wanted = counted(report).flatMap(({ id, locations }) =>
        locations.map(({ packageId }) => `${id} ${report.inventory.packages.find((each) => each.id === packageId)?.name}`),
      );
      expect(new Set(named)).toEqual(new Set(wanted.filter((each) => !each.endsWith(' undefined'))));
      expect(Object.keys(vulnerabilities)).toHaveLength(counted(report).length);
    }
  });

  it('says of a package of the distribution what Clair says', async () => {
    const report = sampleReport();
    const { manifest_hash: hash, packages, vulnerabilities, environments, distributions } = await document(report);
    expect(hash).toBe(report.inventory.target.digest);
    expect(distributions['1']).toMatchObject({ did: 'debian', version_id: '11', name: 'Debian GNU/Linux', version: '11 (bullseye)' });
    const of = Object.values(packages).find(({ name }) => name === 'libssl1.1')!;
    expect(of).toMatchObject({ kind: 'binary', source: { name: 'openssl', kind: 'source' } });
    expect(environments[of.id]).toEqual([
      { package_db: 'var/lib/dpkg/status', introduced_in: report.inventory.layers[0]!.digest, distribution_id: '1', repository_ids: null },
    ]);
    const [[type, maps] = ['', []]] = Object.entries((await document(report)).enrichments);
    expect(type).toContain('enricher=clair.cvss');
    for (const [id, [cvss]] of Object.entries(maps[0] ?? {})) {
      expect(report.findings.find((each) => each.id === vulnerabilities[id]!.name)?.cvss.map(({ vector }) => vector)).toContain(
        cvss?.vectorString,
      );
    }
    for (const each of Object.values(vulnerabilities)) {
      expect(each.normalized_severity).toMatch(/^(Unknown|Negligible|Low|Medium|High|Critical)$/);
      expect(Date.parse(each.issued)).not.toBeNaN();
    }
  });

  it('is fine with nothing', async () => {
    expect(await document(emptyReport())).toMatchObject({ packages: {}, vulnerabilities: {}, package_vulnerabilities: {} });
  });
});

it.each([snyk, clair])('$id is a list of the documents of several platforms', async (reporter) => {
  const reports = samplePlatforms('amd64', 'arm64');
  const several = JSON.parse(await renderedPlatforms(reporter, { reports, failed: [] }));
  expect(several).toEqual(await Promise.all(reports.map(async (each) => JSON.parse(await rendered(reporter, each)))));
});
