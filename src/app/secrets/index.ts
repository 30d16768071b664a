import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportWarning, SecretFinding } from '../../model/index.ts';
import { readBaseline } from '../../secrets/baseline.ts';
import { createScanner, type SecretScanner } from '../../secrets/index.ts';
import { SECRETS_KEY_FILE, secretsKey } from '../../secrets/key.ts';
import { SECRET_RULES } from '../../secrets/rules/index.ts';
import { type Machine, userConfigDir } from '../../settings/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { SecretsLooker } from './looker.ts';
import type { SecretsOptions } from './options.ts';
import { skipClasses } from './skip-classes.ts';

/**
 * Makes the rules ready. Loaded by those alone who look for secrets.
 *
 * @throws PlimsollError secrets-key-unusable, secrets-baseline-unusable, secrets-baseline-other-key, secrets-rules-invalid, setting-choice
 */
export async function secretsLooker(options: SecretsOptions, machine: Machine, now: Date): Promise<SecretsLooker> {
  const { where = 'any-layer', baseline, configDir = userConfigDir(machine) } = options;
  const { key, kept } = secretsKey(options.key, configDir);
  const unkept: ReportWarning = { code: 'secrets-key-unkept', params: { path: join(configDir, SECRETS_KEY_FILE) } };
  return new SecretsLooker({
    scanner: options.scanner ?? (await builtIn(options, key)),
    where,
    now,
    suppress: baseline === undefined ? undefined : suppressing(baseline, key),
    warnings: kept ? [] : [unkept],
  });
}

async function builtIn({ skip, rules = [] }: SecretsOptions, hashKey: Bytes): Promise<SecretScanner> {
  if (rules.length > 0) throw new PlimsollError('scanner-later', { scanner: 'rules' });
  return createScanner({ rules: SECRET_RULES, hashKey, ...(skip ? { skip: skipClasses(skip) } : {}) });
}

/** Marks the findings that the baseline knows. */
function suppressing(path: string, key: Bytes): (findings: readonly SecretFinding[]) => SecretFinding[] {
  const known = readBaseline(textOf(path), path, key);
  return (findings) =>
    findings.map((finding) => {
      const entry = finding.suppressed ? undefined : known(finding.id, finding.hash);
      return entry ? { ...finding, suppressed: { by: 'baseline', ...entry } } : finding;
    });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const detail = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new PlimsollError('secrets-baseline-unusable', { path, detail }, { cause, exitCode: EXIT.usage });
  }
}
