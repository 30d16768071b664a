import { type Finding, type Recommendation, type Report, SEVERITIES, type SeverityLevel, type Weights } from '../model/index.ts';
import { type Counted, countedFinding, DEFAULT_WEIGHTS, weightOf } from './score.ts';

/** The newest of some versions of a package, as its ecosystem orders them; undefined where they have no order. */
export type Newest = (finding: Finding, versions: readonly string[]) => string | undefined;

/** What a finding weighs when recommendations are put in order: kinds that cost no points have to be set right too. */
const EFFECT: Readonly<Record<SeverityLevel, number>> = { critical: 20, high: 10, medium: 5, low: 1, negligible: 0.1, unknown: 0.1 };

/**
 * Pure. What to do, in order of effect: what removes more and worse findings comes first. Only what was found is used: an update is
 * recommended to a version that is known to fix, a release is replaced where it is known to be at its end.
 */
export function recommendations(
  report: Pick<Report, 'findings' | 'secrets' | 'checks' | 'inventory'>,
  newest: Newest,
  weights: Weights = DEFAULT_WEIGHTS,
): readonly Recommendation[] {
  const affected = report.findings.filter((each) => each.verdict === 'affected' && each.suppressed === undefined);
  const made = [...updates(affected, newest, weights), ...removals(affected, weights), ...releases(report, affected, weights)];
  const others = [...secrets(report, weights), ...checks(report, weights)];
  return [...made, ...others].sort((a, b) => b.effect - a.effect || b.points - a.points || compare(a, b)).map(withoutEffect);
}

type Weighed = Recommendation & { readonly effect: number };
type Rest = Pick<Recommendation, 'code' | 'params' | 'rule'>;

function weighed(rest: Rest, removed: readonly Counted[], weights: Weights): Weighed {
  const worst = removed.reduce((a, { severity: b }) => Math.min(a, SEVERITIES.indexOf(b)), SEVERITIES.length - 1);
  return {
    ...rest,
    severity: SEVERITIES[worst] ?? 'unknown',
    findings: removed.length,
    points: removed.reduce((sum, each) => sum + weightOf(each, weights), 0),
    effect: removed.reduce((sum, { severity }) => sum + EFFECT[severity], 0),
  };
}

/** One for each package, for all that its updates fix; distributions build several packages of one source and update them together. */
function updates(affected: readonly Finding[], newest: Newest, weights: Weights): readonly Weighed[] {
  const fixable = affected.filter(({ kind, fix }) => kind === 'vulnerability' && fix.versions.length > 0);
  const bySource = Map.groupBy(fixable, ({ package: of }) =>
    [of.type, of.source?.name ?? of.name, of.source?.version ?? of.version].join('\0'),
  );
  return [...bySource.values()].map((group) => {
    const [first] = group as [Finding];
    const wanted = [...new Set(group.flatMap(({ fix }) => fix.versions.slice(0, 1)))];
    const names = [...new Set(group.map((each) => each.package.name))].sort();
    const rest = {
      code: 'update-package' as const,
      params: {
        package: names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ` (+${names.length - MOST_NAMES})` : ''),
        type: first.package.type,
        installed: first.package.version,
        version: newest(first, wanted) ?? wanted.join(', '),
      },
    };
    return weighed(
      rest,
      group.flatMap((each) => countedFinding(each) ?? []),
      weights,
    );
  });
}

const MOST_NAMES = 5;

function removals(affected: readonly Finding[], weights: Weights): readonly Weighed[] {
  const byPackage = Map.groupBy(
    affected.filter(({ kind }) => kind === 'malware'),
    ({ package: of }) => `${of.type}\0${of.name}\0${of.version}`,
  );
  return [...byPackage.values()].map((group) => {
    const [first] = group as [Finding];
    const params = { package: first.package.name, type: first.package.type, installed: first.package.version };
    return weighed(
      { code: 'remove-package', params },
      group.flatMap((each) => countedFinding(each) ?? []),
      weights,
    );
  });
}

/** A release at its end takes with it what will not be fixed in it any more. */
function releases({ inventory }: Pick<Report, 'inventory'>, affected: readonly Finding[], weights: Weights): readonly Weighed[] {
  const dead = affected.find(({ kind }) => kind === 'end-of-life');
  if (!dead) return [];
  const stuck = affected.filter(({ kind, package: of, fix }) => kind === 'vulnerability' && of.class === 'os' && fix.versions.length === 0);
  const name = inventory.distro?.prettyName ?? `${dead.package.name} ${dead.package.version}`;
  const params = { name, date: dead.published?.slice(0, 10) ?? '' };
  return [
    weighed(
      { code: 'replace-release', params },
      [dead, ...stuck].flatMap((each) => countedFinding(each) ?? []),
      weights,
    ),
  ];
}

/** One for each secret, however many places it is in. */
function secrets({ secrets: found }: Pick<Report, 'secrets'>, weights: Weights): readonly Weighed[] {
  const open = (found?.findings ?? []).filter((each) => each.suppressed === undefined);
  return [...Map.groupBy(open, (each) => each.hash).values()].map((group) => {
    const [first] = group;
    const { location, service, word, masked } = first as NonNullable<typeof first>;
    const params = { service, word, masked, where: location.path };
    return weighed({ code: 'revoke-secret', params, rule: `secret/${first?.id}` }, group, weights);
  });
}

function checks({ checks: found }: Pick<Report, 'checks'>, weights: Weights): readonly Weighed[] {
  const open = (found?.findings ?? []).filter((each) => each.suppressed === undefined);
  return [...Map.groupBy(open, (each) => each.id)].map(([rule, group]) => {
    const { file, line } = (group[0] as NonNullable<(typeof group)[0]>).location;
    const params = { ...group[0]?.params, file: line === undefined ? file : `${file}:${line}` };
    return weighed({ code: 'follow-check', params, rule }, group, weights);
  });
}

function withoutEffect({ effect: _effect, ...rest }: Weighed): Recommendation {
  return rest;
}

/** The same order on every machine. */
function compare(a: Recommendation, b: Recommendation): number {
  const [x, y] = [a, b].map(({ code, rule, params }) => JSON.stringify([code, rule, params])) as [string, string];
  return x < y ? -1 : x > y ? 1 : 0;
}
