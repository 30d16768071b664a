import { describe, expect, it } from 'vitest';
import { CONTAINER_CASES, composeText, DIGEST, runText, SECRET } from '../../../testing/container-cases.ts';
import { compose } from '../compose/index.ts';
import { run } from '../run/index.ts';
import { isDigest, mendedDigest, splitImage } from './image-reference.ts';
import { CONTAINER_RULES } from './rules.ts';
import { parsePort, parseVolume } from './short-forms.ts';

describe('rules that both surfaces share', () => {
  it('all have cases', () => {
    expect(CONTAINER_RULES.map(({ key }) => key).filter((key) => !(key in CONTAINER_CASES))).toEqual([]);
  });

  const pairs = Object.entries(CONTAINER_CASES).flatMap(([key, cases]) => cases.map((each) => ({ key, each })));
  const find = (checker: typeof compose, id: string, path: string, text: string) =>
    checker.check({ path, text }, {}).filter((finding) => finding.id === id);

  it.each(pairs.filter(({ each }) => each[0]))('compose/$key', ({ key, each: [bad, good] }) => {
    const found = find(compose, `compose/${key}`, 'compose.yaml', composeText(bad));
    expect(found, composeText(bad)).toHaveLength(1);
    expect(found[0]).toMatchObject({ resource: 'service web', domain: 'compose' });
    expect(find(compose, `compose/${key}`, 'compose.yaml', composeText(good)), composeText(good)).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  it.each(pairs)('run/$key', ({ key, each: [, , bad, good] }) => {
    const found = find(run, `run/${key}`, 'run.sh', runText(bad));
    expect(found, runText(bad)).toHaveLength(1);
    expect(find(run, `run/${key}`, 'run.sh', runText(good)), runText(good)).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  it('weigh a read-only mount, a raw disk and the port of a database by what they are', () => {
    const severity = (key: string, options: string) => find(run, `run/${key}`, 'run.sh', runText(options)).map((each) => each.severity);
    expect(severity('sensitive-mount', '-v /etc:/e')).toEqual(['high']);
    expect(severity('sensitive-mount', '-v /etc:/e:ro')).toEqual(['medium']);
    expect(severity('host-device', '--device /dev/sda')).toEqual(['high']);
    expect(severity('host-device', '--device /dev/snd')).toEqual(['medium']);
    expect(severity('management-port', '-p 22:22')).toEqual(['high']);
    expect(severity('management-port', '-p 5432:5432')).toEqual(['medium']);
  });
});

describe('names of images', () => {
  it('are split at the tag and the digest, not at the port of a registry', () => {
    expect(splitImage('r:5000/a')).toEqual({ name: 'r:5000/a' });
    expect(splitImage('r:5000/a:1@sha256:x')).toEqual({ name: 'r:5000/a', tag: '1', digest: 'sha256:x' });
  });

  it('have a digest written once', () => {
    expect(mendedDigest(`sha256:${DIGEST}`)).toBe(DIGEST);
    expect(mendedDigest(`sha256:sha256:${DIGEST}`)).toBe(DIGEST);
    expect(mendedDigest('sha256:sha256:12')).toBeUndefined();
    expect(isDigest(DIGEST)).toBe(true);
  });
});

describe('short forms', () => {
  const at = { start: 0, end: 0 };

  it.each([
    ['80', { containerPort: '80' }],
    ['8080:80/udp', { hostPort: '8080', containerPort: '80/udp' }],
    ['127.0.0.1:8080:80', { hostIp: '127.0.0.1', hostPort: '8080', containerPort: '80' }],
    ['127.0.0.1::80', { hostIp: '127.0.0.1', containerPort: '80' }],
    ['[::1]:80:80', { hostIp: '::1', hostPort: '80', containerPort: '80' }],
    ['${PORT:-80}:80', { hostPort: '${PORT:-80}', containerPort: '80' }],
  ])('of a port: %s', (written, expected) => {
    expect(parsePort(written, at)).toEqual({ ...expected, at });
  });

  it.each([
    ['/data', { type: 'volume', target: '/data', readOnly: false }],
    ['data:/data:ro', { type: 'volume', source: 'data', target: '/data', readOnly: true }],
    ['./a:/b', { type: 'bind', source: './a', target: '/b', readOnly: false }],
    ['C:\\a:/b', { type: 'bind', source: 'C:\\a', target: '/b', readOnly: false }],
    ['${HOME:-/root}:/b:Z,rslave', { type: 'bind', source: '${HOME:-/root}', target: '/b', readOnly: false, propagation: 'rslave' }],
  ])('of a volume: %s', (written, expected) => {
    expect(parseVolume(written, at)).toEqual({ ...expected, at });
  });
});
