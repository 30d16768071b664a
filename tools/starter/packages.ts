/**
 * What the starter is about: packages that most images have, those that the examples use, and malware that people still
 * meet. Of distributions, source packages.
 */
export const DEBIAN = `
  acl apt attr audit base-files bash brotli busybox bzip2 ca-certificates coreutils cpio curl cyrus-sasl2 dash db5.3 debianutils diffutils
  dpkg e2fsprogs elfutils expat file findutils gawk gcc-10 gcc-12 gcc-14 gdbm git glib2.0 glibc gmp gnupg2 gnutls28 grep gzip icu iproute2
  iputils json-c keyutils krb5 libassuan libcap-ng libcap2 libedit libffi libgcrypt20 libgpg-error libidn libidn2 libksba libpng1.6 libpsl
  libseccomp libselinux libsepol libssh libssh2 libtasn1-6 libtirpc libunistring libwebp libx11 libxml2 libxpm libxslt libyaml libzstd logrotate
  lz4 mawk mpdecimal ncurses nettle nghttp2 nginx ngtcp2 nodejs numactl openldap openssh openssl p11-kit pam pcre2 pcre3 perl procps
  python-certifi python-idna python-pip python-requests python-urllib3 python3.9 python3.11 python3.13 readline rtmpdump rsync sed setuptools
  shadow sqlite3 sudo systemd sysvinit tar tzdata unzip util-linux wget xxhash xz-utils zlib
`;

export const ALPINE = `
  alpine-baselayout apk-tools bash brotli busybox c-ares ca-certificates curl expat git gnutls libcrypto libffi libgcrypt libressl libssh2 libtasn1
  libtls-standalone libxml2 libxslt linux-pam musl ncurses nghttp2 nginx nodejs openssh openssl openssl1.1-compat openssl3 pax-utils pcre pcre2 perl
  python3 readline sqlite sudo util-linux wget xz zlib zstd
`;

export const NPM = `
  @babel/traverse ajv ansi-regex async axios body-parser braces browserslist bson cookie cross-spawn debug decode-uri-component deep-extend diff
  dot-prop ejs elliptic event-stream express express-fileupload fast-xml-parser follow-redirects form-data fsevents get-func-name glob-parent got
  growl handlebars hoek http-cache-semantics http-proxy https-proxy-agent i18next ini ip is-my-json-valid jquery js-yaml json-schema json5
  jsonwebtoken jsrsasign jszip kind-of loader-utils lodash lodash.merge lodash.template markdown-it marked merge-deep micromatch mime minimatch
  minimist mixin-deep moment mongodb mongoose morgan multer mysql2 nanoid next node-fetch node-forge node-sass node-serialize nodemailer normalize-url
  npm nth-check object-path passport path-parse path-to-regexp pg postcss prismjs property-expr qs react-dom redis request requirejs sanitize-html
  semver send sequelize serialize-javascript serve-static set-value shell-quote shelljs simple-git socket.io socket.io-parser ssri static-eval
  superagent systeminformation tar terser tmpl tough-cookie trim-newlines tunnel-agent ua-parser-js uglify-js underscore undici undefsafe url-parse
  validator vm2 webpack word-wrap ws xml2js xmldom y18n yargs-parser
`;

export const PYPI = `
  aiohttp babel certifi celery cryptography django djangorestframework fastapi flask flask-cors gitpython gunicorn httplib2 idna
  ipython jinja2 joblib lxml mako markdown matplotlib mistune numpy oauthlib pandas paramiko pillow
  pip protobuf psycopg2 pyarrow pycrypto pygments pyjwt pymongo pyopenssl python-jose python-multipart pyyaml redis requests rsa
  scikit-learn scipy sentry-sdk setuptools sqlalchemy sqlparse starlette tornado tqdm twisted urllib3 virtualenv
  waitress werkzeug wheel zipp
`;

export const MAVEN = `
  ch.qos.logback:logback-classic ch.qos.logback:logback-core com.alibaba:fastjson com.fasterxml.jackson.core:jackson-databind
  com.fasterxml.jackson.core:jackson-core com.google.code.gson:gson com.google.guava:guava com.google.protobuf:protobuf-java com.h2database:h2
  com.jayway.jsonpath:json-path com.mysql:mysql-connector-j com.thoughtworks.xstream:xstream com.squareup.okhttp3:okhttp
  commons-beanutils:commons-beanutils commons-collections:commons-collections commons-fileupload:commons-fileupload commons-io:commons-io
  commons-codec:commons-codec dom4j:dom4j io.netty:netty-all io.netty:netty-codec io.netty:netty-codec-http io.netty:netty-codec-http2
  io.netty:netty-handler io.netty:netty-common log4j:log4j mysql:mysql-connector-java net.minidev:json-smart
  org.apache.activemq:activemq-client org.apache.activemq:activemq-openwire-legacy org.apache.commons:commons-collections4
  org.apache.commons:commons-compress org.apache.commons:commons-configuration2 org.apache.commons:commons-text 
  org.apache.httpcomponents:httpclient org.apache.kafka:kafka-clients org.apache.logging.log4j:log4j-core org.apache.logging.log4j:log4j-api
  org.apache.poi:poi org.apache.shiro:shiro-core org.apache.shiro:shiro-web org.apache.struts:struts2-core
  org.apache.tomcat.embed:tomcat-embed-core org.apache.tomcat:tomcat-catalina org.apache.velocity:velocity org.bouncycastle:bcprov-jdk15on
  org.bouncycastle:bcprov-jdk18on org.codehaus.jackson:jackson-mapper-asl org.eclipse.jetty:jetty-server org.eclipse.jetty:jetty-http
  org.freemarker:freemarker org.hibernate:hibernate-core org.jsoup:jsoup org.postgresql:postgresql org.quartz-scheduler:quartz
  org.springframework.boot:spring-boot org.springframework.boot:spring-boot-starter-web org.springframework.security:spring-security-core
  org.springframework.security:spring-security-web org.springframework:spring-beans org.springframework:spring-context
  org.springframework:spring-core org.springframework:spring-expression org.springframework:spring-web org.springframework:spring-webmvc
  org.springframework:spring-webflux org.yaml:snakeyaml xerces:xercesImpl
`;

export const GO = `
  stdlib toolchain github.com/containerd/containerd github.com/docker/docker github.com/dgrijalva/jwt-go github.com/gin-gonic/gin
  github.com/go-yaml/yaml github.com/gogo/protobuf github.com/golang-jwt/jwt github.com/golang-jwt/jwt/v4 github.com/golang-jwt/jwt/v5
  github.com/gorilla/websocket github.com/labstack/echo/v4 github.com/opencontainers/runc
  github.com/prometheus/client_golang github.com/quic-go/quic-go github.com/sirupsen/logrus github.com/valyala/fasthttp google.golang.org/grpc
  google.golang.org/protobuf golang.org/x/crypto golang.org/x/image golang.org/x/net golang.org/x/oauth2 golang.org/x/sys golang.org/x/text
  gopkg.in/yaml.v2 gopkg.in/yaml.v3 k8s.io/apimachinery k8s.io/client-go
`;

export const MALWARE = `
  npm:flatmap-stream npm:crossenv npm:cross-env.js npm:eslint-scope npm:getcookies npm:electron-native-notify npm:jdb.js npm:db-json.js npm:discord.dll
  npm:twilio-npm npm:web-browserify npm:klow npm:klown npm:okhsa npm:noblox.js-proxy npm:noblox.js-proxies npm:fallguys npm:1337qq-js npm:lodashs
  npm:loadsh npm:node-fabric npm:mongose npm:babelcli npm:d3.js npm:ffmepg npm:gruntcli npm:http-proxy.js npm:jquery.js npm:mariadb npm:mssql.js
  npm:mssql-node npm:mysqljs npm:nodecaffe npm:nodefabric npm:node-opencv npm:node-opensl npm:node-openssl npm:nodesass npm:nodesqlite
  npm:opencv.js npm:openssl.js npm:proxy.js npm:shadowsock npm:smb npm:sqlite.js npm:sqliter npm:sqlserver npm:tkinter npm:bootstrap-sass
  npm:event-stream npm:ua-parser-js npm:coa npm:rc npm:node-ipc npm:peacenotwar npm:colors npm:faker npm:solana-web3.js npm:@solana/web3.js
  npm:lottie-player npm:@lottiefiles/lottie-player npm:rspack npm:@rspack/core npm:@rspack/cli npm:vant npm:typescript-eslint
  PyPI:ctx PyPI:torchtriton PyPI:colourama PyPI:python3-dateutil PyPI:jeilyfish PyPI:jellyfish PyPI:acqusition PyPI:apidev-coop PyPI:bzip PyPI:crypt
  PyPI:django-server PyPI:pwd PyPI:setup-tools PyPI:telnet PyPI:urlib3 PyPI:urllib PyPI:requesys PyPI:requesrs PyPI:requsts PyPI:reqests
  PyPI:request PyPI:djanga PyPI:easyinstall PyPI:libpeshka PyPI:pytagora PyPI:noblesse PyPI:ultralytics PyPI:fabrice PyPI:beautifulsup4
`;

/** The names in one of the lists above. */
export function names(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
