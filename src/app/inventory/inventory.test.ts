import { describe, expect, it } from 'vitest';
import type { FoundPackage, LayerInfo } from '../../model/index.ts';
import { withOwners } from './ownership.ts';
import { inventoryPackages } from './packages.ts';

const found = (name: string, more: Partial<FoundPackage> = {}): FoundPackage => ({
  type: 'npm',
  name,
  version: '1',
  purl: `pkg:npm/${name}@1`,
  evidence: { kind: 'package-metadata', confidence: 'high' },
  path: `srv/${name}/package.json`,
  layer: 0,
  ...more,
});
const layers: LayerInfo[] = [
  { index: 0, digest: 'sha256:aa', mediaType: 'm', size: 1 },
  { index: 1, digest: 'sha256:bb', diffId: 'sha256:cc', createdBy: 'RUN x', mediaType: 'm', size: 1 },
];

describe('inventoryPackages', () => {
  it('sorts OS packages first, then by type, name, version and path', () => {
    const library = [found('b'), found('a', { version: '2' }), found('a', { path: 'z' }), found('a')];
    const os = [found('z', { type: 'deb' }), found('z', { type: 'apk' })];
    const packages = inventoryPackages([{ class: 'library', packages: library }, { class: 'os', packages: os }], layers); // biome-ignore format: short
    expect(packages.map((one) => `${one.class} ${one.type} ${one.name} ${one.version} ${one.path}`)).toEqual([
      'os apk z 1 srv/z/package.json',
      'os deb z 1 srv/z/package.json',
      'library npm a 1 srv/a/package.json',
      'library npm a 1 z',
      'library npm a 2 srv/a/package.json',
      'library npm b 1 srv/b/package.json',
    ]);
  });

  it('gives ids that hang on type, name, version, architecture and path, and on nothing else', () => {
    const id = (one: FoundPackage, index = layers): string => inventoryPackages([{ class: 'library', packages: [one] }], index)[0]!.id;
    expect(id(found('a'))).toMatch(/^[0-9a-f]{16}$/);
    expect(id(found('a', { layer: 1, licenses: ['MIT'] }))).toBe(id(found('a')));
    const others = [
      found('b'),
      found('a', { type: 'pypi' }),
      found('a', { version: '2' }),
      found('a', { arch: 'x' }),
      found('a', { path: 'p' }),
    ];
    expect(new Set([found('a'), ...others].map((one) => id(one))).size).toBe(6);
  });

  it('names the layer in short, and none for a folder', () => {
    const [one] = inventoryPackages([{ class: 'library', packages: [found('a', { layer: 1 })] }], layers);
    expect(one?.layer).toEqual({ index: 1, digest: 'sha256:bb', diffId: 'sha256:cc', createdBy: 'RUN x' });
    expect(inventoryPackages([{ class: 'library', packages: [found('a')] }], [])[0]).not.toHaveProperty('layer');
  });

  it('has one of two that are the same, that for production first', () => {
    const packages = [found('a', { dev: true }), found('a'), found('a', { dev: true })];
    expect(inventoryPackages([{ class: 'library', packages }], layers).map((one) => one.dev)).toEqual([undefined]);
  });
});

describe('withOwners', () => {
  const owners = (os: readonly string[], library: string): (string | undefined)[] => {
    const packages = inventoryPackages(
      [
        { class: 'os', packages: [found('owner', { type: 'deb', files: os, path: 'var/lib/dpkg/status' })] },
        { class: 'library', packages: [found('lib', { path: library })] },
      ],
      layers,
    );
    return withOwners(packages).map((one) => packages.find((other) => other.id === one.ownedBy)?.name);
  };

  it.each([
    ['the file that states it', ['usr/share/x', 'usr/lib/python3/x/METADATA'], 'usr/lib/python3/x/METADATA'],
    ['a file told without /usr', ['lib/x.jar'], 'usr/lib/x.jar'],
    ['a file found without /usr', ['usr/lib/x.jar'], 'lib/x.jar'],
    ['the archive it is nested in', ['usr/share/java/a.jar'], 'usr/share/java/a.jar!/BOOT-INF/lib/b.jar!/c.jar'],
  ])('by %s', (_, files, path) => {
    expect(owners(files, path)).toEqual([undefined, 'owner']);
  });

  it('leaves what nobody owns', () => {
    expect(owners(['usr/lib/y'], 'usr/lib/x')).toEqual([undefined, undefined]);
  });
});
