import { createScanner } from '../../src/secrets/index.ts';
import { SECRET_RULES } from '../../src/secrets/rules/index.ts';
import type { SecretRule } from '../../src/secrets/types.ts';
import { type Example, gitleaksExamples } from './gitleaks-examples.ts';

/**
 * Judges our rules by the examples that gitleaks publishes with its own: `node tools/secrets/judge.ts <checkout of gitleaks> [--list]`. A positive
 * is found where any of our rules finds a secret in it; a negative is silent where none does. Examples of gitleaks that are made by chance have no
 * right checksum: what only fails for that is counted apart, since such a text is no token of that service. --list shows what differs.
 */
const [checkout, ...options] = process.argv.slice(2);
if (checkout === undefined) throw new Error('usage: node tools/secrets/judge.ts <checkout of gitleaks> [--list]');

const hashKey = Buffer.alloc(32);
const scanner = createScanner({ rules: SECRET_RULES, hashKey, skip: [] });
const unchecked = createScanner({ rules: SECRET_RULES.map(({ check: _, ...rule }): SecretRule => rule), hashKey, skip: [] });
const { examples, unread } = gitleaksExamples(checkout);
const list = options.includes('--list');

const find = (one: Example, by = scanner) =>
  by.text(one.path ?? 'src/config.txt', one.text).filter(({ ignored }) => ignored?.by !== 'settings');
const positives = examples.filter(({ positive }) => positive);
const negatives = examples.filter(({ positive }) => !positive);
const missed = positives.filter((one) => find(one).length === 0);
const noChecksum = missed.filter((one) => find(one, unchecked).length > 0);
const wrong = negatives.filter((one) => find(one).length > 0);

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
console.log(
  `silent: ${negatives.length - wrong.length} of ${negatives.length} (${percent(negatives.length - wrong.length, negatives.length)}); precision ${percent(found, found + wrong.length)}`,
);
const whole = [...rules].filter((rule) => positives.some((one) => one.rule === rule && !missed.includes(one)));
console.log(`rules with at least one example found: ${whole.length} of ${rules.size}`);
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
  for (const one of wrong)
    console.log(
      `wrong ${one.rule}: ${find(one)
        .map(({ rule }) => rule)
        .join(', ')}: ${JSON.stringify(one.text.slice(0, 160))}`,
    );
  for (const [rule, ones] of Map.groupBy(noChecksum, ({ rule }) => rule)) console.log(`checksum ${ones.length} ${rule}`);
}
