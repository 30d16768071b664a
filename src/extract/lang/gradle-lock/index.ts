import { mavenPurl } from '../../library-purl.ts';
import { lockFileExtractor } from '../../lock-file.ts';
import { parseGradleLock } from './parse.ts';

/**
 * Gradle's dependency locks: `gradle.lockfile` with the configurations of each module, `buildscript-gradle.lockfile` with the plug-ins of
 * the build, and before Gradle 7 a file for each configuration in `gradle/dependency-locks`.
 */
export const gradleLock = lockFileExtractor({
  id: 'lang/gradle-lock',
  version: 1,
  type: 'maven',
  what: 'a Gradle lock file',
  wants: { suffixes: ['.lockfile'] },
  parse: parseGradleLock,
  purl: ({ name, version }) => mavenPurl(name, version),
});
