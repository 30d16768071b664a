import {
  codeQualityErrors,
  cyclonedxErrors,
  cyclonedxXmlErrors,
  gitlabErrors,
  junitErrors,
  sarifErrors,
  securityHubErrors,
  spdxErrors,
} from './published-schemas.ts';
import { reportSchemaErrorsOf } from './report-schema.ts';

/** What is wrong with a report by the authority of its format, a few lines each; empty where it is valid. Undefined: the format has none. */
export async function reportErrors(format: string, text: string): Promise<readonly string[] | undefined> {
  const check = CHECKS[format];
  return check === undefined ? undefined : (await check(text)).slice(0, 10);
}

/** Findings that BatchImportFindings takes at a time. */
const BATCH = 100;
/** Characters of a comment on GitHub. */
const COMMENT = 65_536;

const CHECKS: Readonly<Record<string, (text: string) => readonly string[] | Promise<readonly string[]>>> = {
  'json': byJson(reportSchemaErrorsOf),
  'sarif': (text) => [...byJson(sarifErrors)(text), ...githubErrors(text)],
  'cyclonedx': byJson(cyclonedxErrors),
  'cyclonedx-xml': async (text) => listed(await cyclonedxXmlErrors(text, '1.6')),
  'spdx-json': byJson(spdxErrors),
  'spdx3': byJson((document) => spdxErrors(document, '3.0.1')),
  'gitlab': byGitlab(gitlabErrors),
  'gitlab-dependency-scanning': byGitlab((document) => gitlabErrors(document, 'dependency-scanning')),
  'gitlab-sast': byGitlab((document) => gitlabErrors(document, 'sast')),
  'gitlab-secret-detection': byGitlab((document) => gitlabErrors(document, 'secret-detection')),
  'gitlab-codequality': (text) => [
    ...byJson(codeQualityErrors)(text),
    ...repeated(JSON.parse(text).map((each: { fingerprint: string }) => each.fingerprint)),
  ],
  'junit': async (text) => listed(await junitErrors(text)),
  'asff': securityHubAnswers,
  'csv': csvErrors,
  'markdown-pr': (text) => (text.length <= COMMENT ? [] : [`${text.length} characters`]),
};

function listed(error: string | undefined): readonly string[] {
  return error === undefined ? [] : [error];
}

type Errors = readonly { readonly instancePath: string; readonly message?: string }[] | null;

function byJson(errors: (document: unknown) => Errors): (text: string) => readonly string[] {
  return (text) => (errors(JSON.parse(text)) ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Its schema, and ids that are each another. */
function byGitlab(errors: (document: unknown) => Errors): (text: string) => readonly string[] {
  return (text) => {
    const ids = (JSON.parse(text) as { readonly vulnerabilities?: readonly { readonly id: string }[] }).vulnerabilities ?? [];
    return [...byJson(errors)(text), ...repeated(ids.map(({ id }) => id))];
  };
}

/** GitHub docs, "SARIF support for code scanning": limits that its schema does not have. */
function githubErrors(text: string): readonly string[] {
  const { runs } = JSON.parse(text) as {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly properties: { readonly tags: readonly string[] } }[] } };
      readonly results: readonly {
        readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    }[];
  };
  return runs.flatMap(({ tool, results }) => [
    ...(results.length > 25_000 ? [`${results.length} results`] : []),
    ...(tool.driver.rules.length > 25_000 ? [`${tool.driver.rules.length} rules`] : []),
    ...tool.driver.rules.filter(({ properties }) => properties.tags.length > 20).map(() => 'more than 20 tags'),
    ...results.filter(({ locations }) => locations.length === 0 || locations.length > 1000).map(() => 'no or too many locations'),
    ...results
      .flatMap(({ locations }) => locations.map((each) => each.physicalLocation.artifactLocation.uri))
      .filter((uri) => /^([a-z][a-z0-9+.-]*:|\/)/i.test(uri))
      .map((uri) => `not relative: ${uri}`),
    ...repeated(results.map((each) => each.partialFingerprints.primaryLocationLineHash)),
  ]);
}

function securityHubAnswers(text: string): readonly string[] {
  const { Findings } = JSON.parse(text) as { readonly Findings: readonly object[] };
  const batches = Array.from({ length: Math.ceil(Findings.length / BATCH) }, (_, i) => ({
    Findings: Findings.slice(i * BATCH, (i + 1) * BATCH),
  }));
  return [
    ...batches.flatMap((batch, i) =>
      (securityHubErrors(batch) ?? []).map(({ instancePath, message }) => `batch ${i}${instancePath} ${message}`),
    ),
    ...Findings.filter((each) => Buffer.byteLength(JSON.stringify(each)) > 32_768).map((_, i) => `finding ${i} is larger than 32 KB`),
    ...repeated(Findings.map((each) => (each as { readonly Id: string }).Id)),
  ];
}

/** RFC 4180: as many cells in each record, quotes where they must be, CRLF; and no cell that begins a formula. */
function csvErrors(text: string): readonly string[] {
  const records = csvRecords(text);
  if (records === undefined) return ['no CSV'];
  const [head = []] = records;
  return records.flatMap((cells, i) => [
    ...(cells.length === head.length ? [] : [`record ${i} has ${cells.length} cells`]),
    ...cells.filter((cell) => /^\s*[=+\-@]/.test(cell)).map((cell) => `record ${i} has a formula: ${cell.slice(0, 30)}`),
  ]);
}

/** Undefined where it is no CSV by RFC 4180. */
export function csvRecords(text: string): readonly (readonly string[])[] | undefined {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) return undefined;
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') records.push([]);
  }
  return records.slice(0, -1);
}

function repeated(prints: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return prints.filter((print) => seen.has(print) || !seen.add(print)).map((print) => `twice: ${print}`);
}
