import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sharedVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { readVectors, showVector } from '../../../test/versions/vectors.ts';
import { compareVersions } from '../index.ts';
import { maven } from './index.ts';

versionSchemeContract(maven, ['1-alpha', '1-SNAPSHOT', '1', '1-1', '1.0.1', '1-sp', '1-jre', '1.1.Final', '12345678901234567890', '-1']);
sharedVectorsHold(maven, 'maven.txt');

it('answers as ComparableVersion of Maven 3.9.11 does (tools/versions/maven-vectors.ts)', () => {
  const wrong = readVectors(fileURLToPath(new URL('testdata/maven-3.9.11.txt', import.meta.url))).filter((vector) => {
    const mine = compareVersions(maven, vector.a, vector.b);
    return mine.kind !== 'ordered' || mine.order !== vector.order;
  });
  expect(wrong.map(showVector)).toEqual([]);
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: an unresolved property of a pom
it.each(['', '${project.version}', '1 2'])('"%s" is no version', (text) => {
  expect(maven.parse(text)).toBeUndefined();
});
