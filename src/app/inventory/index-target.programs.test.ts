import { describe, expect, it } from 'vitest';
import { buildElf } from '../../../testing/elf-builder.ts';
import { type TarEntry, writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf } from '../../../testing/layers.ts';
import { indexTarget } from './index-target.ts';

function program(path: string, text: string): TarEntry {
  const part = { address: 0x10000, content: Buffer.from(`\0${text}\0`), flags: 4, section: '.rodata' };
  return { path, content: buildElf({ wide: true, little: true, parts: [part] }), mode: 0o755 };
}

const BUSYBOX = 'BusyBox v1.36.1 (2024-01-01 00:00:00 UTC)';
const node = (version: string): string => `/download/release/v${version}/node-v${version}.tar.gz`;
const link = (path: string, target: string): TarEntry => ({ path, type: 'hardlink', target, mode: 0o755 });

async function found(...layers: readonly (readonly TarEntry[])[]): Promise<string[]> {
  const inventory = await indexTarget(imageOf(...layers.map(writeTar)));
  expect(inventory.gaps).toEqual([]);
  return inventory.packages.map((one) => `${one.type} ${one.name} ${one.version} ${one.path}${one.ownedBy ? ' owned' : ''}`);
}

describe('a program of many names', () => {
  it('is told by its own, whichever of its hard links carries the content', async () => {
    const image = [program('bin/[', BUSYBOX), link('bin/ash', 'bin/['), link('bin/busybox', 'bin/['), link('bin/sh', 'bin/[')];
    expect(await found(image)).toEqual(['generic busybox 1.36.1 bin/busybox']);
  });

  it('is one where several of the names are known', async () => {
    const image = [program('opt/bin/perl', '/opt/lib/perl5/5.40.0'), link('opt/bin/perl5.40.0', 'opt/bin/perl')];
    expect(await found(image)).toEqual(['generic perl 5.40.0 opt/bin/perl']);
  });

  it('is what the topmost layer has', async () => {
    expect(await found([program('bin/node', node('18.0.0'))], [program('bin/node', node('20.1.0'))])).toEqual([
      'generic node 20.1.0 bin/node',
    ]);
  });
});

describe('a program that an OS package owns', () => {
  const system = (maintainer: string): TarEntry[] => [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
    {
      path: 'var/lib/dpkg/status',
      content: `Package: nodejs\nStatus: install ok installed\nMaintainer: ${maintainer}\nArchitecture: amd64\nVersion: 18.20.4-1\n\n`,
    },
    { path: 'var/lib/dpkg/info/nodejs.list', content: '/.\n/usr\n/usr/bin\n/usr/bin/node\n' },
    program('usr/bin/node', node('18.20.4')),
    program('usr/local/bin/node', node('20.1.0')),
  ];
  const deb = 'deb nodejs 18.20.4-1 var/lib/dpkg/status';
  const own = 'generic node 20.1.0 usr/local/bin/node';

  it('is not listed a second time, one beside it is', async () => {
    expect(await found(system('Debian <x@lists.debian.org>'))).toEqual([deb, own]);
  });

  it('is nobody’s where a later layer puts another one in its place', async () => {
    const [first, second] = ['18.20.4', '22.12.0'].map((version) => program('usr/bin/node', node(version)));
    const image = system('Debian <x@lists.debian.org>').slice(0, 3);
    expect(await found([...image, first!], [first!], [second!])).toEqual([deb, 'generic node 22.12.0 usr/bin/node']);
    expect(await found([...image, first!], [first!])).toEqual([deb]);
  });

  it('stays where somebody else built the package, of which the distribution says nothing', async () => {
    expect(await found(system('NodeSource <nope@nodesource.com>'))).toEqual([deb, 'generic node 18.20.4 usr/bin/node owned', own]);
  });

  it('stays where nothing is known of the distribution', async () => {
    const [, ...rest] = system('Somebody');
    expect(await found(rest)).toEqual([deb, 'generic node 18.20.4 usr/bin/node owned', own]);
  });
});
