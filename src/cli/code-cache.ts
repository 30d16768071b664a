import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import type { Bytes } from '../util/bytes.ts';
import { ensurePrivate, withPrivateFile } from '../util/private-folder.ts';

/** A script that runs as a CommonJS module does, and where to keep what V8 has made of it. */
export interface Program {
  /** ASCII. */
  readonly file: string;
  /** Hash of the file, hex: V8 itself only looks at how long a script is. */
  readonly hash: string;
  /** A folder of this user alone; what others can write to is neither read nor written. */
  readonly folder: string;
  /** Runs of different kinds execute different functions, and are kept apart. */
  readonly kind: string;
  /** Whether a run that ends with this code did what its kind does: what a failing one has compiled is little. */
  readonly isWhole: (exitCode: number) => boolean;
}

interface Kept {
  readonly data: Bytes;
  /** How often the data has grown. */
  readonly age: number;
}

/** Other builds and other versions of Node have files of their own; the oldest go. */
const MOST_FILES = 8;
/** From here on a run adds nothing: the next ones need not look. */
const FULL_GROWN = 3;
const PREFIX = 5;

/**
 * Runs a program with the byte code of the runs before it. Node's own compile cache keeps a script as it is when it has been loaded, and
 * what runs is compiled again each time: here it is taken when a run has ended, with all functions that were called. It costs time, so only
 * the first few runs do it.
 */
export function runCompiled(program: Program): void {
  const { file, folder } = program;
  const path = join(folder, `${program.kind}-${program.hash.slice(0, 16)}-${cachedDataVersionTag().toString(16)}`);
  const kept = readKept(path);
  const source = `(function (exports, require, module, __filename) {${readFileSync(file, 'latin1')}\n})`;
  const script = new Script(source, { filename: file, ...(kept ? { cachedData: kept.data } : {}) });
  const usable = script.cachedDataRejected === false ? kept : undefined;
  if (usable === undefined || usable.age < FULL_GROWN) {
    process.on('exit', (code) => {
      if (program.isWhole(code)) keep(script, path, folder, usable);
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file);
}

/** Undefined where there is none, or one that a crash has torn. */
function readKept(path: string): Kept | undefined {
  return withPrivateFile(path, undefined, (read, size) => {
    const bytes = read(0, size);
    return bytes.readUInt32LE(0) === crc32(bytes.subarray(4)) ? { age: bytes.readUInt8(4), data: bytes.subarray(PREFIX) } : undefined;
  });
}

/** Never throws: without it the next run is slower, nothing else. */
function keep(script: Script, path: string, folder: string, before: Kept | undefined): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    if (!ensurePrivate(folder)) return;
    const data = script.createCachedData();
    const grown = before === undefined || data.length > before.data.length * 1.02;
    const bytes = Buffer.concat([Buffer.alloc(PREFIX), data]);
    bytes.writeUInt8(grown ? (before?.age ?? 0) + 1 : FULL_GROWN, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
    if (before === undefined) sweep(folder);
  } catch {
    rmSync(temporary, { force: true });
  }
}

function sweep(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const byAge = files.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time);
  for (const { path } of byAge.slice(MOST_FILES)) rmSync(path, { force: true });
}
