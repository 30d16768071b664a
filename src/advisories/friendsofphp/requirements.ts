import { schemeFor } from '../../versions/index.ts';
import { plainInterval, type RequirementLanguage } from '../requirements.ts';

/**
 * Composer's constraints, as far as advisories use them. As there, `>=1.2` begins with the pre-releases of 1.2; other than there, `<1.3`
 * ends with the release and holds its pre-releases: an advisory names the release that has the fix. Source: composer/semver,
 * `VersionParser::parseConstraints`.
 */
export const composerRequirements: RequirementLanguage = {
  scheme: schemeFor('Packagist')!,
  admits(operator, version) {
    const full = inThree(version);
    return plainInterval(operator === '==' ? '=' : operator || '=', operator === '>=' && /^[\d.]+$/.test(full) ? `${full}-dev` : full);
  },
  /** The first patch upon it. */
  next: (version) => `${version}-p`,
};

/** `1.2` and `1.2.0` are one version to Composer; written alike, they have an order in PHP too. */
function inThree(version: string): string {
  const [, numbers = '', rest = ''] = /^v?(\d+(?:\.\d+)*)(.*)$/i.exec(version) ?? [];
  const missing = 3 - numbers.split('.').length;
  return numbers === '' ? version : `${numbers}${'.0'.repeat(Math.max(0, missing))}${rest}`;
}
