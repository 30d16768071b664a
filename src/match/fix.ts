import type { Advisory, Finding, FixState, Match } from '../model/index.ts';
import { schemeFor } from '../versions/index.ts';
import { judge, type Subject, subject } from './judge.ts';

/**
 * How to get rid of a flaw: fixed versions with the best first, and the state of the fix. `affected` are the matches that
 * say affected, the deciding one first.
 *
 * Distributions have one fix a release, and the deciding statement's counts; of several errata on one flaw the last one's,
 * without which it is not fixed altogether. Elsewhere the best is the smallest version
 * above the installed one that no source calls affected; the others follow in order, other release streams included.
 */
export function bestFix(affected: readonly Match[]): Finding['fix'] {
  const first = affected[0];
  if (!first) return { state: 'affected', versions: [] };
  const versions = first.package.class === 'os' ? ofDistribution(affected) : merged(affected);
  if (versions.length > 0) return { state: 'fixed', versions };
  return { state: STATES[first.advisory.status], versions: [] };
}

const STATES: Readonly<Record<Advisory['status'], FixState>> = {
  'affected': 'affected',
  'not-affected': 'affected',
  'will-not-fix': 'will-not-fix',
  'fix-deferred': 'fix-deferred',
  'under-investigation': 'under-investigation',
  'end-of-life': 'end-of-life',
};

function ofDistribution(affected: readonly Match[]): readonly string[] {
  const fixing = affected.filter((each) => each.fixedVersions.length > 0);
  const [first] = fixing;
  const scheme = schemeFor(first?.advisory.ecosystem ?? '');
  if (first?.advisory.form !== 'errata' || !scheme) return first?.fixedVersions ?? [];
  const parsedFix = (each: Match) => scheme.parse(each.fixedVersions[0] ?? '');
  const isNewer = (a: Match, b: Match) => (scheme.compare(parsedFix(a), parsedFix(b)) ?? 0) > 0;
  const errata = fixing.filter((each) => each.advisory.form === 'errata' && parsedFix(each) !== undefined);
  const last = errata.reduce((best, each) => (isNewer(each, best) ? each : best), errata[0] ?? first);
  return last.fixedVersions;
}

function merged(affected: readonly Match[]): readonly string[] {
  const candidates = [...new Set(affected.flatMap((each) => each.fixedVersions))];
  const scheme = schemeFor(affected[0]?.advisory.ecosystem ?? '');
  if (candidates.length < 2 || !scheme) return candidates;
  const parsed = candidates.map((text) => subject(text, scheme));
  parsed.sort((a, b) => (a.parsed === undefined || b.parsed === undefined ? 0 : (scheme.compare(a.parsed, b.parsed) ?? 0)));
  const clean = parsed.filter((each) => affected.every(({ advisory }) => judge(advisory, each).kind === 'not-affected'));
  const best = [...clean, ...parsed];
  return best.filter((each, i) => best.findIndex((other) => isSame(other, each)) === i).map((each) => each.text);
}

/** `2022.12.7` and `2022.12.07` are one version of PyPI. */
function isSame(a: Subject, b: Subject): boolean {
  return a.text === b.text || (a.parsed !== undefined && b.parsed !== undefined && a.scheme.compare(a.parsed, b.parsed) === 0);
}
