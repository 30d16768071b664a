/**
 * Holds our rules against the examples in hadolint's own tests: `judge-hadolint.ts <checkout of hadolint>`. Prints how many of what it
 * catches we catch, and how often we speak where it is silent, by rule, and every disagreement. Nothing of it is kept here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDockerfile } from '../../src/checks/dockerfile/parser/parse.ts';
import { foreignPragmas } from '../../src/checks/dockerfile/pragmas.ts';
import { RULES } from '../../src/checks/dockerfile/rules/index.ts';
import { NO_SETTINGS } from '../../src/checks/dockerfile/settings.ts';
import { openRun } from '../../src/checks/run-rules.ts';
import { EXCEPTION_IDS, LICENSE_IDS } from '../../src/licenses/spdx-ids.ts';
import { type Example, readSpec } from './hadolint-specs.ts';

const checkout = process.argv[2];
if (!checkout) throw new Error('usage: judge-hadolint.ts <checkout of hadolint>');

const folder = join(checkout, 'test/Hadolint/Rule');
const examples = readdirSync(folder)
  .filter((name) => /^DL\d+Spec\.hs$/.test(name))
  .sort()
  .flatMap((name) => readSpec(name, readFileSync(join(folder, name), 'utf8')));

interface Count {
  caught: number;
  missed: number;
  silent: number;
  loud: number;
}

const counts = new Map<string, Count>();
const disagreements: string[] = [];
for (const example of examples) {
  const count = counts.get(example.code) ?? { caught: 0, missed: 0, silent: 0, loud: 0 };
  counts.set(example.code, count);
  const found = judge(example);
  if (example.caught) found ? count.caught++ : count.missed++;
  else found ? count.loud++ : count.silent++;
  if (found !== example.caught) {
    disagreements.push(
      `${example.code} ${example.caught ? 'missed' : 'loud'} ${example.onbuild ? 'onbuild ' : ''}${example.at}\n    ${wrapped(example).trimEnd().replaceAll('\n', '\n    ')}`,
    );
  }
}

function wrapped({ dockerfile, onbuild }: Example): string {
  return onbuild ? dockerfile.replace(/^RUN\b/gm, 'ONBUILD RUN') : dockerfile;
}

function judge(example: Example): boolean {
  const source = { path: 'Dockerfile', text: `${wrapped(example)}\n` };
  const context = { isLicense: (text: string) => LICENSE_IDS.has(text.toLowerCase()) || EXCEPTION_IDS.has(text.toLowerCase()) };
  const document = parseDockerfile(source, context, { ...NO_SETTINGS, ...example.settings });
  const run = openRun(source, {
    domain: 'dockerfile',
    context,
    enabled: new Set(RULES.map((rule) => rule.id)),
    pragmas: foreignPragmas(document),
  });
  run.run(document, RULES);
  return run.findings().some((finding) => finding.aliases.includes(example.code) && !finding.suppressed);
}

let total: Count = { caught: 0, missed: 0, silent: 0, loud: 0 };
console.log('rule     caught  missed  silent  loud');
for (const [code, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${code.padEnd(8)} ${[count.caught, count.missed, count.silent, count.loud].map((n) => String(n).padStart(6)).join('  ')}`);
  total = {
    caught: total.caught + count.caught,
    missed: total.missed + count.missed,
    silent: total.silent + count.silent,
    loud: total.loud + count.loud,
  };
}
const positive = total.caught + total.missed;
const all = positive + total.silent + total.loud;
console.log(`\n${disagreements.join('\n')}\n`);
console.log(
  `examples ${all} of ${counts.size} rules: recall ${percent(total.caught, positive)} (${total.caught} of ${positive}), silent where it is ${percent(total.silent, all - positive)} (${total.silent} of ${all - positive}), agreement ${percent(total.caught + total.silent, all)}`,
);

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
