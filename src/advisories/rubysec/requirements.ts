import { schemeFor } from '../../versions/index.ts';
import { plainInterval, type RequirementLanguage } from '../requirements.ts';

/** RubyGems' requirements. Source: RubyGems, `Gem::Requirement` and `Gem::Version#bump`. */
export const gemRequirements: RequirementLanguage = {
  scheme: schemeFor('RubyGems')!,
  admits(operator, version) {
    if (operator !== '~>') return plainInterval(operator || '=', version);
    // `~> 1.2.3` admits what is at least that and whose release is below 1.3: no pre-release of 1.3, of which `A` is the lowest.
    return { from: { version, above: false }, to: { version: `${bump(version)}.A`, above: false } };
  },
  /** RubyGems' order is dense; nobody publishes anything between these. */
  next: (version) => `${version}.0.1`,
};

/** The numbers before the first word, without the last of several, the then last one raised: `1.2.3.rc1` to `1.3`. */
function bump(version: string): string {
  const segments = version.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? [];
  const word = segments.findIndex((segment) => /[a-z]/i.test(segment));
  const numbers = (word < 0 ? segments : segments.slice(0, word)).map(BigInt);
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return [...kept.slice(0, -1), (kept.at(-1) ?? 0n) + 1n].join('.');
}
