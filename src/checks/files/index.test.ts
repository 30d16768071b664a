import { describe, expect, it } from 'vitest';
import { checkSentences } from '../../messages/checks/index.ts';
import { FILE_CHECKERS } from './index.ts';

const check = (path: string, text: string) => {
  const checker = FILE_CHECKERS.find((each) => each.recognises({ path, text }));
  return (checker?.check({ path, text }, {}) ?? []).map(({ id, location }) => `${id.replace('file/', '')}:${location.line}`);
};

/** Path, text, findings with their lines. Values are those that the makers' manuals name. */
const CASES: readonly [path: string, text: string, findings: readonly string[]][] = [
  ['etc/ssh/sshd_config', '# PermitRootLogin yes\nPermitRootLogin yes\n', ['sshd-root-login:2']],
  ['etc/ssh/sshd_config.d/a.conf', 'permitrootlogin=yes', ['sshd-root-login:1']],
  ['etc/ssh/sshd_config', 'PermitRootLogin prohibit-password\nPermitEmptyPasswords no\nX11Forwarding no', []],
  ['etc/ssh/sshd_config', 'Match User bob\n  PermitEmptyPasswords yes', ['sshd-empty-passwords:2']],
  ['sshd_config', 'PasswordAuthentication yes # for now', ['sshd-password-authentication:1']],
  ['sshd_config', 'Protocol 2,1', ['sshd-protocol-1:1']],
  ['sshd_config', 'Protocol 2', []],
  ['sshd_config', 'Ciphers aes256-gcm@openssh.com,aes128-cbc\nMACs hmac-sha2-256', ['sshd-weak-algorithms:1']],
  ['sshd_config', 'Ciphers -aes128-cbc\nKexAlgorithms curve25519-sha256', []],
  ['sshd_config', 'X11Forwarding yes', ['sshd-x11-forwarding:1']],
  ['sshd_config', 'HostbasedAuthentication yes', ['sshd-host-based:1']],
  ['sshd_config', 'PermitUserEnvironment yes', ['sshd-user-environment:1']],
  ['sshd_config', 'StrictModes no', ['sshd-strict-modes:1']],

  ['etc/sudoers', 'Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL', []],
  ['etc/sudoers', 'ALL ALL=(ALL) ALL', ['sudoers-everyone:1']],
  ['etc/sudoers.d/app', 'app ALL=(ALL) NOPASSWD: ALL', ['sudoers-nopasswd-all:1']],
  ['etc/sudoers.d/app', 'app ALL = \\\n  NOPASSWD: /usr/bin/systemctl restart app', ['sudoers-nopasswd:1']],
  ['etc/sudoers', '%ops ALL=(root) /usr/bin/cat /var/log/*', ['sudoers-wildcard:1']],
  ['etc/sudoers', 'Defaults:app !authenticate', []],
  ['etc/sudoers', 'Defaults !authenticate', ['sudoers-authenticate-off:1']],
  [
    'etc/sudoers',
    'Defaults !env_reset\nDefaults env_keep += "LD_PRELOAD"\nDefaults env_keep += "LANG"',
    ['sudoers-environment:1', 'sudoers-environment:2'],
  ],
  ['etc/sudoers.d/README', 'Cmnd_Alias X = /bin/ls', []],

  ['etc/pam.d/su', 'auth sufficient pam_rootok.so\nauth required pam_permit.so', []],
  ['etc/pam.d/sshd', 'auth sufficient pam_permit.so', ['pam-permit:1']],
  ['etc/pam.d/rlogin', 'auth required /lib/security/pam_rhosts.so', ['pam-rhosts:1']],
  ['etc/pam.d/common-auth', 'auth [success=1 default=ignore] pam_unix.so nullok', ['pam-null-passwords:1']],
  ['etc/pam.d/common-password', 'password [success=1 default=ignore] pam_unix.so obscure md5', ['pam-weak-hash:1']],
  ['etc/pam.d/common-password', 'password [success=1 default=ignore] pam_unix.so obscure yescrypt', []],

  ['etc/nginx/nginx.conf', 'user  nginx;\nhttp { server { listen 80; root /usr/share/nginx/html; } }', []],
  ['etc/nginx/nginx.conf', '# user root;\nuser root;', ['nginx-root-user:2']],
  ['etc/nginx/conf.d/a.conf', 'server {\n location / {\n  autoindex on;\n }\n}', ['nginx-directory-listing:3']],
  ['etc/nginx/sites-enabled/default', 'server { server_tokens on; }', ['nginx-version-shown:1']],
  ['nginx.conf', 'ssl_protocols TLSv1 TLSv1.2;', ['nginx-old-tls:1']],
  ['nginx.conf', 'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers HIGH:!aNULL:!MD5;', []],
  ['nginx.conf', "ssl_ciphers 'HIGH:RC4-SHA';", ['nginx-weak-ciphers:1']],
  ['nginx.conf', 'server { root /etc; }', ['nginx-root-of-everything:1']],
  ['nginx.conf', 'location /files { alias /data/; }', ['nginx-alias-traversal:1']],
  ['nginx.conf', 'location /files/ { alias /data/; } location = /x { alias /y/; } location ~ ^/z { alias /data/; }', []],
  ['nginx.conf', 'location /s { stub_status; }', ['nginx-open-status:1']],
  ['nginx.conf', 'location /s { stub_status; allow 127.0.0.1; deny all; }', []],

  ['etc/apache2/apache2.conf', 'User www-data\n<Directory /var/www/>\n Options -Indexes +FollowSymLinks\n</Directory>', []],
  ['etc/httpd/conf/httpd.conf', '<Directory "/var/www">\n Options Indexes FollowSymLinks\n</Directory>', ['httpd-directory-listing:2']],
  ['httpd.conf', 'ServerTokens Full', ['httpd-version-shown:1']],
  ['httpd.conf', 'TraceEnable on', ['httpd-trace:1']],
  ['etc/apache2/mods-enabled/ssl.conf', 'SSLProtocol all -SSLv3', ['httpd-old-tls:1']],
  ['etc/apache2/mods-enabled/ssl.conf', 'SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1\nSSLCipherSuite HIGH:!aNULL', []],
  ['httpd.conf', 'SSLCipherSuite HIGH:MEDIUM:aNULL', ['httpd-weak-ciphers:1']],
  ['httpd.conf', 'User root', ['httpd-root-user:1']],
  ['httpd.conf', 'ProxyRequests On', ['httpd-open-proxy:1']],
  ['httpd.conf', '<Directory />\n  Require all granted\n</Directory>', ['httpd-whole-tree-granted:2']],
  ['httpd.conf', '<Directory />\n  Require all denied\n</Directory>', []],
  ['httpd.conf', '<Location /server-status>\n SetHandler server-status\n</Location>', ['httpd-open-status:2']],
  ['httpd.conf', '<Location /server-status>\n SetHandler server-status\n Require local\n</Location>', []],

  ['etc/redis/redis.conf', 'bind 127.0.0.1 -::1\nprotected-mode yes', []],
  ['redis.conf', 'bind 0.0.0.0\nprotected-mode no', ['redis-open:1']],
  ['redis.conf', 'protected-mode no', ['redis-open:1']],
  ['redis.conf', 'protected-mode no\nrequirepass hunter22', ['redis-password-in-file:2']],
  ['redis.conf', 'enable-debug-command yes', ['redis-dangerous-commands:1']],
  ['var/lib/postgresql/data/pg_hba.conf', 'local all all peer\nhost all all 127.0.0.1/32 scram-sha-256', []],
  ['pg_hba.conf', 'host all all all trust', ['postgres-trust:1']],
  ['pg_hba.conf', 'host all all 10.0.0.0 255.0.0.0 trust', ['postgres-trust:1']],
  ['pg_hba.conf', 'local all all trust', ['postgres-trust-local:1']],
  ['pg_hba.conf', 'hostnossl all all 0.0.0.0/0 password', ['postgres-clear-password:1']],
  ['pg_hba.conf', 'host all all 0.0.0.0/0 md5', ['postgres-md5-password:1']],
  ['postgresql.conf', "listen_addresses = '*'		# all", ['postgres-open-without-tls:1']],
  ['postgresql.conf', "listen_addresses = '*'\nssl = on", []],
  ['postgresql.conf', 'password_encryption = md5', ['postgres-password-md5:1']],
  ['etc/mysql/my.cnf', '[client]\nuser=root\n[mysqld]\nuser = mysql\nsecure_file_priv=/var/lib/mysql-files', []],
  ['my.cnf', '[mysqld]\nskip-grant-tables', ['mysql-no-grants:2']],
  ['my.cnf', '[mysqld]\nuser = root', ['mysql-root-user:2']],
  ['etc/mysql/conf.d/a.cnf', '[mysqld]\nlocal_infile=1', ['mysql-local-infile:2']],
  ['my.cnf', '[mysqld]\nsecure-file-priv = ""', ['mysql-files-anywhere:2']],
  ['root/.my.cnf', '[client]\npassword = s3cret', ['mysql-password-in-file:2']],
  ['my.cnf', '[mysqld]\nold_passwords = 1', ['mysql-old-passwords:2']],

  ['usr/local/etc/php/php.ini', '; display_errors = On\ndisplay_errors = Off\nexpose_php = Off', []],
  ['etc/php/8.2/fpm/php.ini', 'display_errors = On', ['php-errors-shown:1']],
  ['php.ini', 'expose_php = On', ['php-version-shown:1']],
  ['php.ini', 'allow_url_include = On', ['php-url-include:1']],
  ['php.ini', 'register_globals = On', ['php-register-globals:1']],
  ['usr/local/etc/php/conf.d/xdebug.ini', 'xdebug.mode=develop,debug', ['php-remote-debugger:1']],

  ['srv/shop/settings.py', "import os\nDEBUG = True\nALLOWED_HOSTS = ['*']", ['django-debug:2', 'django-any-host:3']],
  ['srv/shop/settings.py', "DEBUG = os.environ.get('DEBUG') == '1'\n# DEBUG = True", []],
  ['app/app.py', "# app.run(debug=True)\napp.run(host='0.0.0.0', debug=True)", ['flask-debug:2']],
  ['app/.env', 'export APP_DEBUG=true\nNODE_ENV=production', ['environment-debug:1']],
  ['app/.env', 'RAILS_ENV=development', ['environment-debug:1']],
  ['application.properties', 'management.endpoints.web.exposure.include=*', ['spring-all-endpoints:1']],
  [
    'application.yml',
    'management:\n  endpoints:\n    web:\n      exposure:\n        include: "*"\nspring:\n  h2:\n    console:\n      enabled: true',
    ['spring-all-endpoints:5', 'spring-database-console:9'],
  ],
  ['application.yml', 'server:\n  error:\n    include-stacktrace: always', ['spring-details-shown:3']],
  ['application.yml', 'management:\n  endpoints:\n    web:\n      exposure:\n        include: health', []],
  ['Web.config', '<system.web><compilation debug="true" targetFramework="4.8"/></system.web>', ['aspnet-debug:1']],
  ['appsettings.json', '{ "DetailedErrors": true }', ['aspnet-debug:1']],
  ['config/environments/production.rb', '  config.consider_all_requests_local = true', ['rails-debug:1']],
  [
    'conf/tomcat-users.xml',
    '<!-- <user username="a" password="b" roles="manager-gui"/> -->\n<user username="tomcat" password="s3cret" roles="manager-gui"/>',
    ['tomcat-manager-user:2'],
  ],
];

describe('configuration files', () => {
  it.each(CASES)('%s: %j', (path, text, findings) => {
    expect(check(path, text)).toEqual(findings);
  });

  it('each rule has a case that it finds', () => {
    const found = new Set(CASES.flatMap(([, , ids]) => ids.map((id) => `file/${id.replace(/:.*/, '')}`)));
    expect(FILE_CHECKERS.flatMap(({ rules }) => rules.map(({ id }) => id)).filter((id) => !found.has(id))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('each rule has its sentences in %s, and their params', (language) => {
    for (const [path, text] of CASES) {
      const checker = FILE_CHECKERS.find((each) => each.recognises({ path, text }));
      for (const finding of checker?.check({ path, text }, {}) ?? []) {
        const sentences = checkSentences(finding.id, language);
        const named = [...`${sentences?.message}${sentences?.why}${sentences?.remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect([finding.id, named.filter((name) => !(String(name) in finding.params))]).toEqual([finding.id, []]);
        expect(sentences?.title).toBeTruthy();
      }
    }
  });

  it.each([
    ['redis.conf', 'requirepass hunter22-hunter22'],
    ['my.cnf', '[client]\npassword = "hunter22-hunter22"'],
    ['tomcat-users.xml', '<user username="tomcat" password="hunter22-hunter22" roles="manager-gui"/>'],
  ])('shows no password of %s', (path, text) => {
    const findings = FILE_CHECKERS.find((each) => each.recognises({ path, text }))?.check({ path, text }, {});
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('hunter22');
  });

  it.each(FILE_CHECKERS.map((checker) => [checker.id, checker] as const))('%s makes something of anything', (_, checker) => {
    const path = checker.id === 'spring' ? 'application.yml' : 'x';
    const odd = [
      '',
      '\0\0',
      '{'.repeat(5000),
      '<a>'.repeat(5000),
      '"'.repeat(4999),
      "a='",
      '\\\n'.repeat(3000),
      '[',
      `${' '.repeat(50000)}x`,
      'a: '.repeat(9000),
    ];
    for (const text of odd) expect(Array.isArray(checker.check({ path, text }, {}))).toBe(true);
  });
});
