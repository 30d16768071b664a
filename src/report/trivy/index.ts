import type { Report } from '../../model/index.ts';
import { groups, packageIndex } from '../groups.ts';
import { safeJson } from '../safe-json.ts';
import { shown } from '../shown.ts';
import type { Reporter } from '../types.ts';
import { metadata } from './metadata.ts';
import { result } from './result.ts';
import type { TrivyReport } from './schema.ts';

/**
 * What pipelines written for Trivy read: its JSON schema 2, one entry for each place of a finding. That a release is at its end
 * of life is said where Trivy says it, in Metadata.OS.EOSL, not by a finding.
 */
export const trivy: Reporter = {
  id: 'trivy',
  mediaType: 'application/json',
  async write(report, out, how) {
    const view = shown(report, how.filter);
    const packages = packageIndex(report);
    const vulnerabilities = view.findings.filter((finding) => finding.kind !== 'end-of-life');
    const notApplicable = groups(report, view.notApplicable);
    const document: TrivyReport = {
      SchemaVersion: 2,
      CreatedAt: report.createdAt,
      ArtifactName: report.inventory.target.name,
      ArtifactType: artifactType(report),
      Metadata: metadata(report),
      Results: groups(report, vulnerabilities).map((group) => {
        const other = notApplicable.find((each) => each.class === group.class && each.type === group.type && each.path === group.path);
        return result(report, group, other?.entries ?? [], packages);
      }),
    };
    for (const piece of safeJson(document)) out.write(piece);
  },
};

function artifactType(report: Report): TrivyReport['ArtifactType'] {
  return report.inventory.target.kind === 'image' ? 'container_image' : 'filesystem';
}
