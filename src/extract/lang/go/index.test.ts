import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildElf, type ElfPart } from '../../../../testing/elf-builder.ts';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { go } from './index.ts';
import { parseModules } from './modules.ts';

const modinfo = [
  'path\texample.com/shop/cmd',
  'mod\texample.com/shop\t(devel)\t',
  'dep\tgithub.com/Masterminds/semver/v3\tv3.2.0\th1:abc=',
  'dep\texample.com/old\tv1.0.0',
  '=>\texample.com/new\tv0.0.0-20200101000000-0123456789ab\th1:def=',
  'dep\texample.com/local\tv1.5.0',
  '=>\t./local\t(devel)\t',
  'dep\texample.com/big\tv4.1.0+incompatible\th1:x=',
  'build\tGOARCH=arm64',
  'build\tCGO_ENABLED=0',
  'build\t-ldflags="-X main.secret=\\"hunter2\\""',
  'build\tvcs.revision=0123456789',
  '',
].join('\n');

const framed = Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modinfo), Buffer.alloc(16, 0x31)]);
const magic = Buffer.from('\xff Go buildinf:', 'latin1');

function inline(version: string, modules: Uint8Array): Buffer {
  const varint = (value: number) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);
  return Buffer.concat([
    magic,
    Buffer.from([0, 2]),
    Buffer.alloc(16),
    Buffer.from(varint(version.length)),
    Buffer.from(version),
    Buffer.from(varint(modules.length)),
    modules,
  ]);
}

function program(content: Buffer, form = { wide: true, little: true }, more: readonly ElfPart[] = []): Buffer {
  return buildElf({ ...form, parts: [{ address: 0x10000, content, flags: 6, section: '.go.buildinfo' }, ...more], padTo: 600_000 });
}

const sample = program(inline('go1.22.3', framed));

extractorContract(go, import.meta.url, [{ path: 'usr/bin/shop', content: sample, mode: 0o755 }]);

async function read(content: Buffer) {
  const ctx = gapRecorder();
  const path = 'usr/bin/shop';
  const partial = await go.extract(openFile(path, content, { mode: 0o755 }), ctx);
  return { packages: partial ? go.settle(mergedView([{ path, layer: 0, partial }])).packages : [], gaps: ctx.gaps };
}

describe('modules of a program', () => {
  it('are its main module, the standard library and what is linked in, replacements in effect', async () => {
    const { packages } = await read(sample);
    expect(packages.map(({ role, name, version, purl }) => [role, name, version, purl])).toEqual([
      ['main', 'example.com/shop', '', 'pkg:golang/example.com/shop'],
      ['stdlib', 'stdlib', '1.22.3', 'pkg:golang/stdlib@1.22.3'],
      ['dependency', 'github.com/Masterminds/semver/v3', 'v3.2.0', packages[2]?.purl],
      [
        'dependency',
        'example.com/new',
        'v0.0.0-20200101000000-0123456789ab',
        'pkg:golang/example.com/new@v0.0.0-20200101000000-0123456789ab',
      ],
      ['dependency', 'example.com/local', '', 'pkg:golang/example.com/local'],
      ['dependency', 'example.com/big', 'v4.1.0+incompatible', 'pkg:golang/example.com/big@v4.1.0%2Bincompatible'],
    ]);
  });

  it('say where they come from, and keep the builder’s flags to themselves', async () => {
    const { packages } = await read(sample);
    expect(packages[0]).toMatchObject({ arch: 'arm64', evidence: { detail: expect.stringContaining('vcs.revision=0123456789') } });
    expect(packages[3]?.evidence.detail).toBe('build information of go1.22.3; replaces example.com/old v1.0.0');
    expect(packages[4]?.evidence.detail).toContain('replaced by the folder ./local');
    expect(JSON.stringify(packages)).not.toContain('hunter2');
  });

  it.each([
    ['go1.22', '1.22'],
    ['go1.21rc2', '1.21rc2'],
    ['go1.22.3 X:boringcrypto', '1.22.3'],
    ['go1.20.12 (Red Hat 1.20.12-1.el9)', '1.20.12'],
    ['devel go1.23-0123456789 Mon Jan 1', ''],
    ['go1.22-custom.7', '1.22'],
    ['go1.22x', ''],
  ])('toolchain %s has the standard library %j', async (toolchain, expected) => {
    const { packages } = await read(program(inline(toolchain, Buffer.alloc(0))));
    expect(packages).toMatchObject([{ name: 'stdlib', version: expected }]);
  });

  it.each([
    { wide: false, little: false },
    { wide: false, little: true },
    { wide: true, little: false },
    { wide: true, little: true },
  ])('are behind pointers before Go 1.18: %j', async (form) => {
    const size = form.wide ? 8 : 4;
    const header = Buffer.alloc(32 + 4 * size);
    magic.copy(header);
    header.set([size, form.little ? 0 : 1], 14);
    const words = [0x10020, 0x10020 + 2 * size];
    const strings = [0x20000, 6, 0x20010, framed.length];
    [...words.map((value, i) => [16 + i * size, value]), ...strings.map((value, i) => [32 + i * size, value])].forEach(([at, value]) => {
      const low = form.little ? at! : at! + size - 4;
      if (form.little) header.writeUInt32LE(value!, low);
      else header.writeUInt32BE(value!, low);
    });
    const texts = { address: 0x20000, content: Buffer.concat([Buffer.from('go1.17'.padEnd(16, '\0')), framed]), flags: 4 };
    const { packages, gaps } = await read(program(header, form, [texts]));
    expect(gaps).toEqual([]);
    expect(packages.map(({ name }) => name)).toContain('example.com/new');
    expect(packages).toContainEqual(expect.objectContaining({ name: 'stdlib', version: '1.17' }));
  });

  const goroot = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const real = join(goroot, 'src/debug/buildinfo/testdata/go117/go117.base64');
  it.skipIf(!existsSync(real))('are read from the Go project’s own sample of Go 1.17 (needs its source tree)', async () => {
    const { packages } = await read(Buffer.from(readFileSync(real, 'latin1'), 'base64'));
    expect(packages).toMatchObject([
      { name: 'example.com/go117', version: '', role: 'main' },
      { name: 'stdlib', version: '1.17' },
    ]);
  });
});

describe('what is looked into', () => {
  const wanted = (path: string, content: Buffer, mode = 0o755) => isWanted(go.wants, openFile(path, content, { mode }), content);
  const library = (note: string) =>
    buildElf({
      wide: true,
      little: true,
      type: 3,
      padTo: 600_000,
      parts: [{ address: 0x400, content: Buffer.from(note, 'latin1'), flags: 4, type: 4 }],
    });

  it('is every large program, and Go libraries by their note', () => {
    expect(wanted('usr/bin/x', sample)).toBe(true);
    expect(wanted('usr/bin/x', sample, 0o644)).toBe(false);
    expect(wanted('app/x.exe', Buffer.alloc(600_000, 'MZ'), 0o644)).toBe(true);
    expect(wanted('usr/bin/x', library('GNU\0'))).toBe(true);
    expect(wanted('usr/lib/x.so.6', library('GNU\0'))).toBe(false);
    expect(wanted('usr/lib/x.so', library('\x04\0\0\0\x10\0\0\0\x04\0\0\0Go\0\0'))).toBe(true);
  });

  it('is no script, no object file and nothing smaller than a Go runtime', () => {
    expect(wanted('usr/bin/x', Buffer.alloc(600_000, '#!/bin/sh\n'))).toBe(false);
    expect(wanted('usr/bin/x', buildElf({ wide: true, little: true, type: 1, parts: [], padTo: 600_000 }))).toBe(false);
    expect(wanted('usr/bin/x', sample.subarray(0, 100_000))).toBe(false);
    expect(wanted('usr/bin/x', Buffer.alloc(600_000, '\x7fELF\x09'))).toBe(false);
  });
});

describe('malformed build information', () => {
  it.each([
    ['a text longer than the section', inline('go1.22.3', framed).subarray(0, 100)],
    ['an endless length', Buffer.concat([inline('', framed).subarray(0, 32), Buffer.alloc(20, 0xff)])],
    ['no version', inline('', framed)],
    ['a wrong pointer size', Buffer.concat([magic, Buffer.from([3, 0]), Buffer.alloc(64)])],
    ['modules without their replaced one', inline('go1.22.3', Buffer.from(`${'0'.repeat(16)}=>\tx\tv1.0.0\n${'1'.repeat(16)}`))],
  ])('%s is a gap that leaves the inventory incomplete', async (_what, content) => {
    const { gaps } = await read(program(content));
    expect(gaps).toMatchObject([{ code: 'malformed', incomplete: true }]);
  });

  it('a huge text is too large', async () => {
    const header = Buffer.concat([magic, Buffer.from([0, 2]), Buffer.alloc(16), Buffer.from([0xff, 0xff, 0xff, 0x7f])]);
    expect((await read(program(header))).gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });

  it('a broken program that is not known to be Go’s hides nothing', async () => {
    const cut = Buffer.from(sample);
    cut.writeUInt16LE(0xffff, 56);
    expect(await read(cut)).toMatchObject({ packages: [], gaps: [{ code: 'malformed', incomplete: false }] });
  });

  it('lines of the wrong form give no modules, unknown ones are skipped', () => {
    expect(parseModules('mod\t')).toBeUndefined();
    expect(parseModules('=>\tx\tv1')).toBeUndefined();
    expect(parseModules('new\tkind\nbuild\t"a b"="c"\nbuild\tGOOS="x\\u0041"\nbuild\tnothing')).toEqual({
      dependencies: [],
      settings: { GOOS: 'xA' },
    });
  });
});
