import type { FixState } from '../../model/index.ts';
import { checkedDate, dayBefore } from './expiry.ts';
import { glob, stripped } from './parse-own.ts';
import type { ExceptionFile, ExceptionRule, LeftOut } from './types.ts';
import { type Placed, readYaml, textOf, wrongValue } from './yaml.ts';

/**
 * The ignores of a .snyk policy. A rule is about an id and a path of dependencies; what a path says of how a package came here is not known, so that a rule
 * with more than its last package is left out, and so are Snyk's own ids (`SNYK-...`, `npm:...`), which no advisory of ours has, patches and excluded files.
 * `expires` is the moment from which it does not count. Source: snyk/policy, lib/match.ts and lib/filter/ignore.ts; docs.snyk.io, "The .snyk file".
 */
export function parseSnyk(file: string, text: string): ExceptionFile {
  const root = readYaml(file, text);
  if (root.text !== undefined || root.items) throw wrongValue('-', root, '{ignore: {...}}');
  const rules: ExceptionRule[] = [];
  const left: LeftOut[] = [];
  for (const [key, each] of root.fields ?? new Map<string, Placed>()) {
    if (key === 'ignore' || key === 'version' || isEmpty(each)) continue;
    left.push({ line: each.line, what: key });
  }
  const ignore = root.fields?.get('ignore');
  if (ignore && !ignore.fields && !isEmpty(ignore)) throw wrongValue('ignore', ignore, '{id: [{path: {...}}]}');
  for (const [id, given] of ignore?.fields ?? new Map<string, Placed>()) {
    if (isEmpty(given)) continue;
    if (!given.items) throw wrongValue(id, given, '[{path: {...}}]');
    if (OF_SNYK.test(id)) {
      left.push({ line: given.line, what: id });
      continue;
    }
    for (const item of given.items) {
      if (!item.fields) throw wrongValue(id, item, '{path: {...}}');
      for (const [path, rule] of item.fields) {
        if (rule.text !== undefined || rule.items) throw wrongValue(path, rule, '{reason, expires}');
        const about = packageOf(path, rule);
        if (about === undefined) left.push({ line: rule.line, what: `${id}: ${path}` });
        else rules.push(ruleOf(file, id, rule, about));
      }
    }
  }
  return { file, format: 'snyk', rules, left };
}

const OF_SNYK = /^(?:snyk-|(?:npm|rubygems|java):)/i;

type About = Pick<{ [K in keyof ExceptionRule]: ExceptionRule[K] | undefined }, 'packages' | 'exactVersions'>;

/** The last package of a path, before which only `*` may stand: `*`, `lodash@4.17.15`, `* > curl/libcurl4`. Undefined for what cannot be told. */
function packageOf(path: string, at: Placed): About | undefined {
  const steps = path.split(' > ').map((each) => each.trim());
  const last = steps.pop() ?? '';
  if (steps.some((each) => each !== '*')) return undefined;
  if (last === '*') return { packages: undefined, exactVersions: undefined };
  const [, name = '', version] = /^(@?[^@]+)(?:@(.+))?$/.exec(last) ?? [];
  // A range of versions, which is of npm's kind whatever the package.
  if (name === '' || (version !== undefined && version !== '*' && !/^[\w.:+~-]*\d[\w.:+~-]*$/.test(version))) return undefined;
  if (version !== undefined && /(?:^|\.)x(?:\.|$)|^[~^]/i.test(version)) return undefined;
  // Packages of distributions are `source/binary` in Snyk's words.
  const [, binary] = /^[^@/.]+\/([^/]+)$/.exec(name) ?? [];
  const names = [name, ...(binary === undefined ? [] : [binary])].map((text) => glob(path, { ...at, text }));
  return { packages: names, exactVersions: version === undefined || version === '*' ? undefined : [version] };
}

function ruleOf(file: string, id: string, { line, fields = new Map() }: Placed, about: About): ExceptionRule {
  const expires = textOf(fields, 'expires');
  return stripped({
    file,
    line,
    ids: [id],
    ...about,
    fixStates: textOf(fields, 'disregardIfFixable')?.text === 'true' ? NOT_FIXED : undefined,
    reason: textOf(fields, 'reason')?.text,
    expires: expires && lastDay(expires),
  });
}

const NOT_FIXED: readonly FixState[] = ['affected', 'will-not-fix', 'fix-deferred', 'end-of-life', 'under-investigation'];

/** The last whole day before the moment that is stated; that of the moment itself where it is the day's last minute. */
function lastDay(each: Placed): string {
  const [, day = each.text ?? '', time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})\S*)?$/.exec(each.text ?? '') ?? [];
  const date = checkedDate('expires', { ...each, text: day });
  return time === '23:59' ? date : dayBefore(date);
}

function isEmpty({ text, items, fields }: Placed): boolean {
  return text === undefined && (items ?? []).length === 0 && (fields?.size ?? 0) === 0;
}
