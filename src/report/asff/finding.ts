import type { Finding, Report, SeverityLevel } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { placeText } from '../assess-view.ts';
import { cut } from '../cut.ts';
import { type DistinctPrint, distinctPrints } from '../distinct-prints.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Rendering, SecurityHubAccount } from '../types.ts';
import type { AsffFinding, AsffResource, AsffSeverity, AsffVulnerability } from './schema.ts';

export { once } from '../distinct-prints.ts';

// Together these keep a finding below 32 KB: more are refused by some of those who read the format, though Security Hub takes 240 KB.
const MOST_ID = 512;
const MOST_TITLE = 256;
const MOST_DESCRIPTION = 1024;
const MOST_REMEDY = 512;
const MOST_OTHER = 1024;
/** Entries of lists within a vulnerability, so that it stays far below the limit of bytes. */
const MOST_LISTED = 20;

const LABEL: Readonly<Record<SeverityLevel, AsffSeverity>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  negligible: 'INFORMATIONAL',
  unknown: 'INFORMATIONAL',
};

/** Of AWS' taxonomy of types, as far as it goes. Source: AWS Security Hub user guide, types taxonomy for ASFF. */
const TYPE: Readonly<Record<Issue['kind'], string>> = {
  'vulnerability': 'Software and Configuration Checks/Vulnerabilities/CVE',
  'malware': 'TTPs/Execution/Malicious Package',
  'end-of-life': 'Software and Configuration Checks/Vulnerabilities/End of Life',
  'secret': 'Sensitive Data Identifications/Passwords/Secret in Image',
  'misconfiguration': 'Software and Configuration Checks/Configuration/Container Image',
  'imported': 'Software and Configuration Checks/Vulnerabilities/Other Tool',
};

/** Everything that a filter lets through but what does not apply here. */
export async function findingsOf(
  report: Report,
  how: Rendering,
  account: SecurityHubAccount,
  several: boolean,
): Promise<readonly AsffFinding[]> {
  const prints = distinctPrints(await issues(report, how.filter, how.language), report, several);
  return prints.filter(({ issue }) => issue.suppressed?.by !== 'not-applicable').map((print) => findingOf(print, report, account));
}

function findingOf({ issue, hash }: DistinctPrint, report: Report, account: SecurityHubAccount): AsffFinding {
  const { rule, severity, finding, suppressed, references } = issue;
  const { target } = report.inventory;
  const url = references.find((each) => /^https?:\/\/[^\s]+$/.test(each) && each.length <= MOST_ID);
  const text = cut(issue.remedy, MOST_REMEDY);
  return {
    SchemaVersion: '2018-10-08',
    Id: `${cut(`plimsoll/${target.repository ?? target.name}`, MOST_ID - hash.length - 1)}/${hash}`,
    ProductArn:
      account.productArn ??
      `arn:${partition(account)}:securityhub:${account.region}:${account.accountId}:product/${account.accountId}/default`,
    ProductName: 'Plimsoll',
    CompanyName: 'Plimsoll',
    Region: account.region,
    GeneratorId: cut(`plimsoll/${rule}`, MOST_ID),
    AwsAccountId: account.accountId,
    Types: [TYPE[issue.kind]],
    CreatedAt: report.createdAt,
    UpdatedAt: report.createdAt,
    Severity: { Label: LABEL[severity], Original: severity },
    Title: filled(cut(issue.title, MOST_TITLE), rule),
    Description: filled(cut(`${issue.message} ${issue.why}`.trim(), MOST_DESCRIPTION), rule),
    ...(text || url
      ? { Remediation: { Recommendation: { ...(text ? { Text: text } : {}), ...(url === undefined ? {} : { Url: safeText(url) }) } } }
      : {}),
    ...(url === undefined ? {} : { SourceUrl: safeText(url) }),
    ProductFields: productFields(issue, report),
    Resources: [resource(issue, report, account)],
    ...(finding ? { Vulnerabilities: [vulnerability(finding, issue)] } : {}),
    RecordState: 'ACTIVE',
    Workflow: { Status: suppressed ? 'SUPPRESSED' : 'NEW' },
    ...(suppressed
      ? {
          Note: {
            Text: cut([suppressed.by, suppressed.reason].filter(Boolean).join(': '), MOST_REMEDY),
            UpdatedBy: 'plimsoll',
            UpdatedAt: report.createdAt,
          },
        }
      : {}),
  };
}

/** No text of AWS' may be empty or blank. */
function filled(text: string, otherwise: string): string {
  return /\S/.test(text) ? text : cut(otherwise, MOST_TITLE) || '-';
}

function productFields({ kind, rule, change, origin, aliases, benchmarks, imported, secret }: Issue, { tool, database }: Report) {
  return strings({
    'plimsoll/Version': tool.version,
    'plimsoll/Kind': kind,
    'plimsoll/Rule': rule,
    'plimsoll/Change': change,
    'plimsoll/Origin': origin,
    'plimsoll/Aliases': aliases.join(', '),
    'plimsoll/Benchmarks': benchmarks.join(', '),
    'plimsoll/Tool': imported?.tool,
    'plimsoll/Masked': secret?.masked,
    'plimsoll/Database': database?.digest,
  });
}

function resource({ places, finding }: Issue, { inventory: { target } }: Report, account: SecurityHubAccount): AsffResource {
  const [place] = places;
  const image = filled(cut(target.name, MOST_ID), '-');
  return {
    Type: target.kind === 'image' ? 'Container' : 'Other',
    Id: image,
    Partition: partition(account),
    Region: account.region,
    Details: {
      ...(target.kind === 'image'
        ? {
            Container: {
              Name: filled(cut(target.repository ?? target.name, MOST_ID), '-'),
              ImageName: image,
              ...(target.digest === undefined ? {} : { ImageId: target.digest }),
            },
          }
        : {}),
      Other: strings({
        Platform: platformName(target),
        Place: place && placeText(place),
        Places: places.length > 1 ? String(places.length) : undefined,
        Layer: place?.layer?.digest,
        Instruction: place?.layer?.createdBy,
        Dockerfile: place?.dockerfile && `${place.dockerfile.file}:${place.dockerfile.line}`,
        PURL: finding?.package.purl,
      }),
    },
  };
}

function vulnerability(
  { id, package: of, fix, cvss, epss, kev, severities, url, advisories }: Finding,
  { places, aliases, references }: Issue,
): AsffVulnerability {
  const web = references
    .filter((each) => /^https?:\/\/\S+$/.test(each))
    .slice(0, MOST_LISTED)
    .map(safeText);
  const related = [...new Set([...aliases, ...advisories.map((each) => each.id)])].filter((each) => each !== id && /\S/.test(each));
  const [first] = severities;
  return {
    Id: filled(cut(id, MOST_ID), '-'),
    VulnerablePackages: (places.length > 0 ? places : [{ path: undefined, layer: undefined }])
      .slice(0, MOST_LISTED)
      .map(({ path, layer }) => ({
        Name: filled(cut(of.name, MOST_ID), '-'),
        Version: filled(cut(of.version, MOST_ID), '-'),
        ...(of.arch ? { Architecture: cut(of.arch, MOST_ID) } : {}),
        PackageManager: of.type.toUpperCase(),
        ...(path ? { FilePath: cut(path, MOST_OTHER) } : {}),
        ...(fix.versions.length > 0 ? { FixedInVersion: cut(fix.versions.join(', '), MOST_ID) } : {}),
        ...(layer ? { SourceLayerHash: layer.digest } : {}),
      })),
    ...(cvss.length > 0
      ? {
          Cvss: cvss.slice(0, MOST_LISTED).map(({ version, baseScore, vector, source }) => ({
            Version: version,
            BaseScore: baseScore,
            BaseVector: filled(cut(vector, MOST_ID), '-'),
            Source: filled(cut(source, MOST_ID), '-'),
          })),
        }
      : {}),
    ...(related.length > 0 ? { RelatedVulnerabilities: related.slice(0, MOST_LISTED).map((each) => cut(each, MOST_ID)) } : {}),
    Vendor: {
      Name: filled(cut(first?.source ?? advisories[0]?.feed ?? 'plimsoll', MOST_ID), 'plimsoll'),
      ...(url !== undefined && /^https?:\/\/\S+$/.test(url) ? { Url: cut(url, MOST_ID) } : {}),
      VendorSeverity: filled(cut(first?.label ?? first?.level ?? 'unknown', MOST_ID), 'unknown'),
    },
    ...(web.length > 0 ? { ReferenceUrls: web } : {}),
    FixAvailable: fix.versions.length > 0 ? 'YES' : 'NO',
    ...(epss ? { EpssScore: epss.score } : {}),
    ...(kev ? { ExploitAvailable: 'YES' } : {}),
  };
}

/** Those that have a text; AWS takes no empty ones. */
function strings(of: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const all = Object.entries(of).map(([name, value]) => [name, cut(value ?? '', MOST_OTHER)] as const);
  return Object.fromEntries(all.filter(([, value]) => /\S/.test(value)));
}

function partition({ region }: SecurityHubAccount): AsffResource['Partition'] {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
