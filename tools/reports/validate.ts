import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { compare } from '../../src/app/compare.ts';
import { REPORTERS, type Rendering, type Reporter, type Writer, writeComparison } from '../../src/app/reporters.ts';
import { readStoredReports } from '../../src/app/stored-report.ts';
import { reportErrors } from '../../testing/validate-report.ts';

// Writes kept JSON reports in every format, in both languages, and holds each against the schema or the limits of those who read it:
//   node tools/reports/validate.ts report.json ... [--to other.json]
// With --to, what is written is the comparison of each with the other. Ends with 1 where one is not valid.

const HOW = {
  colour: false,
  filter: { ignoreUnfixed: false },
  securityHub: { accountId: '123456789012', region: 'eu-central-1' },
} as const;

type Write = (reporter: Reporter, out: Writer, how: Rendering) => Promise<void>;

const files = process.argv.slice(2);
const at = files.indexOf('--to');
const [, to] = at < 0 ? [] : files.splice(at, 2);

for (const path of files) {
  const write = to === undefined ? reportOf(path) : await comparisonOf(path, to);
  for (const reporter of REPORTERS) {
    if (reporter.id === 'template') continue;
    if (!(await isValid(reporter, write))) process.exitCode = 1;
  }
}

function reportOf(path: string): Write {
  const stored = readStoredReports(readFileSync(path), path);
  const findings = stored.reports.reduce((sum, { findings: of, secrets, checks }) => {
    return sum + of.length + (secrets?.findings.length ?? 0) + (checks?.findings.length ?? 0);
  }, 0);
  console.log(`${path}: ${stored.reports[0]?.inventory.target.name}, ${findings} findings`);
  const [only] = stored.reports;
  return (reporter, out, how) => (stored.every || !only ? reporter.writePlatforms(stored, out, how) : reporter.write(only, out, how));
}

async function comparisonOf(path: string, other: string): Promise<Write> {
  const compared = await compare(path, other);
  const { added, removed, changed, unchanged } = compared.comparison.findings;
  console.log(`${path} to ${other}: ${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} unchanged`);
  return (reporter, out, how) => writeComparison(reporter, compared, out, how);
}

async function isValid(reporter: Reporter, write: Write): Promise<boolean> {
  const sizes: string[] = [];
  const errors: string[] = [];
  let checked = true;
  for (const language of ['en', 'ko'] as const) {
    const pieces: string[] = [];
    await write(reporter, { write: (text) => void pieces.push(text) }, { ...HOW, language });
    const text = pieces.join('');
    sizes.push(`${language} ${Buffer.byteLength(text)} bytes (${gzipSync(text).length} gzipped)`);
    const found = await reportErrors(reporter.id, text);
    if (found === undefined) checked = false;
    else errors.push(...found);
  }
  console.log(`  ${reporter.id}: ${checked ? (errors.length === 0 ? 'valid' : 'NOT VALID') : 'no schema'}; ${sizes.join(', ')}`);
  for (const error of errors) console.log(`    ${error}`);
  return errors.length === 0;
}
