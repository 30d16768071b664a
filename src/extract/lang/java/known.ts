interface Family {
  readonly group: string;
  /** Folder that must hold some of the jar's entries. */
  readonly classes: string;
  /** `file=artifact` where a distribution calls the jar otherwise. */
  readonly artifacts: string;
  /** Major versions of this group, where the project has moved from one group to another: `from <= major < below`. */
  readonly from?: number;
  readonly below?: number;
}

/**
 * Coordinates of well-known jars whose builds (Gradle, Ant, sbt, early Maven) put no pom.properties into them. At the major
 * versions stated, each artifact is published under this group alone. Facts from the projects' own published coordinates;
 * artifacts that were published under two groups at once (axis, velocity) are left out.
 */
const FAMILIES: readonly Family[] = [
  {
    group: 'org.springframework',
    classes: 'org/springframework/',
    artifacts: `spring spring-aop spring-aspects spring-beans spring-context spring-context-indexer spring-context-support spring-core
      spring-expression spring-instrument spring-jcl spring-jdbc spring-jms spring-messaging spring-orm spring-oxm spring-r2dbc
      spring-test spring-tx spring-web spring-webflux spring-webmvc spring-webmvc-portlet spring-websocket`,
  },
  {
    group: 'org.springframework.boot',
    classes: 'org/springframework/boot/',
    artifacts: `spring-boot spring-boot-actuator spring-boot-actuator-autoconfigure spring-boot-autoconfigure spring-boot-devtools
      spring-boot-loader spring-boot-loader-classic spring-boot-loader-tools spring-boot-test spring-boot-test-autoconfigure`,
  },
  {
    group: 'org.springframework.security',
    classes: 'org/springframework/security/',
    artifacts: `spring-security-acl spring-security-aspects spring-security-cas spring-security-config spring-security-core
      spring-security-crypto spring-security-data spring-security-ldap spring-security-messaging spring-security-oauth2-client
      spring-security-oauth2-authorization-server spring-security-oauth2-core spring-security-oauth2-jose
      spring-security-oauth2-resource-server spring-security-openid spring-security-rsocket spring-security-saml2-service-provider
      spring-security-taglibs spring-security-test spring-security-web`,
  },
  {
    group: 'org.springframework.integration',
    classes: 'org/springframework/integration/',
    artifacts: `spring-integration-amqp spring-integration-core spring-integration-file spring-integration-ftp spring-integration-http
      spring-integration-jdbc spring-integration-jms spring-integration-mail spring-integration-sftp spring-integration-ws
      spring-integration-xml spring-integration-zip`,
  },
  { group: 'org.springframework.amqp', classes: 'org/springframework/amqp/', artifacts: 'spring-amqp spring-rabbit' },
  { group: 'org.springframework.batch', classes: 'org/springframework/batch/', artifacts: 'spring-batch-core spring-batch-infrastructure' },
  { group: 'org.springframework.kafka', classes: 'org/springframework/kafka/', artifacts: 'spring-kafka' },
  { group: 'org.springframework.ldap', classes: 'org/springframework/ldap/', artifacts: 'spring-ldap-core' },
  {
    group: 'org.springframework.session',
    classes: 'org/springframework/session/',
    artifacts: 'spring-session-core spring-session-data-redis',
  },
  { group: 'org.springframework.ws', classes: 'org/springframework/', artifacts: 'spring-ws-core spring-xml spring-ws-security' },
  {
    group: 'org.apache.tomcat',
    classes: 'org/apache/',
    artifacts: `catalina=tomcat-catalina catalina-ha=tomcat-catalina-ha jasper=tomcat-jasper jasper-el=tomcat-jasper-el
      tomcat-catalina tomcat-coyote tomcat-jasper tomcat-jasper-el tomcat-jdbc tomcat-juli tomcat-jni tomcat-util tomcat-util-scan
      tomcat-websocket`,
  },
  { group: 'org.apache.tomcat', classes: 'javax/servlet/', artifacts: 'tomcat-servlet-api' },
  { group: 'org.apache.tomcat', classes: 'jakarta/servlet/', artifacts: 'tomcat-servlet-api' },
  {
    group: 'org.apache.tomcat.embed',
    classes: 'org/apache/',
    artifacts: 'tomcat-embed-core tomcat-embed-el tomcat-embed-jasper tomcat-embed-logging-juli tomcat-embed-websocket',
  },
  { group: 'com.h2database', classes: 'org/h2/', artifacts: 'h2' },
  { group: 'hsqldb', classes: 'org/hsqldb/', artifacts: 'hsqldb', below: 2 },
  { group: 'org.hsqldb', classes: 'org/hsqldb/', artifacts: 'hsqldb', from: 2 },
  { group: 'mysql', classes: 'com/mysql/', artifacts: 'mysql-connector-java' },
  { group: 'com.mysql', classes: 'com/mysql/', artifacts: 'mysql-connector-j' },
  { group: 'org.xerial.snappy', classes: 'org/xerial/snappy/', artifacts: 'snappy-java' },
  { group: 'xerces', classes: 'org/apache/xerces/', artifacts: 'xercesImpl' },
  { group: 'xalan', classes: 'org/apache/xalan/', artifacts: 'xalan' },
  { group: 'dom4j', classes: 'org/dom4j/', artifacts: 'dom4j', below: 2 },
  { group: 'org.dom4j', classes: 'org/dom4j/', artifacts: 'dom4j', from: 2 },
  { group: 'log4j', classes: 'org/apache/log4j/', artifacts: 'log4j' },
  { group: 'commons-beanutils', classes: 'org/apache/commons/beanutils/', artifacts: 'commons-beanutils' },
  { group: 'commons-cli', classes: 'org/apache/commons/cli/', artifacts: 'commons-cli' },
  { group: 'commons-codec', classes: 'org/apache/commons/codec/', artifacts: 'commons-codec' },
  { group: 'commons-collections', classes: 'org/apache/commons/collections/', artifacts: 'commons-collections' },
  { group: 'commons-digester', classes: 'org/apache/commons/digester/', artifacts: 'commons-digester' },
  { group: 'commons-fileupload', classes: 'org/apache/commons/fileupload/', artifacts: 'commons-fileupload' },
  { group: 'commons-httpclient', classes: 'org/apache/commons/httpclient/', artifacts: 'commons-httpclient' },
  { group: 'commons-io', classes: 'org/apache/commons/io/', artifacts: 'commons-io' },
  { group: 'commons-jxpath', classes: 'org/apache/commons/jxpath/', artifacts: 'commons-jxpath' },
  { group: 'commons-lang', classes: 'org/apache/commons/lang/', artifacts: 'commons-lang' },
  { group: 'commons-logging', classes: 'org/apache/commons/logging/', artifacts: 'commons-logging' },
  { group: 'commons-validator', classes: 'org/apache/commons/validator/', artifacts: 'commons-validator' },
  {
    group: 'org.bouncycastle',
    classes: 'org/bouncycastle/',
    artifacts: `bcprov-jdk15on bcprov-jdk15to18 bcprov-jdk18on bcprov-ext-jdk15on
      bcprov-ext-jdk15to18 bcprov-ext-jdk18on bcpkix-jdk15on bcpkix-jdk15to18 bcpkix-jdk18on bcpg-jdk15on bcpg-jdk18on bcmail-jdk15on
      bcmail-jdk18on bctls-jdk15on bctls-jdk15to18 bctls-jdk18on bcutil-jdk15on bcutil-jdk15to18 bcutil-jdk18on bc-fips bctls-fips`,
  },
  { group: 'org.hibernate', classes: 'org/hibernate/', artifacts: 'hibernate-core hibernate-entitymanager hibernate-envers', below: 6 },
  { group: 'org.hibernate.orm', classes: 'org/hibernate/', artifacts: 'hibernate-core hibernate-envers', from: 6 },
  {
    group: 'org.apache.kafka',
    classes: 'org/apache/kafka/',
    artifacts: 'kafka-clients kafka-metadata kafka-streams connect-api connect-runtime',
  },
  { group: 'org.apache.kafka', classes: 'kafka/', artifacts: 'kafka_2.10 kafka_2.11 kafka_2.12 kafka_2.13' },
  { group: 'org.apache.solr', classes: 'org/apache/solr/', artifacts: 'solr-core solr-solrj' },
  {
    group: 'org.apache.lucene',
    classes: 'org/apache/lucene/',
    artifacts: 'lucene-core lucene-queryparser lucene-analyzers-common lucene-analysis-common lucene-replicator',
  },
  { group: 'org.elasticsearch', classes: 'org/elasticsearch/', artifacts: 'elasticsearch elasticsearch-core elasticsearch-x-content' },
  { group: 'org.opensearch', classes: 'org/opensearch/', artifacts: 'opensearch opensearch-core opensearch-x-content' },
  { group: 'org.apache.cassandra', classes: 'org/apache/cassandra/', artifacts: 'apache-cassandra=cassandra-all cassandra-all' },
  { group: 'org.apache.ant', classes: 'org/apache/tools/', artifacts: 'ant ant-launcher' },
  { group: 'org.apache.ivy', classes: 'org/apache/ivy/', artifacts: 'ivy' },
  { group: 'org.apache.poi', classes: 'org/apache/poi/', artifacts: 'poi poi-examples poi-ooxml poi-scratchpad', from: 3 },
  { group: 'org.apache.derby', classes: 'org/apache/derby/', artifacts: 'derby derbyclient derbynet derbyshared derbytools' },
  { group: 'org.apache.geode', classes: 'org/apache/geode/', artifacts: 'geode-core' },
  { group: 'com.squareup.okhttp3', classes: 'okhttp3/', artifacts: 'okhttp okhttp-brotli okhttp-tls mockwebserver logging-interceptor' },
  { group: 'com.squareup.okio', classes: 'okio/', artifacts: 'okio okio-jvm' },
  { group: 'com.squareup.retrofit2', classes: 'retrofit2/', artifacts: 'retrofit' },
  {
    group: 'org.jetbrains.kotlin',
    classes: 'kotlin/',
    artifacts: 'kotlin-stdlib kotlin-stdlib-common kotlin-stdlib-jdk7 kotlin-stdlib-jdk8 kotlin-reflect',
  },
  { group: 'io.projectreactor', classes: 'reactor/', artifacts: 'reactor-core' },
  { group: 'io.projectreactor.netty', classes: 'reactor/netty/', artifacts: 'reactor-netty reactor-netty-core reactor-netty-http' },
  {
    group: 'io.grpc',
    classes: 'io/grpc/',
    artifacts: 'grpc-api grpc-context grpc-core grpc-netty grpc-netty-shaded grpc-protobuf grpc-stub',
  },
  {
    group: 'io.micronaut',
    classes: 'io/micronaut/',
    artifacts: 'micronaut-core micronaut-http micronaut-http-client micronaut-http-netty micronaut-http-server micronaut-http-server-netty',
  },
  { group: 'io.ratpack', classes: 'ratpack/', artifacts: 'ratpack-core ratpack-groovy ratpack-session' },
  { group: 'io.ktor', classes: 'io/ktor/', artifacts: 'ktor-client-cio ktor-client-core ktor-client-core-jvm ktor-server-cio' },
  { group: 'com.linecorp.armeria', classes: 'com/linecorp/armeria/', artifacts: 'armeria armeria-saml' },
  { group: 'com.graphql-java', classes: 'graphql/', artifacts: 'graphql-java' },
  {
    group: 'org.mongodb',
    classes: 'com/mongodb/',
    artifacts: 'mongo-java-driver mongodb-driver mongodb-driver-core mongodb-driver-legacy mongodb-driver-sync',
  },
  { group: 'org.mozilla', classes: 'org/mozilla/javascript/', artifacts: 'rhino' },
  { group: 'com.microsoft.sqlserver', classes: 'com/microsoft/sqlserver/', artifacts: 'mssql-jdbc' },
  {
    group: 'com.typesafe.akka',
    classes: 'akka/',
    artifacts: `akka-actor_2.11 akka-actor_2.12 akka-actor_2.13 akka-http-core_2.11 akka-http-core_2.12 akka-http-core_2.13
      akka-http_2.11 akka-http_2.12 akka-http_2.13`,
  },
  { group: 'com.typesafe.play', classes: 'play/', artifacts: 'play_2.11 play_2.12 play_2.13 play-ws_2.12', below: 3 },
  { group: 'org.playframework', classes: 'play/', artifacts: 'play_2.13 play_3', from: 3 },
  { group: 'org.codehaus.groovy', classes: 'groovy/', artifacts: 'groovy groovy-all', below: 4 },
  { group: 'org.apache.groovy', classes: 'groovy/', artifacts: 'groovy', from: 4 },
  { group: 'org.scala-lang', classes: 'scala/', artifacts: 'scala-library scala-compiler scala-reflect' },
  { group: 'net.bytebuddy', classes: 'net/bytebuddy/', artifacts: 'byte-buddy byte-buddy-agent' },
  { group: 'junit', classes: 'junit/', artifacts: 'junit' },
  { group: 'asm', classes: 'org/objectweb/asm/', artifacts: 'asm', below: 4 },
  { group: 'org.ow2.asm', classes: 'org/objectweb/asm/', artifacts: 'asm asm-analysis asm-commons asm-tree asm-util', from: 4 },
];

type Known = Omit<Family, 'artifacts'> & { readonly artifact: string };

const BY_NAME = new Map<string, Known[]>();
for (const { artifacts, ...family } of FAMILIES) {
  for (const [file = '', artifact = file] of artifacts.split(/\s+/).map((text) => text.split('='))) {
    BY_NAME.set(file, [...(BY_NAME.get(file) ?? []), { ...family, artifact }]);
  }
}

/** The coordinates of a jar of this name, if its classes confirm them. */
export function knownCoordinates(name: string, version: string, hasFolder: (prefix: string) => boolean): Known | undefined {
  const major = Number.parseInt(version, 10);
  return BY_NAME.get(name)?.find(({ from, below, classes }) => {
    const inRange = (from === undefined || major >= from) && (below === undefined || major < below);
    return inRange && hasFolder(classes);
  });
}

/** All of the table, for tests against published coordinates. */
export const KNOWN_COORDINATES: readonly string[] = [...BY_NAME.values()].flat().map(({ group, artifact }) => `${group}:${artifact}`);
