import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { REPORTERS } from '../../src/app/reporters.ts';
import { readStoredReports } from '../../src/app/stored-report.ts';
import { reportErrors } from '../../testing/validate-report.ts';

// Writes kept JSON reports in every format, in both languages, and holds each against the schema or the limits of those who read it:
//   node tools/reports/validate.ts report.json ...
// Ends with 1 where one is not valid.

const HOW = {
  colour: false,
  filter: { ignoreUnfixed: false },
  securityHub: { accountId: '123456789012', region: 'eu-central-1' },
} as const;

let failed = false;
for (const path of process.argv.slice(2)) {
  const stored = readStoredReports(readFileSync(path), path);
  const findings = stored.reports.reduce((sum, { findings: of, secrets, checks }) => {
    return sum + of.length + (secrets?.findings.length ?? 0) + (checks?.findings.length ?? 0);
  }, 0);
  console.log(`${path}: ${stored.reports[0]?.inventory.target.name}, ${findings} findings`);
  for (const reporter of REPORTERS) {
    if (reporter.id === 'template') continue;
    const sizes: string[] = [];
    const errors: string[] = [];
    let checked = true;
    for (const language of ['en', 'ko'] as const) {
      const pieces: string[] = [];
      const out = { write: (text: string) => void pieces.push(text) };
      const [only] = stored.reports;
      if (stored.every || !only) await reporter.writePlatforms(stored, out, { ...HOW, language });
      else await reporter.write(only, out, { ...HOW, language });
      const text = pieces.join('');
      sizes.push(`${language} ${Buffer.byteLength(text)} bytes (${gzipSync(text).length} gzipped)`);
      const found = await reportErrors(reporter.id, text);
      if (found === undefined) checked = false;
      else errors.push(...found);
    }
    console.log(`  ${reporter.id}: ${checked ? (errors.length === 0 ? 'valid' : 'NOT VALID') : 'no schema'}; ${sizes.join(', ')}`);
    for (const error of errors) console.log(`    ${error}`);
    failed ||= errors.length > 0;
  }
}
process.exitCode = failed ? 1 : 0;
