import { PlimsollError } from '../../util/errors.ts';
import { parseToml } from '../../util/toml.ts';
import type { AllowList } from '../allow.ts';
import type { SecretRule } from '../types.ts';
import { FieldReader } from './fields.ts';
import { type CustomRules, MAX_RULES } from './types.ts';

/** How deep configurations extend one another; gitleaks' own limit. */
const MAX_DEPTH = 2;
const REFERENCE = 'https://github.com/gitleaks/gitleaks#configuration';

/**
 * Reads gitleaks' configuration (TOML, version 8: rules, allow lists in the old and the new form, `extend`). `useDefault` means our own rules in
 * place of gitleaks'. `read` gives the text of a file that it extends, undefined where it cannot be read. What has no meaning here is left out
 * and named: rules for paths alone, rules that require others. Throws secrets-rules-invalid, secrets-pattern-unsupported.
 */
export function readGitleaksRules(text: string, path: string, read: (path: string) => string | undefined, depth = 0): CustomRules {
  const document = parseToml(text);
  if (document === undefined) throw new PlimsollError('secrets-rules-invalid', { where: path, detail: 'this is no TOML' });
  const reader = new FieldReader(document, path);
  const tables = reader.children('rules');
  if (tables.length > MAX_RULES)
    throw new PlimsollError('secrets-rules-invalid', { where: path, detail: `there are more than ${MAX_RULES} rules` });
  const ignored: { rule: string; reason: string }[] = [];
  const rules = tables.flatMap((table) => readRule(table, ignored) ?? []);
  const global = [...alone(reader, 'allowlist'), ...reader.children('allowlists')].flatMap((list) =>
    readAllow(list, list.texts('targetRules')),
  );
  const ofRules = tables.flatMap((table) => {
    const id = [table.needed('id')];
    return [...alone(table, 'allowlist'), ...table.children('allowlists')].flatMap((list) => readAllow(list, id));
  });
  const own: CustomRules = { rules, allow: [...global, ...ofRules], disable: [], builtIn: false, ignored };
  return extend(own, reader.child('extend'), path, read, depth);
}

function extend(
  own: CustomRules,
  reader: FieldReader | undefined,
  path: string,
  read: (path: string) => string | undefined,
  depth: number,
): CustomRules {
  if (reader === undefined) return own;
  const disabled = reader.texts('disabledRules') ?? [];
  const builtIn = reader.flag('useDefault') ?? false;
  const from = reader.text('path') ?? '';
  if (builtIn) return { ...own, builtIn, disable: disabled };
  if (from === '' || depth >= MAX_DEPTH) return own;
  const text = read(from);
  if (text === undefined)
    throw new PlimsollError('secrets-rules-invalid', { where: path, detail: `what it extends cannot be read: ${from}` });
  const base = readGitleaksRules(text, from, read, depth + 1);
  const ids = new Set([...own.rules.map(({ id }) => id), ...disabled]);
  return {
    rules: [...own.rules, ...base.rules.filter(({ id }) => !ids.has(id))],
    allow: [...own.allow, ...base.allow],
    disable: [...base.disable, ...disabled],
    builtIn: base.builtIn,
    ignored: [...own.ignored, ...base.ignored],
  };
}

function alone(reader: FieldReader, name: string): readonly FieldReader[] {
  const child = reader.child(name);
  return child === undefined ? [] : [child];
}

function readRule(table: FieldReader, ignored: { rule: string; reason: string }[]): SecretRule | undefined {
  const id = table.needed('id');
  const regex = table.text('regex') ?? '';
  const leave = (reason: string): undefined => void ignored.push({ rule: id, reason });
  if (table.flag('skipReport') === true) return leave('it only helps other rules');
  if (regex === '') return leave('it has no regex');
  if (table.children('required').length > 0) return leave('it requires other rules');
  const path = table.text('path') ?? '';
  const entropy = table.number('entropy') ?? 0;
  const [where] = path === '' ? [undefined] : patterns(table, id, [path]);
  return {
    id,
    service: title(table.text('description'), id),
    word: 'secret',
    severity: 'high',
    custom: true,
    keywords: (table.texts('keywords') ?? []).filter((keyword) => keyword.length > 0),
    ...table.pattern(regex, id, table.number('secretGroup') || 'first'),
    // gitleaks wants more than this much.
    ...(entropy > 0 ? { minEntropy: entropy + 1e-9 } : {}),
    ...(where === undefined ? {} : { files: { pattern: where } }),
    lookAlikes: 'none',
    reference: REFERENCE,
  };
}

function title(description: string | undefined, id: string): string {
  return description === undefined || description === '' || description.length > 60 ? id : description;
}

function patterns(table: FieldReader, id: string, sources: readonly string[]): readonly RegExp[] {
  return new FieldReader({ sources }, table.where).patterns('sources', id)!;
}

/** Commits are not looked at here: a list that needs one of them never fits. */
function readAllow(list: FieldReader, rules: readonly string[] | undefined): readonly AllowList[] {
  const all = /^(?:and|&&)$/i.test(list.text('condition') ?? '');
  if (all && (list.texts('commits')?.length ?? 0) > 0) return [];
  const name = rules?.join(', ') ?? 'allowlist';
  const filled = <T>(values: readonly T[] | undefined): readonly T[] | undefined => (values?.length ? values : undefined);
  const paths = filled(list.patterns('paths', name));
  const regexes = filled(list.patterns('regexes', name));
  const words = filled(list.texts('stopwords'));
  const target = list.one('regexTarget', ['', 'secret', 'match', 'line']) || 'secret';
  return [
    {
      ...(rules?.length ? { rules } : {}),
      ...(paths === undefined ? {} : { paths }),
      ...(regexes === undefined ? {} : { patterns: regexes, target }),
      ...(words === undefined ? {} : { words }),
      ...(all ? { all } : {}),
    },
  ];
}
