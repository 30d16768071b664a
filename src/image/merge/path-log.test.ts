import { describe, expect, it } from 'vitest';
import { type EntryKind, PathLog } from './path-log.ts';

describe('PathLog', () => {
  it('gives back what was added, in order', () => {
    const added: [string, EntryKind][] = [
      ['usr', 'directory'],
      ['usr/lib/a', 'file'],
      ['usr/lib/ab', 'other'],
      ['usr/lib/a', 'file'],
      ['', 'directory'],
      ['한글/파일', 'file'],
      ['한글/폴더', 'directory'],
      ['odd\udcff', 'file'],
      ['odd\udcfe', 'file'],
      ['x'.repeat(4096), 'file'],
      [`${'x'.repeat(4095)}y`, 'other'],
    ];
    const log = new PathLog();
    for (const [path, kind] of added) log.add(path, kind);
    expect([...log.entries()]).toEqual(added);
    expect(log.size).toBe(added.length);
  });

  it('holds a million paths in some 20 bytes each', () => {
    const before = process.memoryUsage().arrayBuffers;
    const log = new PathLog();
    for (let i = 0; i < 1_000_000; i++) log.add(`srv/app/node_modules/package-${i >> 5}/lib/file-${i & 31}.js`, 'file');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30e6);
    let n = 0;
    for (const [path] of log.entries()) if (path.endsWith('/file-7.js')) n++;
    expect(n).toBe(31_250);
  });
});
