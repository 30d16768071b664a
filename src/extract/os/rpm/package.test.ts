import { describe, expect, it } from 'vitest';
import { mutations } from '../../../../testing/mutations.ts';
import { rpmHeader } from '../../../../testing/rpm-databases.ts';
import { packageOf, type RpmPackage } from './package.ts';

type Values = Parameters<typeof rpmHeader>[0];

const BASE: Values = { 1000: { text: 'some' }, 1001: { text: '1.0' }, 1002: { text: '1' } };
const FILES: Values = { 1116: { int32: [0, 1] }, 1117: { texts: ['a', 'b'] }, 1118: { texts: ['/x/', '/y/'] } };

function read(values: Values, budget = { left: 1 << 20 }): RpmPackage | undefined {
  const found = packageOf(rpmHeader({ ...BASE, ...values }), budget);
  return found === 'malformed' ? undefined : found;
}

describe('package header', () => {
  it('is read or refused, however damaged, and never throws', () => {
    const header = rpmHeader({ ...BASE, ...FILES, 1003: { int32: [1] }, 1029: { chars: [0, 0] }, 1030: { int16: [0o100644, 0o100644] } });
    let sound = 0;
    for (const bytes of mutations(header, 5000)) {
      const found = packageOf(bytes, { left: 1 << 20 });
      if (found === undefined || found === 'malformed') continue;
      sound++;
      expect(typeof found.name).toBe('string');
      expect((found.files ?? '').length).toBeLessThan(1000);
    }
    expect(sound).toBeGreaterThan(100);
  });

  it('takes the source package from the name of its file', () => {
    const source = (file: string) => read({ 1044: { text: file } })?.source;
    expect(source('openssl-3.0.7-27.el9.src.rpm')).toEqual({ name: 'openssl', version: '3.0.7-27.el9' });
    expect(source('java-17-openjdk-17.0.9-1.nosrc.rpm')).toEqual({ name: 'java-17-openjdk', version: '17.0.9-1' });
    expect(source('(none)')).toBeUndefined();
    expect(source('nothing.src.rpm')).toBeUndefined();
  });

  it('writes an epoch only where it is not 0', () => {
    expect(read({ 1003: { int32: [0] } })?.version).toBe('1.0-1');
    expect(read({ 1003: { int32: [4_000_000_000] } })?.version).toBe('4000000000:1.0-1');
    expect(read({ 1003: { text: '5' } })?.version).toBe('1.0-1');
  });

  it('takes what was added behind a signed region instead of what is in it', () => {
    const twice = rpmHeader({ ...BASE, 1022: { text: 'i386' }, 1023: { text: 'x86_64' } });
    const second = twice.indexOf(Buffer.from([0, 0, 0x03, 0xff]));
    twice.writeUInt32BE(1022, second);
    expect(packageOf(twice, { left: 0 })).toMatchObject({ arch: 'x86_64' });
  });
});

describe('files', () => {
  it('are listed by folder and name, or by whole paths as before rpm 4', () => {
    expect(read(FILES)?.files).toBe('x/a\ny/b\n');
    expect(read({ 1027: { texts: ['/usr/bin/a', '/etc/b'] } })?.files).toBe('usr/bin/a\netc/b\n');
  });

  it('without a folder, with a line feed, or longer than any path, do not come in the way of others', () => {
    const odd = { 1116: { int32: [7, 0, 0, 0] }, 1117: { texts: ['lost', 'line\nfeed', 'n'.repeat(5000), 'b'] }, 1118: { texts: ['/x/'] } };
    expect(read(odd)?.files).toBe('x/b\n');
  });

  it('cannot be multiplied beyond the budget of the database', () => {
    const names = Array.from({ length: 20_000 }, () => 'n');
    const header = { 1116: { int32: names.map(() => 0) }, 1117: { texts: names }, 1118: { texts: [`/${'d'.repeat(4000)}/`] } };
    const budget = { left: 100_000 };
    expect(read(header, budget)?.files?.length).toBeLessThan(101_000);
    expect(read(FILES, { left: 0 })?.files).toBeUndefined();
  });
});
