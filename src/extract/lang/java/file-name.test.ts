import { expect, it } from 'vitest';
import { splitFileName } from './file-name.ts';

// Names as they lie in Maven Central.
it.each([
  ['commons-text-1.9.jar', 'commons-text', '1.9'],
  ['log4j-1.2.17.jar', 'log4j', '1.2.17'],
  ['log4j-1.2-api-2.17.1.jar', 'log4j-1.2-api', '2.17.1'],
  ['spring-core-5.2.0.RELEASE.jar', 'spring-core', '5.2.0.RELEASE'],
  ['guava-31.1-jre.jar', 'guava', '31.1-jre'],
  ['listenablefuture-9999.0-empty-to-avoid-conflict-with-guava.jar', 'listenablefuture', '9999.0-empty-to-avoid-conflict-with-guava'],
  ['plexus-container-default-1.0-alpha-9-stable-1.jar', 'plexus-container-default', '1.0-alpha-9-stable-1'],
  ['kafka_2.13-3.0.0.jar', 'kafka_2.13', '3.0.0'],
  ['geronimo-jms_1.1_spec-1.1.1.jar', 'geronimo-jms_1.1_spec', '1.1.1'],
  ['bcprov-jdk15on-1.68.jar', 'bcprov-jdk15on', '1.68'],
  ['hibernate-jpa-2.1-api-1.0.0.Final.jar', 'hibernate-jpa-2.1-api', '1.0.0.Final'],
  ['netty-tcnative-boringssl-static-2.0.1.Final-linux-x86_64.jar', 'netty-tcnative-boringssl-static', '2.0.1.Final'],
  ['spring-boot-loader-2.1.0-SNAPSHOT-exec.jar', 'spring-boot-loader', '2.1.0-SNAPSHOT'],
  ['xml-apis-1.0.b2.jar', 'xml-apis', '1.0.b2'],
  ['c3p0-0.9.5-pre8.jar', 'c3p0', '0.9.5-pre8'],
  ['jsr311-api-1.1.1-sources.jar', 'jsr311-api', '1.1.1'],
  ['javax.inject-1.jar', 'javax.inject', '1'],
  ['maven-3-compat.jar', 'maven-3-compat', ''],
  ['catalina.jar', 'catalina', ''],
  ['app-all.jar', 'app', ''],
  ['-1.jar', '-1', ''],
  ['.jar', '', ''],
])('%s', (file, artifact, version) => {
  expect(splitFileName(file)).toEqual({ artifact, version });
});
