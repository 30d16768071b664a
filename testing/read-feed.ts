import { gzipSync } from 'node:zlib';
import type { AdvisoryRecord, AdvisorySource, FlawFact, RepositoryFact } from '../src/advisories/types.ts';

/** Everything that a feed made of a file. */
export interface FeedReading {
  readonly advisories: AdvisoryRecord[];
  readonly facts: FlawFact[];
  /** Absent where there are none. */
  repositories?: RepositoryFact[];
  /** `reason: id`, in order. */
  readonly problems: string[];
  /** The same of what was left out on purpose. */
  readonly leftOut: string[];
}

/** Runs a feed on text (records become JSON lines), compressed where the name says so. */
export async function readFeed(source: AdvisorySource, name: string, content: string | Buffer | readonly unknown[]): Promise<FeedReading> {
  const text = Array.isArray(content) ? content.map((record) => `${JSON.stringify(record)}\n`).join('') : (content as string | Buffer);
  const plain = Buffer.from(text as string);
  const bytes = name.endsWith('.gz') && !isGzip(plain) ? gzipSync(plain) : plain;
  const reading: FeedReading = { advisories: [], facts: [], problems: [], leftOut: [] };
  await source.parse(
    { name, open: () => pieces(bytes) },
    {
      advisory: (record) => reading.advisories.push(record),
      fact: (fact) => reading.facts.push(fact),
      repository: (fact) => {
        reading.repositories = [...(reading.repositories ?? []), fact];
      },
      problem: (reason, id) => reading.problems.push(`${reason}: ${id}`),
      leftOut: (reason, id) => reading.leftOut.push(`${reason}: ${id}`),
    },
  );
  return reading;
}

/** Chunks that end in the middle of lines, as real ones do. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 97) yield bytes.subarray(start, start + 97);
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
