import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReportWarning, SecretFinding } from '../../model/index.ts';
import { readBaseline } from '../../secrets/baseline.ts';
import type { ScannerOptions } from '../../secrets/index.ts';
import { keyId, SECRETS_KEY_FILE, secretsKey } from '../../secrets/key.ts';
import type { SecretScanner } from '../../secrets/types.ts';
import { type Machine, userConfigDir } from '../../settings/index.ts';
import type { Bytes } from '../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { sourcesAreKnown } from '../inventory/packages-version.ts';
import type { Liveness, VerifyOptions } from './liveness.ts';
import { SecretsLooker } from './looker.ts';
import type { SecretsOptions } from './options.ts';
import { skipClasses } from './skip-classes.ts';

/**
 * Knows how to look for secrets. Rules are made ready when something has to be read, but for those of files, which may be wrong.
 *
 * @throws PlimsollError secrets-key-unusable, secrets-baseline-unusable, secrets-baseline-other-key, secrets-rules-invalid, setting-choice,
 * secrets-verify-endpoint
 */
export async function secretsLooker(
  options: SecretsOptions,
  machine: Machine,
  now: Date,
  verifying?: Pick<VerifyOptions, 'http' | 'signal'>,
): Promise<SecretsLooker> {
  const { where = 'any-layer', baseline, configDir = userConfigDir(machine), rules: files = [] } = options;
  const { key, kept } = secretsKey(options.key, configDir);
  const unkept: ReportWarning = { code: 'secrets-key-unkept', params: { path: join(configDir, SECRETS_KEY_FILE) } };
  const skip: Pick<ScannerOptions, 'skip'> = options.skip ? { skip: skipClasses(options.skip) } : {};
  const { warnings, ...own } = files.length > 0 ? await rulesOf(files) : { warnings: [] };
  const liveness = verifying && (await livenessOf({ ...verifying, now, endpoints: options.verifyEndpoints }));
  const held = liveness ? { onSecret: liveness.hold } : {};
  const scanner = remembered(async () => options.scanner ?? (await builtIn({ ...own, ...skip, ...held, hashKey: key })));
  const plain = options.scanner === undefined && files.length === 0 && sourcesAreKnown();
  return new SecretsLooker({
    scanner,
    // Saying what four hundred patterns are takes as long as all else of a scan of known layers.
    version: plain ? [keyId(key), ...(skip.skip ?? [])].join(' ') : (await scanner()).version,
    where,
    now,
    suppress: baseline === undefined ? undefined : suppressing(baseline, key),
    warnings: [...(kept ? [] : [unkept]), ...warnings],
    liveness,
  });
}

async function livenessOf(options: VerifyOptions): Promise<Liveness> {
  const { Liveness } = await import('./liveness.ts');
  return new Liveness(options);
}

function remembered<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** With all rules that ship, unless others are given. */
async function builtIn(options: Omit<ScannerOptions, 'rules'> & Partial<Pick<ScannerOptions, 'rules'>>): Promise<SecretScanner> {
  const { createScanner } = await import('../../secrets/index.ts');
  return createScanner({ ...options, rules: options.rules ?? (await shipped()) });
}

async function shipped() {
  return (await import('../../secrets/rules/index.ts')).SECRET_RULES;
}

/** Rules that look, and what is to be said of those that a file of the user's has and that mean nothing here. */
interface Rules extends Pick<ScannerOptions, 'rules' | 'allow' | 'disable'> {
  readonly warnings: readonly ReportWarning[];
}

/** The built-in rules, unless a file says that its own are all there are, and the rules of the files. */
async function rulesOf(files: readonly string[]): Promise<Rules> {
  const { readCustomRules } = await import('../../secrets/custom/index.ts');
  const read = files.map((path) => ({
    path,
    ...readCustomRules(rulesText(path), path, (other) => tryText(resolve(dirname(path), other))),
  }));
  const own = read.flatMap(({ rules }) => rules);
  const names = new Set(own.map(({ id }) => id));
  const built = read.every((one) => one.builtIn) ? (await shipped()).filter(({ id }) => !names.has(id)) : [];
  return {
    rules: [...built, ...own],
    allow: read.flatMap(({ allow }) => allow),
    disable: read.flatMap(({ disable }) => disable),
    warnings: read.flatMap(({ path, ignored }) => (ignored.length === 0 ? [] : [ignoredRules(path, ignored)])),
  };
}

/** Rules that are named in a warning. */
const MAX_NAMED = 5;

function ignoredRules(file: string, ignored: readonly { readonly rule: string; readonly reason: string }[]): ReportWarning {
  const named = ignored.slice(0, MAX_NAMED).map(({ rule, reason }) => `${rule} (${reason})`);
  const rules = [...named, ...(ignored.length > MAX_NAMED ? ['...'] : [])].join(', ');
  return { code: 'secrets-rules-ignored', params: { file, count: ignored.length, rules } };
}

function rulesText(path: string): string {
  const text = tryText(path);
  if (text === undefined)
    throw new PlimsollError('secrets-rules-invalid', { where: path, detail: 'it cannot be read' }, { exitCode: EXIT.usage });
  return text;
}

function tryText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
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
