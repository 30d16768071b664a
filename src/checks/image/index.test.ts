import { describe, expect, it } from 'vitest';
import { checkSentences } from '../../messages/checks/index.ts';
import type { ImageConfig } from '../../model/index.ts';
import { withoutHashes } from '../../util/accounts.ts';
import { FactCollector } from './collect.ts';
import { type BuiltImage, checkImage, IMAGE_RULES, type LayerFacts } from './index.ts';

const NOTHING: LayerFacts = { modes: [], left: [], present: [], accounts: [], files: [], read: 0 };

function image(
  config: Partial<ImageConfig['config']> = {},
  rest: Partial<BuiltImage & Pick<ImageConfig, 'history' | 'created'>> = {},
): BuiltImage {
  const { history = [], created = '2026-11-01T00:00:00Z', ...facts } = rest;
  const healthcheck = { test: ['CMD', 'true'] };
  const { modes, left, present, accounts } = NOTHING;
  return {
    target: { kind: 'image', spec: 'a', name: 'a:1', tags: ['1'] },
    config: {
      architecture: 'amd64',
      os: 'linux',
      created,
      diffIds: [],
      history,
      config: { user: '1000', env: [], labels: {}, exposedPorts: [], volumes: [], healthcheck, ...config },
    },
    ...{ modes, left, present, accounts },
    now: new Date('2026-11-22T00:00:00Z'),
    ...facts,
  };
}

const mode = (path: string, bits: number, folder = false) => ({ path, mode: bits, uid: 0, gid: 0, folder });
const accounts = (path: string, text: string) => ({ accounts: [{ path, text }] });
const history = (createdBy: string) => ({ history: [{ createdBy, emptyLayer: false }] });

/** What, the image, and the rules that speak, with the severity where it is not the rule's own. */
const CASES: readonly [what: string, image: BuiltImage, findings: readonly string[]][] = [
  ['nothing wrong', image(), []],
  ['no user', image({ user: '' }), ['root-user config.User']],
  ['root with a group', image({ user: 'root:app' }), ['root-user config.User']],
  ['root by number', image({ user: '0:0' }), ['root-user config.User']],
  ['a user that begins like root', image({ user: 'rootless' }), []],
  [
    'SSH and a web port',
    image({ exposedPorts: ['22/tcp', '8080/tcp', '2375'] }),
    ['management-port config.ExposedPorts', 'management-port config.ExposedPorts'],
  ],
  ['UDP of the same number', image({ exposedPorts: ['514/udp'] }), []],
  [
    'no health check',
    { ...image(), config: { ...image().config!, config: { env: [], labels: {}, exposedPorts: [], volumes: [], user: '1' } } },
    ['no-healthcheck config.Healthcheck'],
  ],
  ['latest', image({}, { target: { kind: 'image', spec: 'a', name: 'a:latest', tags: ['latest'] } }), ['latest-tag reference']],
  [
    'secrets by name',
    image({ env: ['DB_PASSWORD=hunter22', 'API_KEY=abcdef', 'PATH=/usr/bin'] }),
    ['secret-in-environment config.Env', 'secret-in-environment config.Env'],
  ],
  [
    'no secrets by name',
    image({
      env: ['DB_PASSWORD=', 'DB_PASSWORD_FILE=/run/x', 'TOKEN_TTL=3600', 'SSH_KEY=/run/secrets/key', 'GPG_KEY=ABCDEF', 'MONKEY=banana'],
    }),
    [],
  ],
  ['volumes', image({ volumes: ['/etc', '/var/lib/data'] }), ['system-volume config.Volumes']],
  ['ADD', image({}, history('ADD app.tar.gz /app # buildkit')), ['add-instruction history[0]']],
  ['the base', image({}, history('/bin/sh -c #(nop) ADD file:0123 in / ')), []],
  ['COPY', image({}, history('COPY app /app # buildkit')), []],
  ['old', image({}, { created: '2026-01-01T00:00:00Z' }), ['old created']],
  ['made to be the same whenever it is built', image({}, { created: '1970-01-01T00:00:00Z' }), []],
  [
    'setuid',
    image({}, { modes: [mode('usr/local/bin/helper', 0o4755), mode('usr/bin/passwd', 0o4755), mode('srv/shared', 0o2775, true)] }),
    ['setuid usr/local/bin/helper', 'setuid usr/bin/passwd low'],
  ],
  ['setgid without anybody who may run it', image({}, { modes: [mode('var/mail/x', 0o2660)] }), []],
  [
    'world-writable',
    image({}, { modes: [mode('app/run.sh', 0o777), mode('app/data', 0o777, true), mode('tmp/x', 0o666)] }),
    ['world-writable app/run.sh', 'world-writable app/data'],
  ],
  ['an empty password', image({}, accounts('etc/shadow', 'root:!:1::::::\nbob::1::::::\n')), ['empty-password etc/shadow:2']],
  [
    'an empty password in passwd',
    image({}, accounts('etc/passwd', 'root:x:0:0::/root:/bin/sh\nbob::1000:1000::/:/bin/sh')),
    ['empty-password etc/passwd:2'],
  ],
  ['one number twice', image({}, accounts('etc/passwd', 'root:x:0:0:::\na:x:7:7:::\nb:x:7:8:::')), ['duplicate-id etc/passwd:3']],
  ['one group number twice', image({}, accounts('etc/group', 'a:x:7:\nb:x:7:')), ['duplicate-id etc/group:2']],
  ['another root', image({}, accounts('etc/passwd', 'root:x:0:0:::\ntoor:x:0:0:::')), ['second-root etc/passwd:2']],
  ['sshd', image({}, { present: [{ path: 'usr/sbin/sshd' }] }), ['remote-login-server usr/sbin/sshd']],
  [
    'lists of apt',
    image({}, { left: [{ path: 'var/lib/apt/lists/a_InRelease', size: 9e6, kind: 'apt-lists' }] }),
    ['cache-left var/lib/apt/lists'],
  ],
  ['next to nothing of them', image({}, { left: [{ path: 'var/lib/apt/lists/a_InRelease', size: 9000, kind: 'apt-lists' }] }), []],
  [
    'a repository and a history',
    image(
      {},
      {
        left: [
          { path: 'app/.git/HEAD', size: 9, kind: 'repository' },
          { path: 'app/.git/config', size: 9, kind: 'repository' },
          { path: 'root/.bash_history', size: 9, kind: 'shell-history' },
          { path: 'app/Dockerfile', size: 9, kind: 'build-file' },
        ],
      },
    ),
    ['unneeded-file app/.git medium', 'unneeded-file root/.bash_history medium', 'unneeded-file app/Dockerfile'],
  ],
];

const told = (built: BuiltImage) =>
  checkImage(built).map(({ id, location: { file, line }, severity }) => {
    const own = IMAGE_RULES.find((rule) => rule.id === id)?.severity;
    return `${id.replace('image/', '')} ${file}${line === undefined ? '' : `:${line}`}${severity === own ? '' : ` ${severity}`}`;
  });

describe('a built image', () => {
  it.each(CASES)('%s', (_, built, findings) => {
    expect(told(built)).toEqual(findings);
  });

  it('each rule has a case that it finds', () => {
    const found = new Set(CASES.flatMap(([, , ids]) => ids.map((id) => `image/${id.split(' ')[0]}`)));
    expect(IMAGE_RULES.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('each finding has its sentences in %s, and their params', (language) => {
    for (const finding of CASES.flatMap(([, built]) => checkImage(built))) {
      const sentences = checkSentences(finding.id, language);
      const named = [...`${sentences?.message}${sentences?.why}${sentences?.remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([finding.id, sentences?.title, named.filter((name) => !(String(name) in finding.params))]).toEqual([
        finding.id,
        expect.any(String),
        [],
      ]);
    }
  });

  it('shows no value of a variable', () => {
    expect(JSON.stringify(checkImage(image({ env: ['DB_PASSWORD=hunter22'] })))).not.toContain('hunter22');
  });

  it('lists so many of a rule and no more', () => {
    const modes = Array.from({ length: 5000 }, (_, i) => mode(`f${i}`, 0o777));
    expect(checkImage(image({}, { modes }))).toHaveLength(1000);
  });
});

describe('what is collected of files', () => {
  it('is what rules look at, and the last of each path', () => {
    const facts = new FactCollector();
    facts.entry('usr/bin/su', { type: 'file', size: 5, mode: 0o4755, uid: 0, gid: 0 });
    facts.entry('usr/bin/ls', { type: 'file', size: 5, mode: 0o755, uid: 0, gid: 0 });
    facts.entry('app', { type: 'directory', size: 0, mode: 0o755, uid: 1000, gid: 1000 });
    facts.entry('tmp', { type: 'directory', size: 0, mode: 0o1777, uid: 0, gid: 0 });
    facts.entry('srv', { type: 'directory', size: 0, mode: 0o777, uid: 0, gid: 0 });
    facts.entry('bin/sh', { type: 'symlink', size: 0, mode: 0o777, uid: 0, gid: 0 });
    facts.entry('srv', { type: 'directory', size: 0, mode: 0o755, uid: 0, gid: 0 });
    facts.entry('usr/sbin/sshd', { type: 'file', size: 9, mode: 0o755, uid: 0, gid: 0 });
    facts.entry('var/lib/apt/lists/deb.debian.org_InRelease', { type: 'file', size: 5, mode: 0o644, uid: 0, gid: 0 });
    expect(facts.wants('etc/shadow', 40)).toBe(true);
    facts.text('etc/shadow', 'root:$y$j9T$abc:1:::\nbob::1:::\nx:*:1:::');
    expect(facts.wants('etc/ssh/sshd_config', 40)).toBe(true);
    facts.text('etc/ssh/sshd_config', 'PermitRootLogin yes');
    expect(facts.facts()).toMatchObject({
      modes: [{ path: 'usr/bin/su', mode: 0o4755 }],
      left: [{ path: 'var/lib/apt/lists/deb.debian.org_InRelease', size: 5, kind: 'apt-lists' }],
      present: [{ path: 'usr/sbin/sshd' }],
      accounts: [{ path: 'etc/shadow', text: 'root:x:1:::\nbob::1:::\nx:!:1:::' }],
      files: [{ path: 'etc/ssh/sshd_config', findings: [{ id: 'file/sshd-root-login' }] }],
      read: 1,
    });
  });

  it.each([
    'usr/lib/python3/dist-packages/x/settings.py',
    'usr/share/doc/nginx/examples/nginx.conf',
    'app/node_modules/x/.env',
    'etc/apache2/mods-available/ssl.conf',
    'app/package.json',
  ])('is nothing of %s', (path) => {
    expect(new FactCollector().wants(path, 100)).toBe(false);
  });

  it('is no password', () => {
    expect(withoutHashes('root:$6$salt$hash:19000:0:99999:7:::\n')).toBe('root:x:19000:0:99999:7:::\n');
  });
});

it('knows an image that has another name and tag again', () => {
  const named = (name: string) =>
    checkImage(image({}, { target: { kind: 'image', spec: name, name, tags: ['latest'] } })).find(({ id }) => id === 'image/latest-tag');
  expect(named('shop/web:latest')?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(named('other:latest')?.fingerprint).toBe(named('shop/web:latest')?.fingerprint);
});
