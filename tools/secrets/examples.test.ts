import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { re2 } from '../../src/secrets/custom/re2.ts';
import { gitleaksExamples } from './gitleaks-examples.ts';
import { readGoFunctions } from './go-values.ts';
import { noseyParkerExamples } from './noseyparker-examples.ts';
import { sample, seeded } from './sample.ts';

it('reads strings, lists and maps of Go, and says which it cannot read', () => {
  const source = [
    'var shared = []string{"s1", `s2`}',
    '}',
    'func One() *config.Rule {',
    '\tr := config.Rule{RuleID: "one"}',
    '\tx := "a\\x41\\n" + `b"}` // comment',
    '\ttps := append([]string{x, f("q")}, shared...)',
    '\tfps := map[string]string{"p": "v", "q": "w" + "z"}',
    '\tother := g(1)',
    '}',
    '',
  ].join('\n');
  const [one] = readGoFunctions(source.replace('\n}\nfunc', '\nfunc'), { f: (text) => `<${text}>` });
  expect(one?.variables.get('x')).toBe('aA\nb"}');
  expect(one?.variables.get('tps')).toEqual(['aA\nb"}', '<q>']);
  expect([...(one!.variables.get('fps') as Map<string, string>)]).toEqual([
    ['p', 'v'],
    ['q', 'wz'],
  ]);
  expect(one?.variables.has('other')).toBe(false);
});

it('makes samples that their pattern matches, the same in every run', () => {
  for (const pattern of ['[a-z0-9]{20}', 'x(?:ab|cd)+\\d?', '(?i)key-[A-F]{3,}', '\\w{5}\\.\\S{2}']) {
    const made = sample(pattern, seeded(1));
    expect(re2(`^(?:${pattern})$`).test(made), `${pattern}: ${made}`).toBe(true);
    expect(sample(pattern, seeded(1))).toBe(made);
  }
});

it('reads the examples of a checkout', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'plimsoll-judge-'));
  try {
    mkdirSync(join(checkout, 'cmd/generate/config/rules'), { recursive: true });
    mkdirSync(join(checkout, 'cmd/generate/config/utils'));
    writeFileSync(
      join(checkout, 'cmd/generate/config/utils/generate.go'),
      '\tsamples := map[string]string{\n\t\t"a": "{i}={s}",\n\t\t// "b": "no",\n\t\t"c": `{I}: {s}`,\n\t}\n',
    );
    const rule =
      'func A() *config.Rule {\n\tr := config.Rule{\n\t\tRuleID:   "a-rule",\n\t}\n\ttps := utils.GenerateSampleSecrets("me", secrets.NewSecret(utils.Hex("8")))\n\tfps := []string{"no"}\n\treturn utils.Validate(r, tps, fps)\n}\n';
    writeFileSync(join(checkout, 'cmd/generate/config/rules/a.go'), rule);
    writeFileSync(join(checkout, 'cmd/generate/config/rules/b.go'), rule.replace('utils.Hex("8")', 'unknown()'));
    const { examples, unread } = gitleaksExamples(checkout);
    expect(examples.map(({ rule: id, positive }) => `${id} ${positive}`)).toEqual([
      'a-rule true',
      'a-rule true',
      'a-rule false',
      'a-rule false',
    ]);
    expect(examples[0]?.text).toMatch(/^me=[0-9a-f]{8}$/);
    expect(examples[1]?.text).toMatch(/^ME: [0-9a-f]{8}$/);
    expect(unread).toEqual(['b.go A']);
  } finally {
    rmSync(checkout, { recursive: true });
  }
});

it("reads the examples of Nosey Parker's rules, with lists that are empty or not there", () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-noseyparker-'));
  const rules = join(folder, 'crates/noseyparker/data/default/builtin/rules');
  mkdirSync(rules, { recursive: true });
  writeFileSync(
    join(rules, 'shop.yml'),
    "rules:\n- id: np.shop.1\n  name: Shop\n  pattern: x\n  categories: [api, secret]\n  examples: ['shp_1', 'shp_2']\n  negative_examples:\n- id: np.shop.2\n  name: Id\n  pattern: y\n  negative_examples: ['no']\n",
  );
  try {
    expect(noseyParkerExamples(folder)).toEqual([
      { rule: 'np.shop.1 (Shop)', categories: ['api', 'secret'], positive: true, text: 'shp_1' },
      { rule: 'np.shop.1 (Shop)', categories: ['api', 'secret'], positive: true, text: 'shp_2' },
      { rule: 'np.shop.2 (Id)', categories: [], positive: false, text: 'no' },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
