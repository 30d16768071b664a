import { join } from 'node:path';
import type { SecretFinding } from '../../model/index.ts';
import { writeBaseline } from '../../secrets/baseline.ts';
import { SECRETS_KEY_FILE, secretsKey } from '../../secrets/key.ts';
import { PlimsollError } from '../../util/errors.ts';

/**
 * A baseline that knows these findings, but for those that a comment or a setting suppresses anyway; reasons of an earlier baseline are
 * kept. Throws secrets-key-unusable where the key of the hashes does not outlast this run.
 */
export function baselineOf(
  findings: readonly SecretFinding[],
  { key: given, configDir }: { readonly key?: string | undefined; readonly configDir: string },
): { readonly text: string; readonly count: number } {
  const { key, kept } = secretsKey(given, configDir);
  if (!kept) throw new PlimsollError('secrets-key-unusable', { where: join(configDir, SECRETS_KEY_FILE), detail: 'it cannot be kept' });
  const known = findings.filter(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline');
  const entries = known.map(({ hash, id, location: { path, line }, suppressed }) => ({
    hash,
    rule: id,
    path,
    ...(line === undefined ? {} : { line }),
    ...(suppressed?.reason === undefined ? {} : { reason: suppressed.reason }),
  }));
  return { text: writeBaseline(entries, key), count: entries.length };
}
