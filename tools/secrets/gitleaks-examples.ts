import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GoValue, readGoFunctions } from './go-values.ts';
import { sample, seeded } from './sample.ts';

/** One published example: a text that a rule of gitleaks has to find a secret in, or none. */
export interface Example {
  readonly rule: string;
  readonly positive: boolean;
  readonly text: string;
  /** Of the file that it is in, where that counts. */
  readonly path?: string;
}

export interface Examples {
  readonly examples: readonly Example[];
  /** Functions whose examples could not be read. */
  readonly unread: readonly string[];
}

/**
 * The examples in the sources of gitleaks' rules (cmd/generate/config/rules), read from its Go. Those that gitleaks makes by chance from a pattern
 * are made by chance here too, always the same ones; the forms that it writes a secret in are read from its generate.go.
 */
export function gitleaksExamples(checkout: string): Examples {
  const folder = join(checkout, 'cmd/generate/config');
  const forms = sampleForms(readFileSync(join(folder, 'utils/generate.go'), 'utf8'));
  const random = seeded(6);
  const plausible = (pattern: string): string => {
    for (;;) {
      const made = sample(pattern, random);
      if (/[1-9]/.test(made)) return made;
    }
  };
  const known = {
    'utils.Numeric': (size: GoValue) => `[0-9]{${size}}`,
    'utils.Hex': (size: GoValue) => `[a-f0-9]{${size}}`,
    'utils.AlphaNumeric': (size: GoValue) => `[a-z0-9]{${size}}`,
    'utils.AlphaNumericExtendedShort': (size: GoValue) => `[a-z0-9_-]{${size}}`,
    'utils.AlphaNumericExtended': (size: GoValue) => `[a-z0-9=_\\-]{${size}}`,
    'utils.AlphaNumericExtendedLong': (size: GoValue) => `[a-z0-9\\/=_\\+\\-]{${size}}`,
    'utils.Hex8_4_4_4_12': () => '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    'utils.GenerateSampleSecret': (name: GoValue, secret: GoValue) => `${name}_api_token = "${secret}"`,
    'utils.GenerateSampleSecrets': (name: GoValue, secret: GoValue) => fillForms(forms, String(name), String(secret)),
    'secrets.NewSecret': (pattern: GoValue) => sample(String(pattern), random),
    'newPlausibleSecret': (pattern: GoValue) => plausible(String(pattern)),
    'fmt.Sprintf': (format: GoValue, ...values: readonly GoValue[]) => {
      const rest = [...values];
      return String(format).replace(/%[sdv%]/g, (verb) => (verb === '%%' ? '%' : String(rest.shift())));
    },
    'base64.StdEncoding.EncodeToString': (text: GoValue) => Buffer.from(String(text)).toString('base64'),
  } as const;
  const examples: Example[] = [];
  const unread: string[] = [];
  for (const name of readdirSync(join(folder, 'rules')).sort()) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    for (const { name: called, text, variables } of readGoFunctions(readFileSync(join(folder, 'rules', name), 'utf8'), known)) {
      const rule = /RuleID:\s+"([^"]+)"/.exec(text)?.[1];
      // Some rules have no examples yet.
      if (rule === undefined || !/\btps\b/.test(text)) continue;
      const [positives, negatives] = [variables.get('tps'), variables.get('fps')];
      if (positives === undefined || variables.has('tps unread') || variables.has('fps unread')) unread.push(`${name} ${called}`);
      examples.push(...listed(rule, true, positives), ...listed(rule, false, negatives));
    }
  }
  return { examples, unread };
}

function listed(rule: string, positive: boolean, value: GoValue | undefined): Example[] {
  if (value === undefined || typeof value === 'string') return [];
  if (value instanceof Map) return [...value].map(([path, text]) => ({ rule, positive, text: String(text), path: String(path) }));
  return (value as readonly GoValue[]).map((text) => ({ rule, positive, text: String(text) }));
}

/** The values of the map of forms: strings with `{i}`, `{I}` and `{s}`; those in comments are not used there either. */
function sampleForms(source: string): readonly string[] {
  const body = /samples := map\[string\]string\{([\s\S]*?)\n\t\}\n/.exec(source)?.[1] ?? '';
  const [made] = readGoFunctions(`func f() {\n samples := map[string]string{${body}\n }\n}\n`, {});
  const map = made?.variables.get('samples');
  if (!(map instanceof Map)) throw new Error('generate.go has no map of forms');
  return [...map.values()].map(String);
}

function fillForms(forms: readonly string[], name: string, secret: string): readonly string[] {
  return forms.map((form) => form.replace(/\{[iIs]\}/g, (mark) => (mark === '{s}' ? secret : mark === '{I}' ? name.toUpperCase() : name)));
}
