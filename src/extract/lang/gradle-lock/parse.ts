import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

/**
 * Lines `group:artifact:version=configuration,configuration` and one `empty=...` for configurations without any; in files of one
 * configuration without the equals sign. Source: Gradle User Manual, "Locking Versions".
 */
export function parseGradleLock(text: string, gap: LockGap, path: string): readonly LockedPackage[] | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const own = /(^|\/)dependency-locks\/[^/]+$/.test(path) ? [file.replace(/\.lockfile$/, '')] : [];
  const isGradles = own.length > 0 || file === 'gradle.lockfile' || file === 'buildscript-gradle.lockfile';
  if (!isGradles) return []; // some other program's
  let odd = 0;
  const packages = text.split('\n').flatMap((line): LockedPackage[] => {
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith('empty=')) return [];
    const equals = content.indexOf('=');
    const [group = '', artifact = '', version = '', ...more] = content.slice(0, equals < 0 ? undefined : equals).split(':');
    const configurations = equals < 0 ? own : content.slice(equals + 1).split(',');
    if (!isPart(group) || !isPart(artifact) || !isVersion(version) || more.length > 0 || (equals < 0 && own.length === 0)) {
      odd++;
      return [];
    }
    const dev = file.startsWith('buildscript-') || configurations.every(isDev);
    return [{ name: `${group}:${artifact}`, version, ...(dev ? { dev: true } : {}) }];
  });
  if (odd > 0 && packages.length === 0) return undefined;
  if (odd > 0) gap({ code: 'malformed', params: { what: `${odd} lines of ${file}` }, incomplete: true });
  return packages;
}

/** Test source sets, annotation processors, code checkers and the build itself: no part of what is delivered. */
function isDev(configuration: string): boolean {
  return /test|^(checkstyle|pmd|spotbugs|detekt|ktlint|jacoco|lint)|annotationProcessor$|^buildscript-/i.test(configuration);
}

/** A group or artifact id; wider than Maven's rule, as repositories are. */
function isPart(text: string): boolean {
  return text.length <= 256 && /^[\w.-]+$/.test(text);
}
