import { type AssessWords, assessWords } from '../../messages/assess.ts';
import { catalogues } from '../../messages/index.ts';
import type { Report } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import { placeText, suppressedText } from '../assess-view.ts';
import { reasonsText } from '../decision-text.ts';
import { failureText } from '../failure-text.ts';
import { type Issue, issues } from '../issues.ts';
import { platformName } from '../platform-name.ts';
import type { Compared, PlatformReports, Rendering } from '../types.ts';
import { xmlText } from '../xml-text.ts';

/** Places that a failure lists. */
const MOST_PLACES = 20;
/** Characters of one text: Jenkins keeps all of them in memory. */
const MOST_TEXT = 10_000;
/** Characters of what a comparison says beside its cases. */
const MOST_OUT = 100_000;

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly outcome: Outcome;
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

interface Suite {
  readonly name: string;
  readonly timestamp: string;
  readonly cases: readonly Case[];
  readonly properties?: Readonly<Record<string, string | number>>;
  /** What stands beside the cases, in lines. */
  readonly out?: string;
}

/**
 * A comparison: what was added is a failure, what was there already a test that passed, and what is gone stands with the packages in the
 * gate's output.
 */
export async function comparisonDocument({ comparison, report }: Compared, how: Rendering): Promise<string> {
  const [gateSuite, ...suites] = await suitesOf(report, '', how, true);
  const [{ comparisonSheet }, { sheetText }] = await Promise.all([import('../comparison-sheet.ts'), import('../sheet-text.ts')]);
  const { to, packages, findings } = comparison;
  const counts = (of: typeof packages | typeof findings, name: string) =>
    Object.entries(of).map(([change, list]) => [`${name}.${change}`, typeof list === 'number' ? list : list.length] as const);
  const properties = Object.fromEntries([['compared-to', to.spec], ...counts(findings, 'findings'), ...counts(packages, 'packages')]);
  const out = sheetText(comparisonSheet(comparison, how.language), { colour: false });
  return document([...(gateSuite ? [{ ...gateSuite, properties, out }] : []), ...suites]);
}

/** All reports as one document, ending with a newline. */
export async function junitDocument({ reports, failed }: PlatformReports, how: Rendering): Promise<string> {
  const suites: Suite[] = [];
  const several = reports.length + failed.length > 1;
  for (const report of reports) suites.push(...(await suitesOf(report, several ? ` [${platformName(report.inventory.target)}]` : '', how)));
  for (const each of failed) {
    const { platform, digest, error } = each;
    const name = platform ?? digest;
    const message = failureText(each, how);
    suites.push({
      name: `plimsoll [${name}]`,
      timestamp: timestamp(reports[0]?.createdAt ?? ''),
      cases: [{ name, classname: 'plimsoll', outcome: 'error', type: error.code, message }],
    });
  }
  return document(suites);
}

function document(suites: readonly Suite[]): string {
  const cases = suites.flatMap((suite) => suite.cases);
  const head = attributes({ name: 'plimsoll', tests: cases.length, failures: count(cases, 'failure'), errors: count(cases, 'error') });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.map(suiteText).join('')}</testsuites>\n`;
}

/** @param known what is unchanged is there already, and no failure */
async function suitesOf(report: Report, suffix: string, how: Rendering, known = false): Promise<readonly Suite[]> {
  const words = assessWords(how.language);
  const all = await issues(report, how.filter, how.language);
  const time = timestamp(report.createdAt);
  const groups = Map.groupBy(all, suiteName);
  const found = [...groups].map(([name, group]) => ({
    name: `${name}${suffix}`,
    timestamp: time,
    cases: group.map((issue) => caseOf(issue, name, words, known)),
  }));
  const looked: (readonly [Issue['kind'], boolean])[] = [
    ['vulnerability', report.database !== undefined],
    ['secret', report.secrets !== undefined],
    ['misconfiguration', report.checks !== undefined],
    ['imported', report.imported !== undefined],
  ];
  const clean = looked
    .filter(([kind, done]) => done && !all.some((issue) => issue.kind === kind))
    .map(([kind]) => ({
      name: `${kind}${suffix}`,
      timestamp: time,
      cases: [{ name: words('summary.nothing'), classname: kind, outcome: 'passed' as const }],
    }));
  return [gate(report, suffix, how, words), ...found, ...clean];
}

function gate({ decision, createdAt, inventory }: Report, suffix: string, how: Rendering, words: AssessWords): Suite {
  const outcome = ({ allow: 'passed', deny: 'failure', unknown: 'error' } as const)[decision.outcome];
  const message = reasonsText(decision, catalogues(how.language));
  const name = `${words('gate')}: ${inventory.target.name}`;
  return {
    name: `gate${suffix}`,
    timestamp: timestamp(createdAt),
    cases: [{ name, classname: 'gate', outcome, type: decision.outcome, message }],
  };
}

/** Packages a suite each, other kinds one. */
function suiteName({ kind, finding, imported }: Issue): string {
  if (finding) return `${finding.package.name} ${finding.package.version}`;
  return imported ? `${kind} ${imported.tool}` : kind;
}

function caseOf(issue: Issue, classname: string, words: AssessWords, known: boolean): Case {
  const { rule, severity, places, message, remedy, why, references } = issue;
  const shown = places.slice(0, MOST_PLACES).map((place) => placeText(place));
  const where = issue.finding ? '' : ` (${shown[0] ?? ''})`;
  const text = [message, why, remedy, ...shown, ...(places.length > MOST_PLACES ? [`+${places.length - MOST_PLACES}`] : []), ...references];
  const common = { name: `[${words(`severity.${severity}`)}] ${rule}${where}`, classname };
  const reason = suppressedText(issue, words);
  if (reason !== undefined) return { ...common, outcome: 'skipped', message: reason };
  if (known && issue.change === 'unchanged') return { ...common, outcome: 'passed' };
  return { ...common, outcome: 'failure', type: severity, message, text: text.filter(Boolean).map(safeText).join('\n') };
}

function suiteText({ name, timestamp: time, cases, properties, out }: Suite): string {
  const head = attributes({
    name,
    tests: cases.length,
    failures: count(cases, 'failure'),
    errors: count(cases, 'error'),
    skipped: count(cases, 'skipped'),
    timestamp: time,
  });
  const said = Object.entries(properties ?? {}).map(([key, value]) => `      <property${attributes({ name: key, value })}/>\n`);
  const before = properties ? `    <properties>\n${said.join('')}    </properties>\n` : '';
  const after = out === undefined ? '' : `    <system-out>${escaped(out, true, MOST_OUT)}</system-out>\n`;
  return `  <testsuite${head}>\n${before}${cases.map(caseText).join('')}${after}  </testsuite>\n`;
}

function caseText({ name, classname, outcome, type, message, text = '' }: Case): string {
  const head = attributes({ name, classname });
  if (outcome === 'passed') return `    <testcase${head}/>\n`;
  const inner = attributes({ ...(type === undefined ? {} : { type }), ...(message === undefined ? {} : { message }) });
  return `    <testcase${head}><${outcome}${inner}>${escaped(text, true)}</${outcome}></testcase>\n`;
}

function count(cases: readonly Case[], outcome: Outcome): number {
  return cases.filter((each) => each.outcome === outcome).length;
}

function attributes(of: Readonly<Record<string, string | number>>): string {
  return Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** Cut. */
function escaped(text: string, lines = false, most = MOST_TEXT): string {
  return xmlText(text, { lines, most });
}

/** Without fractions and zone, as JUnit's own files have it; UTC. */
function timestamp(time: string): string {
  return time.slice(0, 19);
}
