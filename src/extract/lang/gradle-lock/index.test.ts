import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { lockReader } from '../../../../testing/lock-files.ts';
import { gradleLock } from './index.ts';

/** Written by hand after the examples of the Gradle User Manual, "Locking Versions"; no Gradle with lock files was at hand. */
const LOCK = `# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
# This file is expected to be part of source control.
com.fasterxml.jackson.core:jackson-databind:2.9.8=compileClasspath,runtimeClasspath,testCompileClasspath,testRuntimeClasspath
junit:junit:4.12=testCompileClasspath,testRuntimeClasspath
org.hamcrest:hamcrest-core:1.3=testCompileClasspath,testRuntimeClasspath
org.projectlombok:lombok:1.18.20=annotationProcessor
empty=testAnnotationProcessor
`;
const read = lockReader(gradleLock, 'shop/gradle.lockfile');

extractorContract(gradleLock, import.meta.url, [
  { path: 'shop/gradle.lockfile', content: LOCK },
  { path: 'buildscript-gradle.lockfile', content: 'org.example:plugin:1.0=classpath\nempty=\n' },
  { path: 'gradle/dependency-locks/compileClasspath.lockfile', content: 'junit:junit:4.12\n' },
]);

describe('Gradle lock files', () => {
  it('list modules; those that only tests and processors use are for development', async () => {
    const { packages, lines, gaps } = await read(LOCK);
    expect(gaps).toEqual([]);
    expect(lines).toEqual([
      'com.fasterxml.jackson.core:jackson-databind 2.9.8',
      'junit:junit 4.12 dev',
      'org.hamcrest:hamcrest-core 1.3 dev',
      'org.projectlombok:lombok 1.18.20 dev',
    ]);
    expect(packages[0]?.purl).toBe('pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.9.8');
  });

  it.each([
    ['buildscript-gradle.lockfile', 'org.example:plugin:1.0=classpath\n', ['org.example:plugin 1.0 dev']],
    ['gradle/dependency-locks/compileClasspath.lockfile', '# x\r\na:b:1.0\r\n', ['a:b 1.0']],
    ['gradle/dependency-locks/testCompileClasspath.lockfile', 'a:b:1.0\n', ['a:b 1.0 dev']],
    ['gradle/dependency-locks/buildscript-classpath.lockfile', 'a:b:1.0\n', ['a:b 1.0 dev']],
    ['gradle.lockfile', 'empty=compileClasspath\n', []],
    ['other.lockfile', 'whatever\n', []],
  ])('%s', async (path, text, expected) => {
    expect(await read(text, path)).toMatchObject({ lines: expected, gaps: [] });
  });
});

describe('malformed files', () => {
  it.each(['a:b\n', 'a:b:1.0\n', 'a:b:1:2=c\n', 'a/b:c:1=d\n', ':b:1=c\n', '{"a":1}', '\0'])('%j is a gap', async (text) => {
    expect(await read(text)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: true }] });
  });

  it('lines that cannot be read are counted, the others kept', async () => {
    expect(await read(`<<<<<<< HEAD\n${LOCK}`)).toMatchObject({ gaps: [{ params: { what: '1 lines of gradle.lockfile' } }] });
  });
});
