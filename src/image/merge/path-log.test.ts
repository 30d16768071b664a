import { describe, expect, it } from 'vitest';
import { type EntryKind, PathLog } from './path-log.ts';

/** The entries at these paths. */
function visited(log: PathLog, paths: Iterable<string>): [string, EntryKind][] {
  const watched = new Map<string, string>([['', '']]);
  for (const path of paths) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) watched.set(path.slice(0, end), path.slice(0, end));
  }
  const found: [string, EntryKind][] = [];
  log.visit(watched, (path, kind) => found.push([path, kind]));
  return found;
}

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
    expect(
      visited(
        log,
        added.map(([path]) => path),
      ),
    ).toEqual(added);
    expect(
      visited(
        PathLog.of(log.toBytes()),
        added.map(([path]) => path),
      ),
    ).toEqual(added);
    expect(log.size).toBe(added.length);
  });

  it('holds a million paths in some 20 bytes each', () => {
    const before = process.memoryUsage().arrayBuffers;
    const log = new PathLog();
    for (let i = 0; i < 1_000_000; i++) log.add(`srv/app/node_modules/package-${i >> 5}/lib/file-${i & 31}.js`, 'file');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30e6);
    const some = Array.from({ length: 300 }, (_, i) => `srv/app/node_modules/package-${i * 100}/lib/file-${i & 31}.js`);
    expect(visited(log, some).map(([path]) => path)).toEqual(some);
  });

  it('passes over what nobody watches, and nothing else, however the paths follow each other', () => {
    let state = 7;
    const random = (n: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % n;
    };
    const path = (): string => Array.from({ length: random(5) }, () => ['a', 'ab', 'b', 'ü'][random(4)]).join('/');
    for (let round = 0; round < 500; round++) {
      const log = new PathLog();
      const added = Array.from({ length: 30 }, path);
      for (const one of added) log.add(one, 'file');
      const paths = Array.from({ length: random(4) }, path);
      const watched = new Set(['', ...paths.flatMap((one) => one.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/')))]);
      expect(visited(log, paths).map(([one]) => one)).toEqual(added.filter((one) => watched.has(one)));
    }
  });
});
