import { describe, expect, it } from 'vitest';
import { checkerContract } from '../../../testing/checker-contract.ts';
import { casesOf, SECRET } from '../../../testing/container-cases.ts';
import { compose } from './index.ts';
import { invalidVariables } from './interpolation.ts';

const service = (lines: string) => `services:\n  web:\n    image: app:1\n    ${lines}\n`;

checkerContract(compose, {
  path: 'compose.yaml',
  cases: [
    ...casesOf('compose'),
    { rule: 'compose/syntax', bad: 'services:\n  web: {image: a\n', good: service('init: true') },
    { rule: 'compose/syntax', bad: 'services:\n  web:\n    image: a\n    image: b\n', good: service('init: true') },
    { rule: 'compose/obsolete-version', bad: `version: "3.8"\n${service('init: true')}`, good: `name: shop\n${service('init: true')}` },
    { rule: 'compose/unknown-key', bad: service('volums: []'), good: service('x-mine: 1') },
    { rule: 'compose/unknown-key', bad: 'services: {}\nnetwork: {}\n', good: 'services: {}\nnetworks: {}\n' },
    { rule: 'compose/unknown-key', bad: service('deploy: {limits: {}}'), good: service('deploy: {resources: {}}') },
    { rule: 'compose/invalid-interpolation', bad: service('command: "echo ${1}"'), good: service('command: "echo $${1} ${A:-${B}} $C"') },
    {
      rule: 'compose/invalid-interpolation',
      bad: service('environment: {A: "pa$$w$0rd"}'),
      good: service('environment: {A: "pa$$w$$0rd"}'),
    },
    {
      rule: 'compose/undefined-reference',
      bad: service('volumes: ["data:/data"]'),
      good: `${service('volumes: ["data:/data"]')}volumes: {data: {}}\n`,
    },
    { rule: 'compose/undefined-reference', bad: service('depends_on: [db]'), good: service('depends_on: [web]') },
    { rule: 'compose/undefined-reference', bad: service('networks: {back: {aliases: [a]}}'), good: service('networks: [default]') },
    {
      rule: 'compose/undefined-reference',
      bad: service('secrets: [{source: key}]'),
      good: `include: [other.yaml]\n${service('secrets: [key]')}`,
    },
    {
      rule: 'compose/duplicate-port',
      bad: `${service('ports: ["80:80"]')}  api: {image: b, ports: ["80:8080"]}\n`,
      good: `${service('ports: ["80:80"]')}  api: {image: b, ports: ["80:80/udp"]}\n`,
    },
    {
      rule: 'compose/privileged-build',
      bad: service('build: {context: ., privileged: true}'),
      good: service('build: {context: ., privileged: false}'),
    },
    { rule: 'compose/privileged-build', bad: service('build: {entitlements: [security.insecure]}'), good: service('build: .') },
    {
      rule: 'compose/secret-in-build-argument',
      bad: service(`build: {context: ., args: {NPM_TOKEN: ${SECRET}}}`),
      good: service('build: {context: ., args: [NPM_TOKEN, VERSION=1]}'),
    },
  ],
  malformed: [
    'services: []',
    'services:\n  - a',
    'services:\n  a: 1',
    'services: {a: {ports: {}, volumes: 5, environment: [1, [2]], extends: a}}',
    'services:\n  a:\n    <<: [*b, 1]\n',
  ],
});

const ids = (text: string) => compose.check({ path: 'compose.yaml', text }, {}).map(({ id }) => id);

describe('services', () => {
  it('have what anchors and merge keys give them, said once where it is written', () => {
    const text = `x-base: &base\n  privileged: true\n  user: app\nservices:\n  a: {<<: *base, image: "a:1"}\n  b: {<<: [*base], image: "b:1", user: root}\n`;
    const found = compose.check({ path: 'compose.yaml', text }, {});
    expect(found.filter(({ id }) => id === 'compose/privileged').map(({ location }) => location.line)).toEqual([2]);
    expect(found.filter(({ id }) => id === 'compose/root-user').map(({ resource }) => resource)).toEqual(['service b']);
    expect(found.filter(({ id }) => id === 'compose/no-user' || id === 'compose/unknown-key')).toEqual([]);
  });

  it('have what the service has that they extend', () => {
    const text =
      'services:\n  base: {image: "a:1", user: app, read_only: true, cap_drop: [ALL]}\n  web: {extends: base, image: "b:1"}\n  api: {extends: {service: base}, user: root}\n';
    const web = compose.check({ path: 'compose.yaml', text }, {}).filter(({ resource }) => resource !== 'service base');
    expect(web.map(({ id }) => id)).not.toContain('compose/no-user');
    expect(web.map(({ id }) => id)).not.toContain('compose/capabilities-kept');
    expect(web.filter(({ id }) => id === 'compose/root-user').map(({ resource }) => resource)).toEqual(['service api']);
  });

  it('that extend one of another file are not said to lack what that may have', () => {
    const found = ids('services:\n  web: {extends: {file: base.yaml, service: web}, image: "a:1", privileged: true}\n');
    expect(found).toContain('compose/privileged');
    expect(found.filter((id) => /\/(?:no-|writable|capabilities)/.test(id))).toEqual([]);
  });

  it('that are built are not asked for a digest', () => {
    expect(ids('services:\n  web: {build: ., image: shop}\n').filter((id) => id.includes('image'))).toEqual([]);
  });

  it('are read from every document of the file', () => {
    expect(ids('services:\n  a: {image: "a:1"}\n---\nservices:\n  b: {image: "b:1", privileged: true}\n')).toContain('compose/privileged');
  });
});

describe('ignores', () => {
  it('above a key cover all that belongs to it', () => {
    const text =
      'services:\n  # plimsoll:ignore compose/privileged,CIS-Docker-4.1 needed for the tests\n  a:\n    image: a:1\n    privileged: true\n  b:\n    image: b:1\n    privileged: true\n';
    const found = compose.check({ path: 'compose.yaml', text }, {});
    const privileged = found
      .filter(({ id }) => id === 'compose/privileged')
      .map(({ resource, suppressed }) => [resource, suppressed?.reason]);
    expect(privileged).toEqual([
      ['service a', 'needed for the tests'],
      ['service b', undefined],
    ]);
    expect(found.filter(({ id }) => id === 'compose/no-user').map(({ suppressed }) => suppressed !== undefined)).toEqual([true, false]);
  });
});

describe('invalidVariables', () => {
  it.each([
    ['$NAME ${NAME} ${NAME:-a} ${N-} ${N:?gone} ${N?} ${N:+x} ${A:-${B:-c}} $$ 5$$', []],
    ['${}', ['${}']],
    ['${A', ['${A']],
    ['${A:-${B}', ['${A:-${B}']],
    ['a$', ['$']],
    ['$5 and ${A!}', ['$5 and ${A!}', '${A!}']],
  ])('of %s', (text, expected) => {
    expect(invalidVariables(text)).toEqual(expected);
  });
});

describe('recognises', () => {
  it.each([
    ['services:\n  a:\n    image: b\n', true],
    ['x: 1\nservices:\n  a:\n    build: .\n', true],
    ['apiVersion: v1\nkind: Service\nservices:\n  a:\n    image: b\n', false],
    ['services: [a]\n', false],
    ['on: push\njobs:\n  services:\n    image: a\n', false],
  ])('%j: %s', (text, expected) => {
    expect(compose.recognises({ path: 'x.yaml', text })).toBe(expected);
  });
});
