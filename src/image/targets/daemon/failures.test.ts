import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../../util/errors.ts';
import { daemonFailure } from './failures.ts';

const system = (code: string) => Object.assign(new Error(code), { code });
const network = (code: string) => new PlimsollError('network-failed', { host: 'localhost', detail: code }, { cause: system(code) });

describe('what a socket answers to connect(2), as a coded error', () => {
  it.each([
    ['ENOENT', 'daemon-missing'],
    ['ECONNREFUSED', 'daemon-missing'],
    ['ENOTDIR', 'daemon-missing'],
    ['EACCES', 'daemon-denied'],
    ['EPERM', 'daemon-denied'],
    ['ECONNRESET', 'daemon-protocol'],
    ['EPROTOTYPE', 'daemon-protocol'],
  ])('%s', (code, expected) => {
    for (const error of [system(code), network(code)]) {
      expect(daemonFailure(error, 'docker', '/x.sock')).toMatchObject({ code: expected, cause: error, params: { address: '/x.sock' } });
    }
  });

  it('a daemon that says nothing', () => {
    const silent = new PlimsollError('network-timeout', { host: 'localhost', seconds: 60 });
    expect(daemonFailure(silent, 'podman', '/x.sock')).toMatchObject({ code: 'daemon-protocol', params: { detail: '60 s' } });
  });

  it('leaves alone what has a code, and what is a mistake of ours', () => {
    const offline = new PlimsollError('offline', { what: 'host' });
    const bug = new TypeError('x is undefined');
    expect(daemonFailure(offline, 'docker', '')).toBe(offline);
    expect(daemonFailure(bug, 'docker', '')).toBe(bug);
  });
});
