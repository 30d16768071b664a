import type { Report } from '../../model/index.ts';
import { groups, packageIndex } from '../groups.ts';
import { oneDocument } from '../one-document.ts';
import { ofOrigin } from '../origin.ts';
import { platformName } from '../platform-name.ts';
import { safeJson } from '../safe-json.ts';
import { shown } from '../shown.ts';
import type { Rendering } from '../types.ts';
import { commonMetadata, metadata } from './metadata.ts';
import { result } from './result.ts';
import type { TrivyReport, TrivyResult } from './schema.ts';

/**
 * What pipelines written for Trivy read: its JSON schema 2, one entry for each place of a finding. That a release is at its end
 * of life is said where Trivy says it, in Metadata.OS.EOSL, not by a finding. All platforms are one document too, so that
 * `.Results[]` sees them all; each Target then ends in its platform, and Metadata has what holds for all.
 */
export const trivy = oneDocument({
  id: 'trivy',
  mediaType: 'application/json',
  async document({ reports }, how) {
    const [first] = reports;
    if (first === undefined) return [];
    if (reports.length === 1) return safeJson(await trivyDocument(first, how));
    const named = reports.map(async (report) => {
      const platform = platformName(report.inventory.target);
      return (await results(report, how)).map((each) => ({ ...each, Target: `${each.Target} [${platform}]` }));
    });
    const all: TrivyReport = {
      ...(await trivyDocument(first, how)),
      Metadata: commonMetadata(reports.map(metadata)),
      Results: (await Promise.all(named)).flat(),
    };
    return safeJson(all);
  },
});

async function trivyDocument(report: Report, how: Rendering): Promise<TrivyReport> {
  return {
    SchemaVersion: 2,
    CreatedAt: report.createdAt,
    ArtifactName: report.inventory.target.name,
    ArtifactType: artifactType(report),
    Metadata: metadata(report),
    Results: await results(report, how),
  };
}

async function results(whole: Report, how: Rendering): Promise<readonly TrivyResult[]> {
  const report = ofOrigin(whole, how.filter);
  const view = shown(report, how.filter);
  const packages = packageIndex(report);
  const vulnerabilities = view.findings.filter((finding) => finding.kind !== 'end-of-life');
  const modified = groups(report, [...view.suppressed.filter((finding) => finding.kind !== 'end-of-life'), ...view.notApplicable]);
  const packagesFirst = groups(report, vulnerabilities).map((group) => {
    const other = modified.find((each) => each.class === group.class && each.type === group.type && each.path === group.path);
    return result(report, group, other?.entries ?? [], packages);
  });
  return [...packagesFirst, ...(await secretsOf(report, how)), ...(await checksOf(report, how))];
}

async function secretsOf(report: Report, how: Rendering): Promise<readonly TrivyResult[]> {
  if (!report.secrets) return [];
  const [{ secretResults }, { secretTexts }] = await Promise.all([import('./secret.ts'), import('../../messages/secrets.ts')]);
  return secretResults(report, how.filter, secretTexts('en'));
}

async function checksOf(report: Report, how: Rendering): Promise<readonly TrivyResult[]> {
  if (!report.checks) return [];
  return (await import('./misconfiguration.ts')).misconfigurationResults(report, how.filter);
}

function artifactType(report: Report): TrivyReport['ArtifactType'] {
  return report.inventory.target.kind === 'image' ? 'container_image' : 'filesystem';
}
