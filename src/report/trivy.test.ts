import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../testing/fixtures/report.ts';
import { rendered, renderedPlatforms, samplePlatforms } from '../../testing/reporter-contract.ts';
import type { Report } from '../model/index.ts';
import { trivy } from './trivy/index.ts';

async function document() {
  return JSON.parse(await rendered(trivy, sampleReport()));
}

describe('trivy', () => {
  it('describes the artifact', async () => {
    const { SchemaVersion, ArtifactName, ArtifactType, Metadata } = await document();
    expect({ SchemaVersion, ArtifactName, ArtifactType }).toEqual({
      SchemaVersion: 2,
      ArtifactName: 'registry.example/shop/web:1.2',
      ArtifactType: 'container_image',
    });
    expect(Metadata.OS).toEqual({ Family: 'debian', Name: '11' });
    expect(Metadata.ImageID).toBe(`sha256:${'9'.repeat(64)}`);
    expect(Metadata.RepoTags).toEqual(['registry.example/shop/web:1.2']);
    expect(Metadata.RepoDigests).toEqual([`registry.example/shop/web@sha256:${'e'.repeat(64)}`]);
    expect(Metadata.ImageConfig.rootfs.diff_ids).toHaveLength(2);
  });

  it('is one document of all platforms, with what they agree on and the results of each', async () => {
    const [amd64, arm64] = samplePlatforms('amd64', 'arm64') as [Report, Report];
    const other = `sha256:${'8'.repeat(64)}` as const;
    const target = { ...arm64.inventory.target, digest: other, configDigest: other };
    const reports = [amd64, { ...arm64, inventory: { ...arm64.inventory, target } }];
    const all = JSON.parse(await renderedPlatforms(trivy, { reports, failed: [] }));
    const one = await document();
    const { ImageID: _id, RepoDigests, ...common } = one.Metadata;
    const digests = [...RepoDigests, `registry.example/shop/web@${other}`];
    expect(all).toMatchObject({ SchemaVersion: 2, ArtifactName: one.ArtifactName, ArtifactType: one.ArtifactType });
    expect(all.Metadata).toEqual({ ...common, RepoDigests: digests });
    const named = (platform: string) =>
      one.Results.map((each: { Target: string }) => ({ ...each, Target: `${each.Target} [${platform}]` }));
    expect(all.Results).toEqual([...named('linux/amd64'), ...named('linux/arm64')]);
    expect(JSON.parse(await renderedPlatforms(trivy, { reports: [amd64], failed: [] }))).toEqual(JSON.parse(await rendered(trivy, amd64)));
  });

  it('groups results under the names that Trivy gives them', async () => {
    const { Results } = await document();
    expect(Results.map((each: Record<string, string>) => [each.Target, each.Class, each.Type])).toEqual([
      ['registry.example/shop/web:1.2 (debian 11)', 'os-pkgs', 'debian'],
      ['usr/local/bin/server', 'lang-pkgs', 'gobinary'],
      ['Node.js', 'lang-pkgs', 'node-pkg'],
    ]);
  });

  it('has one entry for each place, with the fields that pipelines select', async () => {
    const { Results } = await document();
    const lodash = Results[2].Vulnerabilities.filter((each: { VulnerabilityID: string }) => each.VulnerabilityID === 'CVE-2020-8203');
    expect(lodash.map((each: { PkgPath: string }) => each.PkgPath)).toEqual([
      'srv/app/node_modules/lodash/package.json',
      'srv/app/node_modules/a/node_modules/lodash/package.json',
    ]);
    expect(lodash[0]).toMatchObject({
      VendorIDs: ['GHSA-p6mc-m468-83gw'],
      PkgID: 'lodash@4.17.15',
      PkgName: 'lodash',
      PkgIdentifier: { PURL: 'pkg:npm/lodash@4.17.15' },
      InstalledVersion: '4.17.15',
      FixedVersion: '4.17.20',
      Status: 'fixed',
      Layer: { Digest: `sha256:${'c'.repeat(64)}`, DiffID: `sha256:${'d'.repeat(64)}` },
      SeveritySource: 'ghsa',
      DataSource: { ID: 'ghsa', Name: 'GitHub Advisory Database', URL: 'https://github.com/github/advisory-database' },
      Severity: 'HIGH',
      CweIDs: ['CWE-1321'],
      CVSS: { ghsa: { V3Vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H', V3Score: 7.4 } },
    });
  });

  it('shows negligible as LOW, and what does not apply among the modified findings', async () => {
    const { Results } = await document();
    expect(Results[0].Vulnerabilities.map((each: Record<string, string>) => [each.VulnerabilityID, each.Severity, each.Status])).toEqual([
      ['CVE-2022-0778', 'CRITICAL', 'fixed'],
      ['CVE-2007-6755', 'LOW', 'will_not_fix'],
    ]);
    expect(Results[0].ExperimentalModifiedFindings[0]).toMatchObject({
      Status: 'not_affected',
      Statement: 'kernel-in-container',
      Finding: { VulnerabilityID: 'CVE-2022-1111' },
    });
  });
});
