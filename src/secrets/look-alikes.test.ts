import { describe, expect, it } from 'vitest';
import { entropy, harmless, placeholder } from './look-alikes.ts';
import { pathClassifier, SKIP_CLASSES, SKIP_PRESETS } from './paths.ts';

describe('entropy', () => {
  it('is that of Shannon, in bits a character', () => {
    expect(entropy('')).toBe(0);
    expect(entropy('aaaa')).toBe(0);
    expect(entropy('abab')).toBe(1);
    expect(entropy('abcdefgh')).toBe(3);
  });
});

describe('a placeholder', () => {
  const templates = [
    '${DB_PASSWORD}',
    '$TOKEN',
    '{{ .Values.key }}',
    '<your-api-key>',
    '%(password)s',
    '%TOKEN%',
    '$(cat key)',
    '[REDACTED]',
    '@db.password@',
    '__TOKEN__',
    'process.env.KEY',
    '#{secret}',
    '!Ref Key',
    'var.password',
  ];
  it.each([
    ...templates,
    'xxxxxxxx',
    '********',
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'changeme',
    'your-token-here',
    'ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    '0123456789abcdef',
    'glpat-abcdefghijklmnopqrst',
    'sk_test_placeholder1',
  ])('is %s', (text) => {
    expect(placeholder(text)).toBeDefined();
  });

  it.each(['Tr0ub4dor&3', 'q8w7e6r5t4z3u2', 'AKIAQ3EGRIZWXYMU7K2D', 'p@ss$word{1}', '$2y$10$abc', 'hunter2!', 'correct horse battery'])(
    'is not %s',
    (text) => {
      expect(placeholder(text)).toBeUndefined();
    },
  );
});

describe('what only its name makes suspicious', () => {
  it.each([
    ['9e107d9d372bb6826bd81d3542a419d6', 'md5 = "'],
    ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'commit: '],
    ['sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg==', '"integrity": "'],
    ['123e4567-e89b-12d3-a456-426614174000', 'token_id='],
    ['/run/secrets/password', 'password_file='],
    ['https://example.org/token', 'token_url='],
    ['passwordField', 'password='],
    ['my.secret.name', 'secret='],
    ['password', 'secret='],
    ['getToken()', 'token = '],
    ['cms/sites/passwords#update', 'password = '],
    ['#add-password', 'password = '],
    ['1.2.3', 'token = '],
  ])('is harmless: %s behind %j', (value, before) => {
    expect(harmless(value, before)).toBeDefined();
  });

  it.each(['9e107d9d372bb6826bd81d3542a419d6', 'Tr0ub4dor&3', 'q8W7e6R5t4Z3', '#gets0m3', 'aB/cD/eF'])('may be a secret: %s', (value) => {
    expect(harmless(value, 'password = "')).toBeUndefined();
  });
});

describe('classes of path', () => {
  const classify = pathClassifier(SKIP_PRESETS.default);
  it.each([
    ['app/node_modules/a/index.js', 'node-modules'],
    ['usr/lib/python3/dist-packages/x.py', 'python-libraries'],
    ['opt/venv/lib/python3.12/site-packages/x/y.py', 'python-libraries'],
    ['usr/local/lib/python3.12/json/x.py', 'python-libraries'],
    ['var/lib/gems/3.1.0/gems/rack/x.rb', 'ruby-libraries'],
    ['usr/local/go/src/fmt/print.go', 'language-runtimes'],
    ['root/.cargo/registry/src/x.rs', 'language-runtimes'],
    ['usr/lib/x86_64-linux-gnu/x', 'system-libraries'],
    ['usr/share/doc/x/copyright', 'system-data'],
    ['var/lib/dpkg/status', 'package-databases'],
    ['srv/vendor/x.php', 'vendored'],
    ['srv/test/fixtures/key.pem', 'tests'],
    ['srv/src/login.test.ts', 'tests'],
    ['srv/locale/de/x.json', 'locales'],
    ['srv/README.md', 'markdown'],
    ['srv/logo.PNG', 'images'],
    ['srv/a.woff2', 'fonts'],
    ['srv/a.tar.gz', 'archives'],
    ['srv/libx.so.1.2', 'programs'],
    ['srv/app.min.js', 'minified'],
    ['srv/package-lock.json', 'lock-files'],
  ])('%s is of %s', (path, expected) => {
    expect(classify(path, 1000)).toBe(expected);
  });

  it.each([
    'app/config.yaml',
    'etc/passwd',
    'root/.ssh/id_rsa',
    'srv/server.js',
    'usr/share/nginx/html/config.js',
    'app/node_modules/x/.npmrc',
    'app/tests/.env',
    'root/.bash_history',
    'app/latest/settings.py',
    'srv/.git/config',
    'usr/local/bin/start.sh',
    'home/me/contest.txt',
  ])('%s is read', (path) => {
    expect(classify(path, 1000)).toBeUndefined();
  });

  it('are settable, and presets are of known ones', () => {
    expect(pathClassifier(['markdown'])('app/node_modules/README.md', 100)).toBe('markdown');
    expect(pathClassifier([])('app/node_modules/README.md', 0)).toBeUndefined();
    expect(classify('app/x', 3)).toBe('small');
    for (const preset of Object.values(SKIP_PRESETS)) expect(preset.every((one) => SKIP_CLASSES.includes(one))).toBe(true);
  });
});
