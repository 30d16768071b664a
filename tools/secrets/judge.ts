import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCustomRules } from '../../src/secrets/custom/index.ts';
import { createScanner } from '../../src/secrets/index.ts';
import { SECRET_RULES } from '../../src/secrets/rules/index.ts';
import type { SecretRule } from '../../src/secrets/types.ts';
import { type Example, gitleaksExamples } from './gitleaks-examples.ts';

/**
 * Judges our rules by the examples that gitleaks publishes with its own: `node tools/secrets/judge.ts <checkout of gitleaks> [--list]`. A positive
 * is found where any of our rules finds a secret in it; a negative is silent where none does. Examples of gitleaks that are made by chance have no
 * right checksum: what only fails for that is counted apart, since such a text is no token of that service. A negative is meant for one rule: where
 * another rule of gitleaks finds a secret in it, it is none for all rules together, and is counted apart too. The last line is what gitleaks' own rules
 * come to, read from its configuration and run by our engine. --list shows what differs.
 */
const [checkout, ...options] = process.argv.slice(2);
if (checkout === undefined) throw new Error('usage: node tools/secrets/judge.ts <checkout of gitleaks> [--list]');

const hashKey = Buffer.alloc(32);
const scanner = createScanner({ rules: SECRET_RULES, hashKey, skip: [] });
const unchecked = createScanner({ rules: SECRET_RULES.map(({ check: _, ...rule }): SecretRule => rule), hashKey, skip: [] });
const { examples, unread } = gitleaksExamples(checkout);
const list = options.includes('--list');

const path = join(checkout, 'config/gitleaks.toml');
const peer = readCustomRules(readFileSync(path, 'utf8'), path, () => undefined);
const peers = createScanner({ ...peer, hashKey, skip: [] });

const find = (one: Example, by = scanner) =>
  by.text(one.path ?? 'src/config.txt', one.text).filter(({ ignored }) => ignored?.by !== 'settings');
const positives = examples.filter(({ positive }) => positive);
const negatives = examples.filter(({ positive }) => !positive);
const missed = positives.filter((one) => find(one).length === 0);
const noChecksum = missed.filter((one) => find(one, unchecked).length > 0);
const wrong = negatives.filter((one) => find(one).length > 0);
const others = wrong.filter((one) => find(one, peers).length > 0);

const found = positives.length - missed.length;
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
const judged = positives.length - noChecksum.length;
const rules = new Set(examples.map(({ rule }) => rule));
console.log(
  `gitleaks: ${rules.size} rules, ${positives.length} positive and ${negatives.length} negative examples; ours: ${scanner.rules} rules`,
);
console.log(
  `found: ${found} of ${positives.length}, recall ${percent(found, positives.length)}; without ${noChecksum.length} whose checksum is wrong: ${percent(found, judged)}`,
);
const silent = negatives.length - wrong.length;
console.log(
  `silent: ${silent} of ${negatives.length} (${percent(silent, negatives.length)}), precision ${percent(found, found + wrong.length)}; without ${others.length} in which gitleaks finds a secret too: ${percent(silent, negatives.length - others.length)}`,
);
const whole = [...rules].filter((rule) => positives.some((one) => one.rule === rule && !missed.includes(one)));
console.log(`rules with at least one example found: ${whole.length} of ${rules.size}`);
const [theirs, quiet] = [
  positives.filter((one) => find(one, peers).length > 0).length,
  negatives.filter((one) => find(one, peers).length === 0).length,
];
console.log(
  `gitleaks' own rules in our engine: found ${theirs} (${percent(theirs, positives.length)}), silent ${quiet} (${percent(quiet, negatives.length)})`,
);
if (unread.length > 0) console.log(`examples that could not be read: ${unread.join(', ')}`);

if (list) {
  const byRule = Map.groupBy(
    missed.filter((one) => !noChecksum.includes(one)),
    ({ rule }) => rule,
  );
  for (const [rule, ones] of byRule) {
    const all = positives.filter((one) => one.rule === rule).length;
    console.log(
      `missed ${ones.length} of ${all} ${rule}: ${ones
        .slice(0, 2)
        .map(({ text, path }) => `${path ?? ''}${JSON.stringify(text.slice(0, 160))}`)
        .join(' ')}`,
    );
  }
  for (const one of wrong.filter((each) => !others.includes(each)))
    console.log(
      `wrong ${one.rule}: ${find(one)
        .map(({ rule }) => rule)
        .join(', ')}: ${JSON.stringify(one.text.slice(0, 160))}`,
    );
  for (const [rule, ones] of Map.groupBy(noChecksum, ({ rule }) => rule)) console.log(`checksum ${ones.length} ${rule}`);
}
