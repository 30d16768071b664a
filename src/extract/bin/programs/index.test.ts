import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildElf } from '../../../../testing/elf-builder.ts';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { programs } from './index.ts';

const EXECUTABLE = { mode: 0o755 };

/** A program with these texts among its constants, and code that holds the same kind of bytes. */
function program(texts: readonly Buffer[], section: string | undefined = '.rodata'): Buffer {
  const content = Buffer.concat([Buffer.alloc(100, 1), ...texts.flatMap((text) => [text, Buffer.from('\0unrelated 1.2.3\0')])]);
  const code = { address: 0x1000, content: Buffer.alloc(2000, 0x90), flags: 5, ...(section === undefined ? {} : { section: '.text' }) };
  return buildElf({ wide: true, little: true, parts: [code, { address: 0x10000, content, flags: 4, ...(section ? { section } : {}) }] });
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const nodeTexts = [bytes('https://nodejs.org/download/release/v20.11.1/node-v20.11.1.tar.gz\0')];
const release = 'IMPLEMENTOR="Debian"\nJAVA_RUNTIME_VERSION="17.0.9+9-Debian"\nJAVA_VERSION="17.0.9"\nLIBC="gnu"\n';

extractorContract(programs, import.meta.url, [
  { path: 'usr/local/bin/node', content: program(nodeTexts), mode: 0o755 },
  { path: 'opt/jdk/release', content: release },
  { path: 'usr/local/go/VERSION', content: 'go1.22.3\ntime 2024-05-01T19:49:47Z\n' },
]);

async function find(path: string, content: Buffer) {
  const ctx = gapRecorder();
  const file = openFile(path, content, EXECUTABLE);
  const partial = isWanted(programs.wants, file, content.subarray(0, 4096)) ? await programs.extract(file, ctx) : undefined;
  expect(ctx.gaps).toEqual([]);
  return partial;
}

/** Lines of tab-separated fields; `\xNN` in a field is that byte. */
function lines(name: string): string[][] {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

const raw = (text: string): Buffer =>
  bytes(text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
const isStatement = (program: string): boolean => program === 'java' || program === 'go';

describe('versions in real builds, by what stands around them there (tools/classifiers/collect.sh)', () => {
  it.each(lines('found.tsv'))('%s in %s: %s', async (id, name, version, ...excerpts) => {
    const texts = excerpts.map(raw);
    const forms = isStatement(id!) ? [Buffer.concat(texts)] : [program(texts), program(texts, undefined), program(texts, '.data')];
    for (const content of forms) expect(await find(`opt/${name}`, content)).toMatchObject({ program: id, version });
  });

  it('cover every program', () => {
    expect(new Set(lines('found.tsv').map(([id]) => id)).size).toBe(20);
  });
});

describe('what only looks like a version', () => {
  it.each(lines('silent.tsv'))('%s in %s: %s (%s)', async (id, name, text) => {
    const content = isStatement(id!) ? raw(text!) : program([raw(text!)]);
    expect(await find(`opt/${name}`, content)).toBeUndefined();
  });
});

describe('a file', () => {
  it('needs an execute bit and to be a program', () => {
    const content = program(nodeTexts);
    const wanted = (path: string, mode: number, head = content): boolean =>
      isWanted(programs.wants, openFile(path, head, { mode }), head.subarray(0, 4096));
    expect(wanted('bin/node', 0o755)).toBe(true);
    expect(wanted('bin/node', 0o644)).toBe(false);
    expect(wanted('bin/nodemon', 0o755)).toBe(false);
    expect(wanted('bin/node', 0o755, bytes(`#!/bin/sh\nexec node\n${' '.repeat(100)}`))).toBe(false);
  });

  it('of a launcher is none, and no gap', async () => {
    expect(await find('bin/python3.12', program([bytes('libpython3.12.so.1.0\0')]))).toBeUndefined();
  });
});

describe('packages', () => {
  const partial = { program: 'perl', version: '5.36.0', text: '/perl/5.36.0/', confidence: 'high' } as const;

  it('say what told them, and since which layer the file says so', () => {
    const older = { ...partial, version: '5.32.1' };
    const view = mergedView([older, partial, partial].map((one, layer) => ({ path: 'opt/perl/bin/perl', layer, partial: one })));
    expect(programs.settle(view).packages).toEqual([
      {
        type: 'generic',
        name: 'perl',
        version: '5.36.0',
        purl: 'pkg:generic/perl@5.36.0',
        evidence: { kind: 'binary-content', confidence: 'high', detail: 'the file says "/perl/5.36.0/"' },
        path: 'opt/perl/bin/perl',
        layer: 1,
      },
    ]);
  });

  it('are one for all files of a folder that are the same program, named by the plain one', () => {
    const paths = ['a/perl', 'a/perl5.36.0', 'b/libperl.so.5.36.0', 'b/perl'];
    const view = mergedView(paths.map((path) => ({ path, layer: 0, partial })));
    expect(programs.settle(view).packages.map((one) => one.path)).toEqual(['a/perl', 'b/perl']);
    const redis = { ...partial, program: 'redis', version: '7.2.5' };
    const tools = mergedView(['bin/redis-cli', 'bin/redis-server'].map((path) => ({ path, layer: 0, partial: redis })));
    expect(programs.settle(tools).packages.map((one) => one.path)).toEqual(['bin/redis-server']);
  });

  it('trust a version that stands alone less', async () => {
    const found = await find('bin/sqlite3', program([bytes('\0SQLite format 3\0'), bytes('\x003.46.1\0')]));
    expect(found).toMatchObject({ version: '3.46.1', confidence: 'medium' });
  });
});
