import { binaryFormFacts, textForms } from '../../src/secrets/forms/index.ts';
import { SECRET_RULES } from '../../src/secrets/rules/index.ts';
import type { SecretRule } from '../../src/secrets/types.ts';

type Facts = Pick<SecretRule, 'id' | 'service' | 'word' | 'severity' | 'reference'>;

/** docs/secret-rules.md: what secrets are looked for, whose they are, and what a match has to stand. */
export function secretRulesPage(): string {
  const forms: readonly Facts[] = [...textForms, ...Object.values(binaryFormFacts)];
  return `# Secrets that are looked for

<!-- Made by \`npm run docs\`; change src/secrets instead. -->

${SECRET_RULES.length} rules, ${SECRET_RULES.filter(({ check }) => check !== undefined).length} of them with a check of structure or checksum behind the pattern, and ${new Set(forms.map(({ id }) => id)).size} forms of keys, certificates and key
stores that are parsed. How a rule is added: [adding a secret rule](adding-a-secret-rule.md). Each id may be switched off in the settings.

- **checked**: something beyond alphabet and length has to hold: a checksum, a length in bytes, a decoded structure, or that it is
  neither a word nor a known example.
- **its name or place**: the value has no form of its own; it is known by the name that it is given to, or by what stands around it.
- **guess**: known by name and looks only; hashes, UUIDs, identifiers, paths and words are left out, and any other rule goes first.

| service | rule | what | severity | known by | checked | documented |
|---|---|---|---|---|---|---|
${table(SECRET_RULES.map((rule) => [rule, knownBy(rule), rule.check === undefined ? 'no' : 'yes']))}

## Forms that are parsed

| service | form | what | severity | documented |
|---|---|---|---|---|
${table(forms.map((form) => [form]))}
`;
}

function knownBy({ pattern, lookAlikes, files }: SecretRule): string {
  if (lookAlikes === 'all') return 'guess';
  if (files !== undefined) return 'the file';
  return pattern.source.includes('(?<secret>') ? 'its name or place' : 'its form';
}

function table(rows: readonly (readonly [Facts, ...string[]])[]): string {
  return rows
    .toSorted(([a], [b]) => compare(a.service.toLowerCase(), b.service.toLowerCase()) || compare(a.id, b.id))
    .map(([{ id, service, word, severity, reference }, ...more]) => {
      const cells = [service, `\`${id}\``, word.replaceAll('-', ' '), severity, ...more, `[${new URL(reference).host}](${reference})`];
      return `| ${cells.join(' | ')} |`;
    })
    .join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
