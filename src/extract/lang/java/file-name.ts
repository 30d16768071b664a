/** What a jar's file name says: `commons-text-1.9.jar` is artifact `commons-text`, version `1.9`. */
export interface NamedJar {
  readonly artifact: string;
  /** Empty where the name has none. */
  readonly version: string;
}

/**
 * Splits `artifact-version[-classifier].ext` at the first `-` before a digit where a version can begin. In `log4j-1.2-api-2.17.1`
 * that is the second: behind `1.2` stands a word and another number. Source: Maven, "Repository Layout".
 */
export function splitFileName(base: string): NamedJar {
  const stem = base.replace(/\.[a-z]{2,4}$/i, '').replace(CLASSIFIER, '');
  for (const { index } of stem.matchAll(/-(?=\d)/g)) {
    const version = stem.slice(index + 1);
    if (index > 0 && isVersion(version)) return { artifact: stem.slice(0, index), version };
  }
  return { artifact: stem, version: '' };
}

function isVersion(text: string): boolean {
  const [first = '', ...rest] = text.split('-');
  if (!first.includes('.') && isPlainWord(rest[0])) return false;
  return !rest.some((part, index) => isPlainWord(part) && /^\d+\./.test(rest[index + 1] ?? ''));
}

/** A word that versions are not made of. */
function isPlainWord(part: string | undefined): boolean {
  return part !== undefined && /^[a-z]/i.test(part) && !QUALIFIER.test(part);
}

const QUALIFIER =
  /^(alpha|beta|rc|cr|m|ms|milestone|pre|preview|ea|b|build|rev|r|stable|ga|sp|final|release|snapshot|incubating|jre|android|hadoop|jdk|v)[\d.]*$/i;
const CLASSIFIER =
  /-(sources|javadoc|tests?|all|shaded|jar-with-dependencies|exec|boot|fat|uber|standalone|plain|no_aop|nodep|(linux|windows|osx|mac|natives?)[-\w]*)$/i;
