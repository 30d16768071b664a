import { parse, YAMLParseError } from 'yaml';
import { SECRET_WORDS } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { AllowList } from '../allow.ts';
import type { SecretRule } from '../types.ts';
import { FieldReader } from './fields.ts';
import { type CustomRules, MAX_RULES } from './types.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible'] as const;
const RULE = ['id', 'title', 'word', 'severity', 'keywords', 'pattern', 'minEntropy', 'lookAlikes', 'files', 'reference'] as const;
const ALLOW = ['rules', 'paths', 'patterns', 'target', 'words', 'all', 'reason'] as const;

/**
 * Reads a user's own rules in YAML: `rules`, `allow`, `disable`, `builtIn`; docs/secrets.md says what each may hold. Throws
 * secrets-rules-invalid, secrets-pattern-unsupported.
 */
export function readYamlRules(text: string, path: string): CustomRules {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 10, prettyErrors: true });
  } catch (error) {
    throw new PlimsollError(
      'secrets-rules-invalid',
      { where: whereOf(error, path), detail: error instanceof Error ? error.message.split(/ at line |\n/)[0]! : 'this is no YAML' },
      { cause: error },
    );
  }
  const reader = new FieldReader(document ?? {}, path).only(['rules', 'allow', 'disable', 'builtIn']);
  const rules = reader.children('rules');
  if (rules.length > MAX_RULES)
    throw new PlimsollError('secrets-rules-invalid', { where: path, detail: `there are more than ${MAX_RULES} rules` });
  return {
    rules: rules.map((rule) => readRule(rule.only(RULE))),
    allow: reader.children('allow').map((list) => readAllow(list.only(ALLOW))),
    disable: reader.texts('disable') ?? [],
    builtIn: reader.flag('builtIn') ?? true,
    ignored: [],
  };
}

function readRule(reader: FieldReader): SecretRule {
  const id = reader.needed('id');
  if (!/^[a-z0-9][a-z0-9-]{1,99}$/.test(id)) throw invalid(reader, `'id' is not of small letters, digits and hyphens: ${id}`);
  const keywords = reader.texts('keywords') ?? [];
  const bad = keywords.find((keyword) => !/^[\x20-\x7e]{3,100}$/.test(keyword));
  if (bad !== undefined) throw invalid(reader, `a keyword has to be three or more characters of ASCII: '${bad}'`);
  const files = reader.child('files')?.only(['names', 'suffixes']);
  if (keywords.length === 0 && files === undefined)
    throw invalid(reader, "without 'keywords' it would be tried on every byte; give some, or 'files'");
  const minEntropy = reader.number('minEntropy');
  const lookAlikes = reader.one('lookAlikes', ['placeholders', 'all', 'none']);
  const basenames = files?.texts('names');
  const suffixes = files?.texts('suffixes');
  return {
    id,
    service: reader.text('title') ?? id,
    word: reader.one('word', SECRET_WORDS) ?? 'secret',
    severity: reader.one('severity', SEVERITIES) ?? 'high',
    custom: true,
    keywords,
    ...reader.pattern(reader.needed('pattern'), id, 0),
    ...(minEntropy === undefined ? {} : { minEntropy }),
    ...(lookAlikes === undefined ? {} : { lookAlikes }),
    ...(files === undefined
      ? {}
      : { files: { ...(basenames === undefined ? {} : { basenames }), ...(suffixes === undefined ? {} : { suffixes }) } }),
    reference: reader.text('reference') ?? '',
  };
}

function readAllow(reader: FieldReader): AllowList {
  const [rules, words, reason] = [reader.texts('rules'), reader.texts('words'), reader.text('reason')];
  const name = rules?.join(', ') ?? 'allow';
  const [paths, patterns] = [reader.patterns('paths', name), reader.patterns('patterns', name)];
  const target = reader.one('target', ['secret', 'match', 'line']);
  if (paths === undefined && patterns === undefined && words === undefined)
    throw invalid(reader, "one of 'paths', 'patterns', 'words' has to be there");
  return {
    ...(rules === undefined ? {} : { rules }),
    ...(paths === undefined ? {} : { paths }),
    ...(patterns === undefined ? {} : { patterns }),
    ...(target === undefined ? {} : { target }),
    ...(words === undefined ? {} : { words }),
    ...(reader.flag('all') === true ? { all: true } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** `file:line:column` of what the reader of YAML refuses. */
function whereOf(error: unknown, path: string): string {
  const [at] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
  return at === undefined ? path : `${path}:${at.line}:${at.col}`;
}

function invalid({ where }: FieldReader, detail: string): PlimsollError {
  return new PlimsollError('secrets-rules-invalid', { where, detail });
}
