import { basename } from 'node:path';
import { Document } from 'yaml';
import { parseExceptions } from '../../policy/exceptions/index.ts';
import { type Placed, readYaml } from '../../policy/exceptions/yaml.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { exceptionsText, ownSyntax } from './write-exceptions.ts';

/** Files of other tools that are converted, in the order in which they are looked for. */
export const MIGRATED_FILES = ['.trivyignore', '.trivyignore.yaml', 'trivy.yaml', '.grype.yaml', '.snyk'] as const;

export interface MigratedFile {
  /** As the user named it. */
  readonly name: string;
  readonly text: string;
}

export interface Migration {
  /** Of plimsoll.exceptions.yaml. */
  readonly exceptions: readonly Readonly<Record<string, unknown>>[];
  /** Of plimsoll.yaml, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What could not be carried over. */
  readonly left: readonly { readonly file: string; readonly line: number; readonly what: string }[];
}

/**
 * What other tools' files of ignored findings and settings say, in our own syntax. `reasonOf` words the reason of a rule that has none. Pure.
 *
 * @throws PlimsollError exceptions-foreign, and what reading the files throws
 */
export function migrate(files: readonly MigratedFile[], now: Date, reasonOf: (file: string, line: number) => string): Migration {
  const exceptions: Readonly<Record<string, unknown>>[] = [];
  const settings: Record<string, unknown> = {};
  const left: Migration['left'][number][] = [];
  for (const { name, text } of files) {
    const kind = kindOf(name);
    if (kind !== 'trivy.yaml') {
      const parsed = parseExceptions(name, text, { now });
      for (const { line, what } of parsed.left) left.push({ file: name, line, what });
      for (const rule of parsed.rules) {
        const own = ownSyntax(rule, reasonOf(name, rule.line));
        if (own) exceptions.push(own);
        else left.push({ file: name, line: rule.line, what: rule.packageExpressions?.[0]?.source ?? '' });
      }
    }
    const carried = kind === 'trivy.yaml' ? TRIVY : kind === 'grype' ? GRYPE : undefined;
    if (carried) left.push(...carry(name, text, carried, settings));
  }
  return { exceptions, settings, left };
}

/** Both files as texts; undefined where nothing is in them. */
export function migratedTexts({ exceptions, settings }: Migration): { readonly exceptions?: string; readonly settings?: string } {
  const nested = new Document({});
  for (const [key, value] of Object.entries(settings)) nested.setIn(key.split('.'), value);
  return {
    ...(exceptions.length > 0 ? { exceptions: exceptionsText(exceptions) } : {}),
    ...(Object.keys(settings).length > 0 ? { settings: nested.toString({ lineWidth: 0 }) } : {}),
  };
}

function kindOf(name: string): 'ignore' | 'trivy.yaml' | 'grype' {
  const file = basename(name).toLowerCase();
  if (/trivyignore(\.ya?ml)?$|\.snyk$/.test(file)) return 'ignore';
  if (/trivy\.ya?ml$/.test(file)) return 'trivy.yaml';
  if (/grype\.ya?ml$/.test(file)) return 'grype';
  throw new PlimsollError('exceptions-foreign', { path: name }, { exitCode: EXIT.usage });
}

/** How a key of another tool is said here: our settings, or undefined where a value has no counterpart; `null`: it is converted elsewhere. */
type Carried = Readonly<Record<string, ((value: readonly string[]) => Readonly<Record<string, unknown>> | undefined) | null>>;

const lower = (values: readonly string[]): string[] => values.flatMap((each) => each.split(',')).map((each) => each.trim().toLowerCase());
const known = (values: readonly string[], all: readonly string[]): string[] | undefined => {
  const words = lower(values);
  return words.length > 0 && words.every((each) => all.includes(each)) ? words : undefined;
};
const LEVELS = ['critical', 'high', 'medium', 'low', 'unknown'];
const isTrue = ([value]: readonly string[]): boolean => value?.toLowerCase() === 'true';
const list =
  (key: string, all: readonly string[], rename: Readonly<Record<string, string>> = {}) =>
  (values: readonly string[]) => {
    const words = known(values, all);
    return words && { [key]: words.map((each) => rename[each] ?? each) };
  };

/** Source: Trivy, "Config file"; pkg/flag. A gate of Trivy is its exit code together with the severities that it shows. */
const TRIVY: Carried = {
  'severity': list('scan.severity', LEVELS),
  // That of the default name is converted itself.
  'ignorefile': ([file]) => (file === '.trivyignore' ? {} : undefined),
  'exit-code': ([code]) => (code === '0' ? {} : { 'scan.fail-on': GATE_OF_SHOWN }),
  'vulnerability.ignore-unfixed': (values) => ({ 'scan.ignore-unfixed': isTrue(values) }),
  'vulnerability.type': list('scan.type', ['os', 'library']),
  'pkg.types': list('scan.type', ['os', 'library']),
  'scan.scanners': list('scan.scanners', ['vuln', 'secret', 'misconfig', 'config'], { misconfig: 'config' }),
  'scan.security-checks': list('scan.scanners', ['vuln', 'secret', 'misconfig', 'config'], { misconfig: 'config' }),
  'image.platform': ([platform]) => ({ 'scan.platform': platform }),
  'db.skip-update': (values) => (isTrue(values) ? { 'database.update': 'never' } : {}),
  'scan.offline': (values) => ({ offline: isTrue(values) }),
  'format': ([format]) =>
    format === 'table' || format === 'sarif' || format === 'cyclonedx'
      ? { 'scan.format': format }
      : format === 'json'
        ? { 'scan.format': 'trivy' }
        : undefined,
  'output': ([file]) => ({ 'scan.output': file }),
  'quiet': (values) => ({ quiet: isTrue(values) }),
};

/** Source: Grype, cmd/grype/cli/options/grype.go. */
const GRYPE: Carried = {
  'ignore': null,
  'fail-on-severity': list('scan.fail-on', ['critical', 'high', 'medium', 'low', 'negligible']),
  'only-fixed': (values) => ({ 'scan.ignore-unfixed': isTrue(values) }),
  'platform': ([platform]) => ({ 'scan.platform': platform }),
  'db.auto-update': (values) => (isTrue(values) ? {} : { 'database.update': 'never' }),
  'quiet': (values) => ({ quiet: isTrue(values) }),
};

const GATE_OF_SHOWN = Symbol('the mildest severity that is shown');

function carry(file: string, text: string, carried: Carried, settings: Record<string, unknown>): Migration['left'][number][] {
  const left: Migration['left'][number][] = [];
  for (const { key, at } of leaves(readYaml(file, text), '')) {
    const rule = Object.hasOwn(carried, key) ? carried[key] : undefined;
    if (rule === null) continue;
    const values = at.items ? at.items.map((each) => each.text ?? '') : [at.text ?? ''];
    const good = values.filter((each) => each !== '' && rule?.([each]) !== undefined);
    const bad = values.filter((each) => !good.includes(each));
    if (good.length > 0) Object.assign(settings, rule?.(good));
    if (bad.length > 0) left.push({ file, line: at.line, what: good.length > 0 ? `${key}: ${bad.join(', ')}` : key });
  }
  if (settings['scan.fail-on'] === GATE_OF_SHOWN) {
    const shown = (settings['scan.severity'] as readonly string[] | undefined)?.filter((each) => each !== 'unknown') ?? ['negligible'];
    settings['scan.fail-on'] = LEVELS.findLast((level) => shown.includes(level)) ?? 'negligible';
  }
  const failOn = settings['scan.fail-on'];
  if (Array.isArray(failOn)) settings['scan.fail-on'] = failOn[0];
  return left;
}

/** Every key with a scalar or a list, its groups in front; `ignore` of Grype as one. */
function* leaves(node: Placed, prefix: string): Generator<{ readonly key: string; readonly at: Placed }> {
  for (const [word, at] of node.fields ?? []) {
    const key = prefix === '' ? word : `${prefix}.${word}`;
    if (at.fields) yield* leaves(at, key);
    else if (at.text !== undefined || at.items) yield { key, at };
  }
}
