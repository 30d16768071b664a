import type { VersionScheme } from '../types.ts';
import { type ComposerVersion, compareComposer, parseComposer } from './parse.ts';

/**
 * Versions of Composer packages. A branch (`dev-main`) is no version: nobody says which flaws it has. Sources: composer/semver,
 * `VersionParser::normalize` and `Comparator`; PHP, `version_compare`.
 */
export const packagist: VersionScheme<ComposerVersion> = {
  id: 'packagist',
  ecosystems: ['Packagist'],
  parse: parseComposer,
  compare: compareComposer,
};
