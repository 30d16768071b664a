import type { SecretTexts } from '../../messages/secrets.ts';
import { secretTitle } from '../../messages/secrets.ts';
import type { Report, SecretFinding } from '../../model/index.ts';
import { shownSecrets } from '../shown.ts';
import type { DisplayFilter } from '../types.ts';
import type { TrivyResult, TrivySecret } from './schema.ts';
import { TRIVY_SEVERITY } from './vulnerability.ts';

/** What Trivy calls the file of an image's configuration. */
const CONFIGURATION = 'config.json';

/** One result for each file with secrets, as Trivy has them; what is known or ignored stands where Trivy puts what a rule took out. */
export function secretResults(report: Report, filter: DisplayFilter, texts: SecretTexts): readonly TrivyResult[] {
  if (!report.secrets) return [];
  const { open, suppressed } = shownSecrets(report.secrets, filter);
  const files = Map.groupBy([...open, ...suppressed], targetOf);
  return [...files].map(([target, findings]) => {
    const modified = findings.flatMap(({ suppressed: by, ...rest }) =>
      by === undefined
        ? []
        : [
            {
              Type: 'secret' as const,
              Status: 'ignored' as const,
              Statement: by.reason ?? by.by,
              Source: by.exception?.file ?? 'plimsoll',
              Finding: secret(rest, texts),
            },
          ],
    );
    return {
      Target: target,
      Class: 'secret',
      Vulnerabilities: [],
      Secrets: findings.filter((each) => each.suppressed === undefined).map((each) => secret(each, texts)),
      ...(modified.length > 0 ? { ExperimentalModifiedFindings: modified } : {}),
    };
  });
}

function targetOf({ location: { where, path } }: SecretFinding): string {
  return where === 'file' || where === 'stdin' ? path : CONFIGURATION;
}

function secret(finding: SecretFinding, texts: SecretTexts): TrivySecret {
  const { id, service, severity, location, masked, snippet = masked } = finding;
  const line = location.line ?? 1;
  const { layer, instruction } = location;
  const createdBy = layer?.createdBy ?? instruction;
  return {
    RuleID: id,
    Category: service,
    Severity: TRIVY_SEVERITY[severity],
    Title: secretTitle(finding, texts),
    StartLine: line,
    EndLine: line,
    Code: { Lines: [{ Number: line, Content: snippet, IsCause: true, Truncated: false, FirstCause: true, LastCause: true }] },
    Match: snippet,
    Layer: {
      ...(layer ? { Digest: layer.digest, ...(layer.diffId ? { DiffID: layer.diffId } : {}) } : {}),
      ...(createdBy === undefined ? {} : { CreatedBy: createdBy }),
    },
  };
}
