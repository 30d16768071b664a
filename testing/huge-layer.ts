import { indexTarget } from '../src/app/inventory/index-target.ts';
import type { ImageTarget } from '../src/image/types.ts';
import type { ByteStream } from '../src/util/bytes.ts';
import { imageOf } from './layers.ts';
import { noteExtractor } from './note-extractor.ts';
import { end, entry } from './odd-tar/index.ts';

/**
 * `huge-layer.ts FILES`: indexes an image of two layers with so many files each, made while it is read, and prints the
 * packages found and the largest resident set in bytes.
 */
const files = Number(process.argv[2]);

async function* layer(): ByteStream {
  const block = entry({ name: 'x'.repeat(100) });
  for (let done = 0; done < files; ) {
    const names = Array.from({ length: Math.min(2000, files - done) }, (_, i) => {
      const n = done + i;
      return `srv/app/packages/p${n >> 6}/lib/some-file-${n}${n % 10_000 === 0 ? '.note' : '.js'}`;
    });
    yield Buffer.concat(names.map((name) => named(block, name)));
    done += names.length;
  }
  yield end();
}

/** A header with another name; the checksum follows the difference. */
function named(block: Buffer, name: string): Buffer {
  const copy = Buffer.from(block);
  copy.fill(0, 0, 100).write(name, 0, 'latin1');
  copy.fill(0x20, 148, 156);
  let sum = 0;
  for (const byte of copy) sum += byte;
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return copy;
}

const small = imageOf(Buffer.alloc(1024), Buffer.alloc(1024));
const image: ImageTarget = { ...small, layers: small.layers.map(({ diffId: _, ...source }) => ({ ...source, open: async () => layer() })) };
const inventory = await indexTarget(image, { extractors: [noteExtractor()] });
console.log(JSON.stringify({ packages: inventory.packages.length, peak: process.resourceUsage().maxRSS * 1024 }));
