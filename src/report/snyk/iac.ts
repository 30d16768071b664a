import type { CheckFinding, Report } from '../../model/index.ts';
import { type Issue, issues } from '../issues.ts';
import type { Rendering } from '../types.ts';
import { SEVERITY, type SnykSeverity } from './schema.ts';

/**
 * What `snyk iac test --json` prints for a file, as far as scripts read it. Names and their meaning are Snyk's (snyk/cli: MappedIacTestResponse,
 * MappedAnnotatedIacIssue). Ids are ours; what an organisation's settings are is absent.
 */
export interface SnykIacResult {
  readonly ok: boolean;
  readonly infrastructureAsCodeIssues: readonly SnykIacIssue[];
  readonly vulnerabilities: readonly never[];
  readonly dependencyCount: 0;
  readonly filesystemPolicy: false;
  readonly targetFile: string;
  readonly projectName: string;
  readonly path: string;
  /** `k8sconfig`, `dockerfile`, ... */
  readonly projectType: string;
  readonly packageManager: string;
}

export interface SnykIacIssue {
  readonly id: string;
  readonly publicId: string;
  readonly title: string;
  readonly severity: SnykSeverity;
  readonly isIgnored: false;
  readonly type: string;
  /** What kind of object it is about. */
  readonly subType: string;
  readonly documentation?: string;
  readonly isGeneratedByCustomRule: boolean;
  readonly issue: string;
  readonly impact: string;
  readonly resolve: string;
  readonly iacDescription: { readonly issue: string; readonly impact: string; readonly resolve: string };
  readonly description: string;
  /** -1 where it is not known. */
  readonly lineNumber: number;
  readonly msg: string;
  readonly path: readonly string[];
  readonly references: readonly string[];
  readonly compliance: readonly never[];
}

/** A result for each file with findings, alone where there is one. Where nothing is found, one that is `ok`. What is not counted is left out, as Snyk does it. */
export async function iacDocument(reports: readonly Report[], how: Rendering): Promise<SnykIacResult | readonly SnykIacResult[]> {
  const all: SnykIacResult[] = [];
  for (const report of reports) {
    const found = (await issues(report, how.filter, how.language)).flatMap((issue) =>
      issue.check && issue.suppressed === undefined ? [{ issue, check: issue.check }] : [],
    );
    const path = report.inventory.target.name;
    for (const [file, ofFile] of Map.groupBy(found, ({ check }) => check.location.file)) {
      all.push(
        resultOf(
          file,
          path,
          typeOf(ofFile[0]?.check.domain),
          ofFile.map(({ issue, check }) => issueOf(issue, check)),
        ),
      );
    }
    if (found.length === 0) all.push(resultOf(path, path, typeOf(undefined), []));
  }
  const [only] = all;
  return only !== undefined && all.length === 1 ? only : all;
}

function resultOf(file: string, path: string, type: string, found: readonly SnykIacIssue[]): SnykIacResult {
  return {
    ok: found.length === 0,
    infrastructureAsCodeIssues: found,
    vulnerabilities: [],
    dependencyCount: 0,
    filesystemPolicy: false,
    targetFile: file,
    projectName: path,
    path,
    projectType: type,
    packageManager: type,
  };
}

function typeOf(domain: CheckFinding['domain'] | undefined): string {
  return domain === 'kubernetes' || domain === undefined ? 'k8sconfig' : domain;
}

function issueOf(
  { rule, title, severity, message, why, remedy, references }: Issue,
  { domain, resource = '', location }: CheckFinding,
): SnykIacIssue {
  const [documentation] = references;
  const described = { issue: message, impact: why, resolve: remedy };
  return {
    id: rule,
    publicId: rule,
    title,
    severity: SEVERITY[severity],
    isIgnored: false,
    type: typeOf(domain),
    subType: resource.split(/[\s/]/, 1)[0] || domain,
    ...(documentation === undefined ? {} : { documentation }),
    isGeneratedByCustomRule: domain === 'custom',
    ...described,
    iacDescription: described,
    description: why,
    lineNumber: location.line ?? -1,
    msg: resource,
    path: resource.split(/[\s/]+/).filter(Boolean),
    references,
    compliance: [],
  };
}
