import { describe, expect, it } from 'vitest';
import { assessedReport, check, imported, secret } from '../../testing/fixtures/assessed-report.ts';
import { finding, locationOf } from '../../testing/fixtures/report.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import { csvRecords } from '../../testing/validate-report.ts';
import { type Digest, type Report, SEVERITIES, type SeverityLevel, type Suppression } from '../model/index.ts';
import { REPORTERS } from './index.ts';

type Kind = 'package' | 'secret' | 'check' | 'imported';
type Counts = Readonly<Record<SeverityLevel, number>>;

/** How many findings of each kind count: no two columns, and no two rows, are the same. */
const COUNTED: Readonly<Record<SeverityLevel, Readonly<Record<Kind, number>>>> = {
  critical: { package: 1, secret: 2, check: 1, imported: 1 },
  high: { package: 4, secret: 1, check: 2, imported: 3 },
  medium: { package: 3, secret: 1, check: 3, imported: 2 },
  low: { package: 2, secret: 3, check: 1, imported: 0 },
  negligible: { package: 5, secret: 0, check: 2, imported: 1 },
  unknown: { package: 1, secret: 0, check: 0, imported: 2 },
};
/** Of the packages' findings in `everything`, those in libraries; each of them has two places. */
const IN_LIBRARIES: Counts = { critical: 0, high: 2, medium: 1, low: 1, negligible: 2, unknown: 0 };
const KINDS: readonly Kind[] = ['package', 'secret', 'check', 'imported'];

function counted(kinds: readonly Kind[] = KINDS): Counts {
  return countsOf(SEVERITIES.flatMap((level) => kinds.flatMap((kind) => Array<string>(COUNTED[level][kind]).fill(level))));
}

/** How often each severity is said, in any case. */
function countsOf(levels: readonly (string | undefined)[]): Counts {
  const words = levels.map((each) => each?.toLowerCase());
  expect(words.filter((each) => !SEVERITIES.some((level) => level === each))).toEqual([]);
  return Object.fromEntries(SEVERITIES.map((level) => [level, words.filter((each) => each === level).length])) as Counts;
}

/** Also of each kind and severity one that is accepted, and of packages' one that is of no consequence, and a package that nobody assesses. */
function everything(): Report {
  const report = assessedReport();
  const [os, library] = [report.inventory.packages[0]!, report.inventory.packages[2]!];
  let n = 0;
  const print = (): Digest => `sha256:${(++n).toString(16).padStart(8, '0').repeat(8)}`;
  const accepted: Suppression = { by: 'exception', reason: 'known', exception: { file: 'plimsoll.exceptions.yaml', line: 1 } };
  const each = <T>(kind: Kind, make: (severity: SeverityLevel, i: number, more: { suppressed?: Suppression }) => T): T[] =>
    SEVERITIES.flatMap((severity) => [
      ...Array.from({ length: COUNTED[severity][kind] }, (_, i) => make(severity, i, {})),
      make(severity, 99, { suppressed: accepted }),
    ]);
  const ofPackages = each('package', (severity, i, more) => {
    const at = i % 2 === 1 ? library : os;
    const locations =
      i % 2 === 1 ? [locationOf(at, print()), { ...locationOf(at, print()), path: 'srv/copy/package.json' }] : [locationOf(at, print())];
    const kind = severity === 'critical' ? 'malware' : severity === 'high' && i === 0 ? 'end-of-life' : 'vulnerability';
    const undecided = severity === 'unknown' ? { verdict: 'undecided' as const } : {};
    return finding(`CVE-2024-${++n}`, at, { kind, severity, fingerprint: locations[0]!.fingerprint, locations, ...undecided, ...more });
  });
  const ofNoConsequence = SEVERITIES.map((severity) =>
    finding(`CVE-2025-${++n}`, os, { severity, verdict: 'not-applicable', locations: [locationOf(os, print())], fingerprint: print() }),
  );
  const [secrets, checks] = [report.secrets!, report.checks!];
  const where = (path: string) => ({ where: 'file' as const, path, line: ++n });
  return {
    ...report,
    findings: [...ofPackages, ...ofNoConsequence],
    secrets: {
      ...secrets,
      findings: each('secret', (severity, _, more) =>
        secret({ severity, location: where('srv/.env'), hash: print().slice(7), fingerprint: print().slice(7), ...more }),
      ),
    },
    checks: {
      ...checks,
      findings: each('check', (severity, _, more) =>
        check({ severity, location: { file: 'Dockerfile', line: ++n }, fingerprint: print().slice(7), ...more }),
      ),
    },
    imported: {
      sources: [{ file: 'codeql.sarif', tool: 'CodeQL', version: '2.20', findings: 15 }],
      findings: each('imported', (severity, _, more) =>
        imported({ severity, id: `js/rule-${++n}`, location: { file: 'src/a.js', line: n }, fingerprint: `f${n}`, ...more }),
      ),
    },
  };
}

const reporter = (id: string) => REPORTERS.find((each) => each.id === id)!;
const textOf = (id: string, how: Parameters<typeof rendered>[2] = {}) => rendered(reporter(id), everything(), how);
const jsonOf = async (id: string) => JSON.parse(await textOf(id));
type WithSeverity = { readonly severity: string };
const severities = (all: readonly WithSeverity[]) => all.map(({ severity }) => severity);

/** `High 2, Low 1`, as summaries say it. */
function summary(counts: Counts): string {
  const words = SEVERITIES.filter((level) => counts[level] > 0).map(
    (level) => `${level[0]?.toUpperCase()}${level.slice(1)} ${counts[level]}`,
  );
  return words.join(', ');
}
const total = (counts: Counts): number => Object.values(counts).reduce((sum, each) => sum + each, 0);
const TITLES: readonly (readonly [string, Kind])[] = [
  ['Vulnerabilities', 'package'],
  ['Secrets', 'secret'],
  ['Configuration', 'check'],
  ['Other tools', 'imported'],
];

/** The severities in the first column of Markdown tables, but for what does not count. */
const markdownRows = (text: string): string[] =>
  [...text.matchAll(/^\| (Critical|High|Medium|Low|Negligible|Unknown)\b([^|]*)\|/gm)].flatMap(([, level = '', more = '']) =>
    more.includes('not counted') ? [] : [level],
  );

/** What each format counts, by its own words put into ours. */
const BY_FORMAT: Readonly<Record<string, () => Promise<Counts>>> = {
  async 'json'() {
    const { findings, secrets, checks, imported } = await jsonOf('json');
    const all = [...findings, ...secrets.findings, ...checks.findings, ...imported.findings];
    return countsOf(severities(all.filter((each) => each.suppressed === undefined && each.verdict !== 'not-applicable')));
  },
  // A line a place.
  async 'csv'() {
    const [head = [], ...rows] = csvRecords(await textOf('csv')) ?? [];
    const records = rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
    const distinct = new Map(
      records.filter((each) => each.counted === 'yes').map((each) => [each.package ? each.id : `${each.id}:${each.line}`, each]),
    );
    expect(records.filter((each) => each.counted === 'yes').length - distinct.size).toBe(total(IN_LIBRARIES));
    return countsOf([...distinct.values()].map((each) => each.severity));
  },
  async 'sarif'() {
    const { runs } = await jsonOf('sarif');
    return countsOf(
      runs.flatMap(({ results }: { results: { properties: WithSeverity }[] }) => results.map(({ properties }) => properties.severity)),
    );
  },
  async 'asff'() {
    const { Findings } = await jsonOf('asff');
    type AsffOf = { Workflow: { Status: string }; Severity: { Original: string } };
    return countsOf((Findings as AsffOf[]).filter(({ Workflow }) => Workflow.Status === 'NEW').map(({ Severity }) => Severity.Original));
  },
  // The gate is a case too.
  async 'junit'() {
    const text = await textOf('junit');
    const types = [...text.matchAll(/<failure type="([^"]+)"/g)].map(([, type = '']) => type);
    expect(Number(/<testsuites [^>]*failures="(\d+)"/.exec(text)?.[1])).toBe(types.length);
    expect(text.match(/<skipped /g)?.length).toBe(5 * SEVERITIES.length);
    return countsOf(types.filter((each) => each !== 'deny'));
  },
  async 'table'() {
    const text = await textOf('table');
    const found = [...text.matchAll(/ · (\d+) found$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(found).toBe(total(counted()));
    const packages = SEVERITIES.flatMap((level) => [`${level.toUpperCase()} ${COUNTED[level].package}`]).join(', ');
    expect(text).toContain(`Total: ${total(counted(['package']))} (${packages})`);
    return countsOf([...text.matchAll(/^(CRITICAL|HIGH|MEDIUM|LOW|NEGLIGIBLE|UNKNOWN)\b/gm)].map(([, level]) => level));
  },
  async 'markdown'() {
    const text = await textOf('markdown');
    for (const [title, kind] of TITLES) expect(text).toContain(`| ${title} | ${total(counted([kind]))} | ${summary(counted([kind]))} |`);
    return countsOf(markdownRows(text));
  },
  async 'markdown-pr'() {
    const text = await textOf('markdown-pr');
    for (const [title, kind] of TITLES) expect(text).toContain(`| ${title} | ${total(counted([kind]))} | ${summary(counted([kind]))} |`);
    return countsOf(markdownRows(text.slice(text.indexOf('All findings'))));
  },
  async 'html'() {
    const text = await textOf('html');
    for (const [title, kind] of TITLES) {
      const [big, small] = [total(counted([kind])), summary(counted([kind]))];
      expect(text).toContain(`<span>${title}</span><span class="big">${big}</span><span class="small">${small}</span>`);
    }
    const rows = text.matchAll(/<tr[^>]*><td[^>]*><span class="sev (\w+)">[^<]*<\/span>((?:<span class="note">[^<]*<\/span>)*)/g);
    return countsOf([...rows].flatMap(([, level = '', notes = '']) => (notes.includes('not counted') ? [] : [level])));
  },
  async 'template'() {
    const text = '{{#each issues}}{{#if counted}}{{severity}}\n{{/if}}{{/each}}={{#each counts}}{{@key}}:{{this}} {{/each}}';
    const [lines = '', counts = ''] = (await textOf('template', { template: { name: 'a.txt.hbs', text, partials: new Map() } })).split('=');
    expect(Object.fromEntries([...counts.matchAll(/(\w+):(\d+)/g)].map(([, level, count]) => [level, Number(count)]))).toEqual(counted());
    return countsOf(lines.trim().split('\n'));
  },
};

/** GitLab has a report for each of its scans; `Info` is its mildest severity. */
const GITLAB: readonly (readonly [string, Counts])[] = [
  ['gitlab', counted(['package'])],
  // One for each file.
  ['gitlab-dependency-scanning', Object.fromEntries(SEVERITIES.map((level) => [level, 2 * IN_LIBRARIES[level]])) as Counts],
  ['gitlab-secret-detection', counted(['secret'])],
  ['gitlab-sast', counted(['check', 'imported'])],
];

/** These say nothing of what counts, or speak of packages alone, each by its own tool's rules. */
const OTHERS: readonly string[] = [
  ...['trivy', 'snyk', 'clair', 'hadolint'],
  ...['cyclonedx', 'cyclonedx-xml', 'spdx', 'spdx-json', 'spdx3', 'github'],
];

describe('how many findings of each severity count', () => {
  it('is held for every format', () => {
    const held = [...Object.keys(BY_FORMAT), ...GITLAB.map(([id]) => id), 'gitlab-codequality'];
    expect([...held, ...OTHERS].sort()).toEqual(REPORTERS.map(({ id }) => id).sort());
  });

  it.each(Object.entries(BY_FORMAT))('is the same in %s', async (_, counts) => {
    expect(await counts()).toEqual(counted());
  });

  it.each(GITLAB)('is that of its kinds in %s', async (id, expected) => {
    const { vulnerabilities } = await jsonOf(id);
    expect(countsOf(severities(vulnerabilities).map((each) => each.replace('Info', 'Negligible')))).toEqual(expected);
  });

  it('is the same in gitlab-codequality, which has one severity less', async () => {
    const words = severities(await jsonOf('gitlab-codequality'));
    const { critical, high, medium, low, negligible, unknown } = counted();
    expect(Object.fromEntries([...new Set(words)].map((word) => [word, words.filter((each) => each === word).length]))).toEqual({
      blocker: critical,
      critical: high,
      major: medium,
      minor: low,
      info: negligible + unknown,
    });
  });
});
