import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildElf } from '../../../../testing/elf-builder.ts';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { cargo } from './index.ts';

/**
 * The section that cargo-auditable 0.7.7 wrote into a program of its own crate `shop`, which depends on itoa and smallvec, and for
 * its build on cc; as objcopy cuts it out.
 */
const SECTION = readFileSync(new URL('testdata/shop.dep-v0', import.meta.url));
const PT_TLS = 7;

function program(section: Uint8Array, options: { wide?: boolean; little?: boolean; name?: string; padTo?: number } = {}): Buffer {
  const { wide = true, little = true, name = '.dep-v0', padTo = 200_000 } = options;
  return buildElf({
    wide,
    little,
    padTo,
    parts: [
      { address: 0x1000, content: Buffer.alloc(64), flags: 5 },
      { address: 0x2000, content: Buffer.alloc(8), flags: 4, type: PT_TLS },
      { address: 0, content: section, flags: 0, section: name, type: 0 },
    ],
  });
}
const json = (value: unknown) => program(deflateSync(JSON.stringify(value)));

async function read(bytes: Uint8Array, path = 'usr/bin/shop', mode = 0o755) {
  const content = Buffer.from(bytes);
  const file = openFile(path, content, { mode });
  const ctx = gapRecorder();
  const wanted = isWanted(cargo.wants, file, content);
  const partial = wanted ? await cargo.extract(file, ctx) : undefined;
  const packages = partial === undefined ? [] : cargo.settle(mergedView([{ path, layer: 0, partial }])).packages;
  return { wanted, packages, gaps: ctx.gaps, lines: packages.map(({ name, version, role }) => `${name} ${version} ${role}`) };
}

extractorContract(cargo, import.meta.url, [
  { path: 'usr/bin/shop', content: program(SECTION, { padTo: 140_000 }), mode: 0o755 },
  { path: 'usr/lib/x.so', content: program(SECTION, { wide: false, little: false, padTo: 140_000 }) },
]);

describe('what cargo auditable wrote', () => {
  it.each([
    ['64 bits, little-endian', {}],
    ['32 bits, big-endian', { wide: false, little: false }],
  ])('into a program of %s', async (_, options) => {
    const { lines, gaps, packages } = await read(program(SECTION, options));
    expect(gaps).toEqual([]);
    expect(lines).toEqual(['itoa 1.0.1 dependency', 'shop 1.0.0 main', 'smallvec 1.6.0 dependency']);
    expect(packages[0]).toMatchObject({
      purl: 'pkg:cargo/itoa@1.0.1',
      evidence: { kind: 'build-info', detail: '.dep-v0, source crates.io' },
    });
  });

  it('is read with padding behind it', async () => {
    expect((await read(program(Buffer.concat([SECTION, Buffer.alloc(64)])))).lines).toHaveLength(3);
  });
});

describe('which files are looked into', () => {
  it.each([
    ['a library by name', program(SECTION), 'usr/lib/x.so', 0o644, true],
    ['a program that may not be executed', program(SECTION), 'usr/bin/shop', 0o644, false],
    [
      'a program without thread-local storage',
      buildElf({ wide: true, little: true, padTo: 200_000, parts: [] }),
      'usr/bin/x',
      0o755,
      false,
    ],
    ['a small file', program(SECTION, { padTo: 0 }), 'usr/bin/x', 0o755, false],
    ['a script', Buffer.alloc(200_000, '#!/bin/sh\n'), 'usr/bin/x', 0o755, false],
    ['a program for Windows', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200_000)]), 'x.exe', 0o644, true],
    ['a library of .NET', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200_000)]), 'x.dll', 0o755, false],
  ])('%s', async (_, bytes, path, mode, wanted) => {
    expect((await read(bytes, path, mode)).wanted).toBe(wanted);
  });

  it('programs of another language say nothing', async () => {
    expect(await read(program(SECTION, { name: '.data' }))).toMatchObject({ wanted: true, packages: [], gaps: [] });
  });
});

describe('malformed', () => {
  const malformed = [{ code: 'malformed', params: { what: 'list of crates in a program' }, incomplete: true }];

  it.each([
    ['no zlib', program(Buffer.from('{"packages":[]}'))],
    ['cut off', program(SECTION.subarray(0, 60))],
    ['no JSON', program(deflateSync('no'))],
    ['no list', json({ packages: {} })],
    ['a crate without a version', json({ packages: [{ name: 'x' }] })],
    ['a version of the wrong type', json({ packages: [{ name: 'x', version: 1 }] })],
    ['a name that is none', json({ packages: [{ name: '../x', version: '1.0.0' }] })],
    ['a bomb', program(deflateSync(Buffer.alloc(17 << 20)))],
  ])('%s', async (_, bytes) => {
    expect((await read(bytes)).gaps).toEqual(malformed);
  });

  it('too long a section', async () => {
    const { gaps } = await read(program(Buffer.alloc((4 << 20) + 1)));
    expect(gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });

  it('a broken program hides none that could have been told', async () => {
    const bytes = program(SECTION);
    bytes.fill(0xff, 54, 58);
    expect((await read(bytes)).gaps).toMatchObject([{ code: 'malformed', incomplete: false }]);
  });
});

it('names the layer that brought the crate', () => {
  const crate = { name: 'x', version: '1.0.0', source: 'crates.io', root: false };
  const path = 'usr/bin/shop';
  const view = mergedView([
    { path, layer: 0, partial: { crates: [crate] } },
    { path, layer: 2, partial: { crates: [crate, { ...crate, name: 'y' }] } },
  ]);
  expect(cargo.settle(view).packages).toMatchObject([
    { name: 'x', layer: 0 },
    { name: 'y', layer: 2 },
  ]);
});
