import type { AppliedException, ExceptionsReport, ReportWarning, Suppression, TargetInfo } from '../../model/index.ts';
import { daysLeft, isExpired } from './expiry.ts';
import { isForImage, type MatchContext, matchesRule, namesOf, placesOf } from './match.ts';
import type { AnyFinding, ExceptionFile, ExceptionKind, ExceptionRule } from './types.ts';

export interface ApplyContext extends MatchContext {
  readonly target: Pick<TargetInfo, 'name' | 'repository' | 'tags'>;
  readonly now: Date;
  /** Exceptions that end within so many days are named. */
  readonly warnDays: number;
  /** What was looked for: an exception for anything else is not told to be of no use. */
  readonly looked: ReadonlySet<ExceptionKind>;
}

/** Findings of all kinds after another, with their lists' order kept. */
export interface Applied {
  /** The same finding, or one with `suppressed`. */
  suppress<T extends AnyFinding>(finding: T): T;
  /** Whether a rule is about any of them, once all findings were given to `suppress`. */
  isUsed(rule: ExceptionRule): boolean;
  /** What the files came to, then. `elsewhere`: true for a rule that something else, which is looked at together with this, needs. */
  report(elsewhere?: (rule: ExceptionRule) => boolean): {
    readonly exceptions: ExceptionsReport;
    readonly warnings: readonly ReportWarning[];
  };
}

/** What became of a rule. */
interface Use {
  suppressed: number;
  matched: boolean;
  /** Some place that it covers no rule covers that lasts longer than the warning looks ahead. */
  needed: boolean;
}

/**
 * Holds findings against exceptions. A finding is suppressed where each of its places has a rule that is in force; the rule of its first
 * place is named with it. What is suppressed already, or does not apply, stays as it is. What the files say beside that comes as warnings.
 */
export function applying(files: readonly ExceptionFile[], context: ApplyContext): Applied {
  const { target, now } = context;
  const endsSoon = (rule: ExceptionRule): boolean => (daysLeft(rule, now) ?? Number.POSITIVE_INFINITY) <= context.warnDays;
  const rules = files.flatMap((file) => file.rules).filter((rule) => isForImage(rule, target));
  const candidates = index(rules);
  const uses = new Map<ExceptionRule, Use>(rules.map((rule) => [rule, { suppressed: 0, matched: false, needed: false }]));
  const undecided = new Set<ExceptionRule>();
  const partly = new Map<ExceptionRule, string>();

  function suppress<T extends AnyFinding>(finding: T): T {
    const possible = candidates(finding);
    if (possible.length === 0) return finding;
    const covering = placesOf(finding).map((place) => {
      const matching = possible.filter((rule) => {
        const matched = matchesRule(rule, finding, place, context);
        if (matched === 'undecided') undecided.add(rule);
        return matched === 'yes';
      });
      for (const rule of matching) (uses.get(rule) as Use).matched = true;
      return matching.filter((rule) => !isExpired(rule, now));
    });
    const places = covering.map(([rule]) => rule);
    const [first] = places;
    const some = places.find((rule) => rule !== undefined);
    if (finding.suppressed !== undefined || ('verdict' in finding && finding.verdict === 'not-applicable') || some === undefined)
      return finding;
    if (first === undefined || places.includes(undefined)) {
      partly.set(some, finding.id);
      return finding;
    }
    for (const rule of new Set(places)) (uses.get(rule as ExceptionRule) as Use).suppressed += 1;
    for (const all of covering) if (all.every(endsSoon)) for (const rule of all) (uses.get(rule) as Use).needed = true;
    return { ...finding, suppressed: suppressionBy(first) };
  }

  return {
    suppress,
    isUsed: (rule) => uses.get(rule)?.matched === true,
    report: (elsewhere = () => false) => ({
      exceptions: exceptionsReport(files, uses),
      warnings: warnings(files, uses, undecided, partly, { ...context, elsewhere }),
    }),
  };
}

function suppressionBy({ file, line, reason, owner, approver, ticket, expires }: ExceptionRule): Suppression {
  const given = { owner, approver, ticket, expires };
  const exception = {
    file,
    line,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  } as AppliedException;
  return { by: 'exception', ...(reason === undefined ? {} : { reason }), exception };
}

/** Rules whose ids are plain texts are found by them; all others are tried for every finding. In the order of the files. */
function index(rules: readonly ExceptionRule[]): (finding: AnyFinding) => readonly ExceptionRule[] {
  const order = new Map(rules.map((rule, i) => [rule, i]));
  const byId = new Map<string, ExceptionRule[]>();
  const others: ExceptionRule[] = [];
  for (const rule of rules) {
    if (rule.ids === undefined || rule.ids.some((id) => /[*?[{\\]/.test(id))) others.push(rule);
    else for (const id of new Set(rule.ids.map((each) => each.toLowerCase()))) byId.set(id, [...(byId.get(id) ?? []), rule]);
  }
  return (finding) => {
    const named = byId.size === 0 ? [] : namesOf(finding).flatMap((name) => byId.get(name.toLowerCase()) ?? []);
    if (named.length === 0) return others;
    return [...new Set([...others, ...named])].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
}

function exceptionsReport(files: readonly ExceptionFile[], uses: ReadonlyMap<ExceptionRule, Use>): ExceptionsReport {
  return {
    files: files.map(({ file, format, rules }) => ({
      file,
      format,
      rules: rules.length,
      applied: rules.filter((rule) => (uses.get(rule)?.suppressed ?? 0) > 0).length,
      suppressed: rules.reduce((sum, rule) => sum + (uses.get(rule)?.suppressed ?? 0), 0),
    })),
  };
}

function warnings(
  files: readonly ExceptionFile[],
  uses: ReadonlyMap<ExceptionRule, Use>,
  undecided: ReadonlySet<ExceptionRule>,
  partly: ReadonlyMap<ExceptionRule, string>,
  { base, now, warnDays, looked, elsewhere }: ApplyContext & { readonly elsewhere: (rule: ExceptionRule) => boolean },
): ReportWarning[] {
  const rules = [...uses.keys()];
  const expired = rules.filter((rule) => isExpired(rule, now));
  const replaced = ({ matched, needed }: Use): boolean => matched && !needed;
  const soon = rules.filter(
    (rule) => !expired.includes(rule) && (daysLeft(rule, now) ?? Number.POSITIVE_INFINITY) <= warnDays && !replaced(uses.get(rule) as Use),
  );
  const needBase = base === undefined ? rules.filter(({ layers }) => layers?.some((layer) => layer === 'base' || layer === 'own')) : [];
  // What did not match for a reason that is named already is not named once more.
  const named = new Set([...expired, ...needBase, ...undecided]);
  const isUnused = (rule: ExceptionRule): boolean => !uses.get(rule)?.matched && !named.has(rule) && !elsewhere(rule);
  const unused = rules.filter((rule) => isUnused(rule) && kindsOf(rule).every((kind) => looked.has(kind)));
  const left = files.flatMap(({ file, left: parts }) => parts.map(({ line, what }) => `${file}:${line} (${what})`));
  return [
    ...warning('exceptions-expired', expired.map(withDate)),
    ...warning('exceptions-end-soon', soon.map(withDate), { days: warnDays }),
    ...warning('exceptions-base-unknown', needBase.map(nameOf)),
    ...warning('exceptions-version-undecided', [...undecided].map(nameOf)),
    ...warning(
      'exceptions-partly',
      [...partly].map(([rule, id]) => `${id} (${rule.file}:${rule.line})`),
    ),
    ...warning('exceptions-unused', unused.map(nameOf)),
    ...warning('exceptions-left-out', left),
  ];
}

/** What must have been looked for before a rule without a finding can be told to be of no use. */
function kindsOf({
  kinds,
  ids,
  packages,
  packageExpressions,
  sources,
  types,
  versions,
  fixStates,
}: ExceptionRule): readonly ExceptionKind[] {
  if (kinds) return kinds;
  if (packages ?? packageExpressions ?? sources ?? types ?? versions ?? fixStates) return ['vulnerability'];
  if (ids?.every((id) => FLAW.test(id))) return ['vulnerability'];
  return ids ? ['secret', 'misconfiguration'] : ['vulnerability', 'secret', 'misconfiguration'];
}

/** `CVE-2024-1`, `GHSA-...`, `RHSA-2024:1`, `DSA-5555-1`: a year, or a prefix that only flaws have. */
const FLAW = /-(?:19|20)\d\d[-:]|^(?:CVE|GHSA|DSA|DLA|USN|ALAS|ELSA)/i;

/** Exceptions that a warning names. */
const MOST_NAMED = 8;

function warning(code: ReportWarning['code'], all: readonly string[], params: Readonly<Record<string, number>> = {}): ReportWarning[] {
  if (all.length === 0) return [];
  const list = [...all.slice(0, MOST_NAMED), ...(all.length > MOST_NAMED ? ['...'] : [])].join('; ');
  return [{ code, params: { ...params, count: all.length, list } }];
}

function nameOf(rule: ExceptionRule): string {
  return `${aboutWhat(rule)} (${rule.file}:${rule.line})`;
}

function withDate(rule: ExceptionRule): string {
  const { file, line, expires = '', owner } = rule;
  return `${aboutWhat(rule)} (${[`${file}:${line}`, expires, owner].filter(Boolean).join(', ')})`;
}

/** What a rule is about, in a few words. */
export function aboutWhat(rule: ExceptionRule): string {
  const { ids, packages, packageExpressions, sources, paths, resources, types, layers, fixStates, maxSeverity } = rule;
  const expressions = packageExpressions?.map(({ source }) => source.replace(/^\^\(\?:(.*)\)\$$/, '$1'));
  const said = ids ?? packages ?? expressions ?? sources ?? paths ?? resources ?? types?.map((type) => `pkg:${type}`);
  if (said) return said.length > 2 ? `${said.slice(0, 2).join(', ')}, ...` : said.join(', ');
  const layer = layers?.map((each) => (typeof each === 'string' ? each : 'index' in each ? `#${each.index}` : each.digest.slice(0, 12)));
  return [...(layer ?? []), ...(fixStates ?? []), ...(maxSeverity ? [`<= ${maxSeverity}`] : [])].join(', ');
}
