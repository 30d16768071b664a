import { readGitleaksRules } from './gitleaks.ts';
import type { CustomRules } from './types.ts';
import { readYamlRules } from './yaml.ts';

/** Reads a user's file of rules: gitleaks' where its name ends with `.toml`, else our own in YAML. Errors as of both. */
export function readCustomRules(text: string, path: string, read: (path: string) => string | undefined): CustomRules {
  return /\.toml$/i.test(path) ? readGitleaksRules(text, path, read) : readYamlRules(text, path);
}
