import { schemeFor } from '../../versions/index.ts';
import { inThreeParts } from '../composer-version.ts';
import { plainInterval, type RequirementLanguage } from '../requirements.ts';

/**
 * Composer's constraints, as far as advisories use them. As there, `>=1.2` begins with the pre-releases of 1.2; other than there, `<1.3`
 * ends with the release and holds its pre-releases: an advisory names the release that has the fix. Source: composer/semver,
 * `VersionParser::parseConstraints`.
 */
export const composerRequirements: RequirementLanguage = {
  scheme: schemeFor('Packagist')!,
  admits(operator, version) {
    const full = inThreeParts(version);
    return plainInterval(operator === '==' ? '=' : operator || '=', operator === '>=' && /^[\d.]+$/.test(full) ? `${full}-dev` : full);
  },
  next(version) {
    if (version.endsWith('-dev')) return version.replace(/dev$/, 'alpha-dev');
    return /^[\d.]+$/.test(version) ? `${version}-p` : `${version}.0`;
  },
};
