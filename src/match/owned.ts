import type { Match, Package } from '../model/index.ts';
import type { OsMatcher } from './os.ts';

/**
 * Lets the distribution speak first for a language package that an OS package owns (users-ask.md 2): where it cleared the
 * owner of the flaw, for example by a backported fix, the language's statement no longer counts and says why. Where the
 * distribution does not know the flaw, or says affected too, the match stays.
 */
export function heedOwner(match: Match, owner: Package, os: OsMatcher): Match {
  if (match.verdict.kind === 'not-affected') return match;
  const verdict = os.assessment(owner).verdicts.get(match.flaw.id);
  if (verdict?.kind !== 'not-affected') return match;
  const [first] = verdict.opinions;
  const source = owner.source ?? owner;
  const detail = `${match.package.name} ${match.package.version} is part of ${owner.name}; ${first?.advisory.feed} ${first?.advisory.id} on ${source.name}: ${first?.judgement.detail}`;
  return { ...match, verdict: { kind: 'not-affected', because: { rule: 'owned-by-os-package', detail } }, fixedVersions: [] };
}
