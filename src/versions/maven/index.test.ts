import { expect, it } from 'vitest';
import { sharedVectorsHold, toolVectorsHold, versionSchemeContract } from '../../../test/versions/contract.ts';
import { maven } from './index.ts';

versionSchemeContract(maven, ['1-alpha', '1-SNAPSHOT', '1', '1-1', '1.0.1', '1-sp', '1-jre', '1.1.Final', '12345678901234567890', '-1']);
sharedVectorsHold(maven, 'maven.txt');

/** tools/versions/maven-vectors.ts */
toolVectorsHold(maven, 'ComparableVersion of Maven 3.9.11', 'testdata/maven-3.9.11.txt', import.meta.url);

it.each(['', '${project.version}', '1 2'])('"%s" is no version', (text) => {
  expect(maven.parse(text)).toBeUndefined();
});
