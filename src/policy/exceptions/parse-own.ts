import { type FixState, type PackageType, SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { parsePurl } from '../../util/purl.ts';
import { checkedDate } from './expiry.ts';
import { isGlob } from './glob.ts';
import { EXCEPTION_KINDS, type ExceptionKind, type ExceptionRule, type LayerCondition } from './types.ts';
import { parseVersionRange } from './version-range.ts';
import { mappingsOf, type Placed, readYaml, textOf, textsOf, wrongValue } from './yaml.ts';

/** Keys of one exception, in the order in which docs and the schema have them. */
export const EXCEPTION_KEYS = [
  'id',
  'package',
  'source',
  'type',
  'version',
  'path',
  'resource',
  'layer',
  'fix-state',
  'max-severity',
  'kind',
  'image',
  'reason',
  'owner',
  'approver',
  'ticket',
  'expires',
] as const;

/** `none`: no fix by any of the vendor's words. */
export const FIX_STATES = ['fixed', 'affected', 'will-not-fix', 'fix-deferred', 'end-of-life', 'under-investigation', 'none'] as const;
const NO_FIX = FIX_STATES.filter((state): state is Exclude<FixState, 'fixed'> => state !== 'fixed' && state !== 'none');

const TOP_KEYS = ['version', 'exceptions'];
const MAX_RULES = 10_000;

/** What says which findings are meant; an exception without any of it would be one for everything. */
export const SELECTORS = ['id', 'package', 'source', 'path', 'resource', 'layer', 'fix-state', 'max-severity'] as const;

/**
 * The rules of a plimsoll.exceptions.yaml; schema/exceptions.json is its schema. Pure. Throws exceptions-syntax, exceptions-value,
 * exceptions-unknown-key, exceptions-missing and exceptions-empty with file, line and column.
 */
export function parseOwn(file: string, text: string): readonly ExceptionRule[] {
  const root = readYaml(file, text);
  if (root.text === undefined && !root.items && !root.fields) return [];
  if (!root.fields) throw wrongValue('exceptions', root, '{version: 1, exceptions: [...]}');
  knownKeys(root.fields, TOP_KEYS);
  const version = root.fields.get('version');
  if (version && version.text !== '1') throw wrongValue('version', version, '1');
  const rules = mappingsOf(root.fields, 'exceptions');
  if (rules.length > MAX_RULES) throw wrongValue('exceptions', root, `<= ${MAX_RULES}`);
  return rules.map((each) => rule(file, each));
}

function rule(file: string, { fields, line, where }: Placed & Required<Pick<Placed, 'fields'>>): ExceptionRule {
  knownKeys(fields, EXCEPTION_KEYS);
  if (!SELECTORS.some((key) => textsOf(fields, key))) throw usage('exceptions-empty', { where, keys: SELECTORS.join(', ') });
  const reason = textOf(fields, 'reason');
  if (reason === undefined) throw usage('exceptions-missing', { where, key: 'reason' });
  const texts = (key: string) => textsOf(fields, key)?.map((each) => each.text as string);
  const globs = (key: string) => textsOf(fields, key)?.map((each) => glob(key, each));
  const versions = textOf(fields, 'version');
  const expires = textOf(fields, 'expires');
  const severity = textOf(fields, 'max-severity');
  return stripped({
    file,
    line,
    ids: texts('id'),
    packages: textsOf(fields, 'package')?.map(packageGlob),
    sources: globs('source'),
    types: texts('type')?.map((type) => type.toLowerCase() as PackageType),
    versions: versions && (parseVersionRange(versions.text as string) ?? refuse('version', versions, '>=1.2 <2 || =2.4')),
    paths: globs('path')?.map((path) => path.replace(/^\/+/, '')),
    resources: globs('resource'),
    layers: textsOf(fields, 'layer')?.map(layer),
    fixStates: textsOf(fields, 'fix-state')?.flatMap((each) => {
      const state = choice('fix-state', each, FIX_STATES);
      return state === 'none' ? NO_FIX : [state];
    }),
    maxSeverity: severity && choice<SeverityLevel>('max-severity', severity, SEVERITIES),
    kinds: textsOf(fields, 'kind')?.map((each) => choice<ExceptionKind>('kind', each, EXCEPTION_KINDS)),
    images: globs('image'),
    reason: reason.text,
    owner: textOf(fields, 'owner')?.text,
    approver: textOf(fields, 'approver')?.text,
    ticket: textOf(fields, 'ticket')?.text,
    expires: expires && checkedDate('expires', expires),
  });
}

/** Without the keys that are undefined. */
export function stripped(rule: { [K in keyof ExceptionRule]: ExceptionRule[K] | undefined }): ExceptionRule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as unknown as ExceptionRule;
}

function layer(each: Placed): LayerCondition {
  const text = each.text as string;
  if (text === 'base' || text === 'own') return text;
  if (/^\d{1,4}$/.test(text)) return { index: Number(text) };
  if (/^(sha256:)?[0-9a-f]{12,64}$/.test(text)) return { digest: text.replace('sha256:', '') };
  throw wrongValue('layer', each, 'base, own, sha256:..., 0, 1, 2 ...');
}

/** What is a package URL by its beginning has to be one, or a glob over such: it would mean nothing. */
function packageGlob(each: Placed): string {
  const text = glob('package', each);
  if (text.startsWith('pkg:') && !/[*{[]/.test(text) && !parsePurl(text))
    throw wrongValue('package', each, 'lodash, pkg:npm/lodash, pkg:npm/**');
  return text;
}

export function glob(key: string, each: Placed): string {
  const text = each.text as string;
  if (!isGlob(text)) throw wrongValue(key, each, '*, **, ?, {a,b}, [a-z]');
  return text;
}

function choice<const T extends string>(key: string, each: Placed, choices: readonly T[]): T {
  const found = choices.find((one) => one === each.text?.toLowerCase());
  return found ?? refuse(key, each, choices.join(', '));
}

function refuse(key: string, each: Placed, expected: string): never {
  throw wrongValue(key, each, expected);
}

function knownKeys(fields: ReadonlyMap<string, Placed>, keys: readonly string[]): void {
  for (const [key, { where, keyAt = where }] of fields) {
    if (!keys.includes(key)) throw usage('exceptions-unknown-key', { where: keyAt, key, keys: keys.join(', ') });
  }
}

function usage(code: PlimsollError['code'], params: PlimsollError['params']): PlimsollError {
  return new PlimsollError(code, params, { exitCode: EXIT.usage });
}
