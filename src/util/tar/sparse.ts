import type { Bytes } from '../bytes.ts';
import { TAR_BLOCK } from './header.ts';
import { tarNumber } from './number.ts';
import { decimal, type PaxRecord } from './pax.ts';
import { malformedTar, type TarPosition } from './position.ts';

/** A run of stored bytes and where it belongs in the file; what lies between runs is zeros. */
export interface SparseRun {
  readonly offset: number;
  readonly length: number;
}

export interface SparseMap {
  /** Ascending, without overlap. */
  readonly runs: readonly SparseRun[];
  /** Size of the file with its holes. */
  readonly realSize: number;
}

/** More runs than this are refused: a real file system has no file in so many pieces inside an image. */
const MAX_SPARSE_RUNS = 65_536;

const HEADER_RUNS = { start: 386, count: 4, extended: 482 };
const BLOCK_RUNS = { start: 0, count: 21, extended: 504 };

/**
 * Adds the runs of an old GNU sparse header (flag `S`), or of one of its extension blocks, to `runs`; true where another
 * extension block follows. Source: GNU tar manual, "Old GNU Format" (struct oldgnu_header, struct sp_array).
 */
export function readOldGnuRuns(runs: SparseRun[], block: Bytes, start: number, extension: boolean, at: TarPosition): boolean {
  const layout = extension ? BLOCK_RUNS : HEADER_RUNS;
  for (let i = 0; i < layout.count; i++) {
    const field = start + layout.start + i * 24;
    if (block[field] === 0) break;
    runs.push({
      offset: tarNumber(block, field, 12, 'sparse offset', at),
      length: tarNumber(block, field + 12, 12, 'sparse length', at),
    });
  }
  if (runs.length > MAX_SPARSE_RUNS) throw malformedTar(at, 'the sparse map has too many parts');
  return block[start + layout.extended] !== 0;
}

export function oldGnuRealSize(block: Bytes, start: number, at: TarPosition): number {
  return tarNumber(block, start + 483, 12, 'real size', at);
}

/** How a PAX header describes a sparse file. `inContent`: the map is at the beginning of the content (format 1.0). */
export interface PaxSparse {
  readonly name?: string;
  readonly realSize: number;
  readonly inContent: boolean;
  readonly runs: readonly SparseRun[];
}

/** Source: GNU tar manual, "PAX Format, Versions 0.0 and 0.1" and "PAX Format, Version 1.0". */
export function paxSparse(records: readonly PaxRecord[], storedSize: number, at: TarPosition): PaxSparse {
  const last = new Map(records);
  const numbers: number[] = [];
  for (const [key, value] of records) {
    if (key === 'offset' || key === 'numbytes') numbers.push(sparseNumber(value, at));
    else if (key === 'map' && value !== '') numbers.push(...value.split(',', 2 * MAX_SPARSE_RUNS + 1).map((n) => sparseNumber(n, at)));
  }
  const name = last.get('name');
  const realSize = last.get('realsize') ?? last.get('size');
  return {
    ...(name ? { name } : {}),
    realSize: realSize === undefined ? storedSize : sparseNumber(realSize, at),
    inContent: last.get('major') === '1' && last.get('minor') === '0',
    runs: pairs(numbers, at),
  };
}

/**
 * The map at the beginning of the content of a version 1.0 file, in `text` (whole blocks so far): its runs, or undefined where
 * more blocks are needed. Numbers stand one a line, the count of runs first.
 */
export function readContentMap(text: Bytes, at: TarPosition): SparseRun[] | undefined {
  const lines = text.toString('latin1').split('\n');
  lines.pop(); // the unfinished line, or the padding
  if (lines.length === 0) {
    if (text.length > TAR_BLOCK) throw malformedTar(at, 'the sparse map is not a list of numbers');
    return undefined;
  }
  const count = sparseNumber(lines[0] ?? '', at);
  if (count > MAX_SPARSE_RUNS) throw malformedTar(at, 'the sparse map has too many parts');
  if (lines.length < 1 + 2 * count) return undefined;
  return pairs(
    lines.slice(1, 1 + 2 * count).map((line) => sparseNumber(line, at)),
    at,
  );
}

/** `runs` checked against the bytes that are stored and the size that the file claims. */
export function sparseMap(runs: readonly SparseRun[], realSize: number, storedSize: number, at: TarPosition): SparseMap {
  let end = 0;
  let stored = 0;
  for (const run of runs) {
    if (run.offset < end || run.length < 0 || run.offset + run.length > realSize) throw malformedTar(at, 'the sparse map is out of order');
    end = run.offset + run.length;
    stored += run.length;
  }
  if (stored !== storedSize || !Number.isSafeInteger(realSize)) throw malformedTar(at, 'the sparse map does not fit the stored size');
  return { runs: runs.filter((run) => run.length > 0), realSize };
}

function pairs(numbers: readonly number[], at: TarPosition): SparseRun[] {
  if (numbers.length % 2 !== 0) throw malformedTar(at, 'the sparse map is incomplete');
  if (numbers.length > 2 * MAX_SPARSE_RUNS) throw malformedTar(at, 'the sparse map has too many parts');
  const runs: SparseRun[] = [];
  for (let i = 0; i < numbers.length; i += 2) runs.push({ offset: numbers[i] as number, length: numbers[i + 1] as number });
  return runs;
}

function sparseNumber(text: string, at: TarPosition): number {
  const n = decimal(text);
  if (!Number.isSafeInteger(n)) throw malformedTar(at, 'the sparse map is not a list of numbers');
  return n;
}
