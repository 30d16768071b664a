import { createScanner } from '../../src/secrets/index.ts';
import { SECRET_RULES } from '../../src/secrets/rules/index.ts';
import type { SecretRule } from '../../src/secrets/types.ts';
import { noseyParkerExamples, type PeerExample } from './noseyparker-examples.ts';

/**
 * Judges our rules by the examples that Nosey Parker publishes with its own: `node tools/secrets/judge-noseyparker.ts <checkout> [--list]`. A positive is
 * found where any of our rules finds a secret in it. Rules that do not call what they find a secret (identifiers, account names) are counted apart:
 * silence is right there. A negative is meant for one rule, and may hold another secret all the same: --list shows what differs.
 */
const [checkout, ...options] = process.argv.slice(2);
if (checkout === undefined) throw new Error('usage: node tools/secrets/judge-noseyparker.ts <checkout of noseyparker> [--list]');

const hashKey = Buffer.alloc(32);
const scanner = createScanner({ rules: SECRET_RULES, hashKey, skip: [] });
/** Ours without what they doubt: a text that only these find has the form of a secret, and is a placeholder or has a wrong checksum. */
const credulous = SECRET_RULES.map(({ check: _, minEntropy: __, ...rule }): SecretRule => ({ ...rule, lookAlikes: 'none' }));
const unchecked = createScanner({ rules: credulous, hashKey, skip: [] });
const examples = noseyParkerExamples(checkout);
/** Rules for certain files look at what the file is called, which examples do not say. */
const NAMES = ['src/config.txt', '.env', '.netrc', '.pgpass', '.htpasswd', '.npmrc', '.docker/config.json', '.kube/config', 'etc/shadow'];

const find = (one: PeerExample, by = scanner) => NAMES.slice(0, 2).flatMap((name) => by.text(name, one.text));
const anywhere = (one: PeerExample) => NAMES.flatMap((name) => scanner.text(name, one.text));
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

const secrets = examples.filter(({ categories }) => categories.includes('secret'));
const positives = secrets.filter(({ positive }) => positive);
const negatives = examples.filter(({ positive }) => !positive);
const identifiers = examples.filter(({ positive, categories }) => positive && !categories.includes('secret'));
const missed = positives.filter((one) => anywhere(one).length === 0);
const doubted = missed.filter((one) => find(one, unchecked).length > 0);
const wrong = negatives.filter((one) => find(one).length > 0);
const found = positives.length - missed.length;
const silent = negatives.length - wrong.length;

console.log(
  `Nosey Parker: ${new Set(examples.map(({ rule }) => rule)).size} rules, ${positives.length} positive examples of secrets, ${identifiers.length} of identifiers, ${negatives.length} negative; ours: ${scanner.rules} rules`,
);
console.log(
  `found: ${found} of ${positives.length}, recall ${percent(found, positives.length)}; without ${doubted.length} that have its form and are doubted (placeholders, wrong checksums): ${percent(found, positives.length - doubted.length)}`,
);
console.log(
  `silent: ${silent} of ${negatives.length} (${percent(silent, negatives.length)}), precision ${percent(found, found + wrong.length)}`,
);
console.log(`identifiers that are reported: ${identifiers.filter((one) => find(one).length > 0).length} of ${identifiers.length}`);
const rules = new Set(positives.map(({ rule }) => rule));
const whole = [...rules].filter((rule) => positives.some((one) => one.rule === rule && !missed.includes(one)));
console.log(`rules with at least one example found: ${whole.length} of ${rules.size}`);

if (options.includes('--list')) {
  for (const one of missed) {
    const why = doubted.includes(one) ? 'doubted' : 'missed';
    console.log(`${why} ${one.rule}: ${JSON.stringify(one.text.slice(0, 220))}`);
  }
  for (const one of wrong) {
    const by = [...new Set(find(one).map(({ rule }) => rule))].join(', ');
    console.log(`wrong ${one.rule}: ${by}: ${JSON.stringify(one.text.slice(0, 220))}`);
  }
}
