import { hash } from 'node:crypto';
import { appendFileSync, closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../util/bytes.ts';
import type { AdvisoryRecord, AffectedPackage, FlawFact, RepositoryFact, ShardId } from '../types.ts';
import { shardOf } from './shard-names.ts';
import { encodeBody, encodeHead, packageKey } from './statement-codec.ts';

/** Lines held back before they go to disk; keeps a build's memory bounded whatever its input is. */
const MAX_HELD = 8 * 1024 * 1024;
const PIECE = 1024 * 1024;
const NEWLINE = 0x0a;

interface Bucket {
  readonly file: string;
  readonly lines: string[];
  lastHead: string;
}

/**
 * Sorts what the parsers find into one text file a shard, so that each shard can be made on its own afterwards. Lines:
 * `H<tab>name<tab>head` and, for the statements that follow, `S<tab>package key<tab>head name<tab>body`; facts of flaws
 * are a file of JSON lines.
 */
export class Spill {
  readonly #folder: string;
  readonly #prefix: string;
  readonly #buckets = new Map<ShardId, Bucket>();
  readonly #facts: Bucket;
  #held = 0;

  constructor(folder: string, prefix: string) {
    this.#folder = folder;
    this.#prefix = prefix;
    this.#facts = { file: join(folder, `${prefix}-facts`), lines: [], lastHead: '' };
  }

  /** Returns the number of statements. */
  advisory(record: AdvisoryRecord, feed: string): number {
    const { name, line } = headLine(record, feed);
    for (const affected of record.affected) {
      const bucket = this.#bucket(shardOf(affected.ecosystem));
      if (bucket.lastHead !== name) {
        this.#push(bucket, `${line}\n`);
        bucket.lastHead = name;
      }
      this.#push(bucket, `${statementLine(affected, name)}\n`);
    }
    return record.affected.length;
  }

  fact(fact: FlawFact | RepositoryFact): void {
    this.#push(this.#facts, `${JSON.stringify(fact)}\n`);
  }

  /** Writes everything out; returns the files of each shard and the file of facts. */
  flush(): { readonly shards: ReadonlyMap<ShardId, string>; readonly facts: string } {
    for (const bucket of [...this.#buckets.values(), this.#facts]) {
      appendFileSync(bucket.file, bucket.lines.join(''));
      bucket.lines.length = 0;
    }
    this.#held = 0;
    return { shards: new Map([...this.#buckets].map(([shard, bucket]) => [shard, bucket.file])), facts: this.#facts.file };
  }

  #bucket(shard: ShardId): Bucket {
    const known = this.#buckets.get(shard);
    if (known !== undefined) return known;
    const bucket: Bucket = { file: join(this.#folder, `${this.#prefix}-${this.#buckets.size}`), lines: [], lastHead: '' };
    this.#buckets.set(shard, bucket);
    return bucket;
  }

  #push(bucket: Bucket, line: string): void {
    bucket.lines.push(line);
    this.#held += line.length;
    if (this.#held > MAX_HELD) this.flush();
  }
}

/** What the statements of a record have in common; its name is the hash of its content. */
export function headLine(record: AdvisoryRecord, feed: string): { readonly name: string; readonly line: string } {
  const head = encodeHead(record, feed);
  const name = hash('sha256', head, 'base64url').slice(0, 12);
  return { name, line: `H\t${name}\t${head}` };
}

export function statementLine(affected: AffectedPackage, head: string): string {
  return `S\t${packageKey(affected.ecosystem, affected.name)}\t${head}\t${encodeBody(affected)}`;
}

/** The lines of a spilled file, read piece by piece. */
export function* spilledLines(file: string): Generator<string> {
  const fd = openSync(file, 'r');
  try {
    let rest: Bytes = Buffer.alloc(0);
    const piece = Buffer.allocUnsafe(PIECE);
    for (let length = readSync(fd, piece); length > 0; length = readSync(fd, piece)) {
      const bytes = rest.length === 0 ? piece.subarray(0, length) : Buffer.concat([rest, piece.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.toString('utf8', start, end);
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
    }
  } finally {
    closeSync(fd);
  }
}
