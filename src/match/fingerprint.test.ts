import { describe, expect, it } from 'vitest';
import { library } from '../../testing/fixtures/inventory.ts';
import { fingerprint } from './fingerprint.ts';

const jar = (version: string, path: string) => library('maven', 'org.apache.logging.log4j:log4j-core', version, { path });
const of = (repository: string | undefined, version: string, path: string, flaw = 'CVE-2021-44228') =>
  fingerprint(repository, jar(version, path), flaw);

describe('a fingerprint', () => {
  const base = of('shop/api', '2.14.1', 'opt/app/lib/log4j-core-2.14.1.jar');

  it('is a sha256', () => {
    expect(base).toMatch(/^[0-9a-f]{64}$/);
  });

  it('survives another version, also where the path holds it', () => {
    expect(of('shop/api', '2.15.0', 'opt/app/lib/log4j-core-2.15.0.jar')).toBe(base);
  });

  it.each([
    ['repository', of('shop/web', '2.14.1', 'opt/app/lib/log4j-core-2.14.1.jar')],
    ['path', of('shop/api', '2.14.1', 'opt/other/lib/log4j-core-2.14.1.jar')],
    ['flaw', of('shop/api', '2.14.1', 'opt/app/lib/log4j-core-2.14.1.jar', 'CVE-2021-45046')],
    [
      'package',
      fingerprint('shop/api', library('maven', 'g:other', '2.14.1', { path: 'opt/app/lib/log4j-core-2.14.1.jar' }), 'CVE-2021-44228'),
    ],
  ])('differs by %s', (_what, other) => {
    expect(other).not.toBe(base);
  });

  it('takes only whole versions out of a path', () => {
    expect(of('r', '1', 'opt/v10/lib/a1.jar')).not.toBe(of('r', '2', 'opt/v20/lib/a2.jar'));
  });
});
