import { base256, end, entry, header, oldGnuSparse, pax, tar } from '../../../testing/odd-tar/index.ts';
import type { HostileCase } from '../case.ts';
import { ALPINE, MUSL, writeLargeImage, writeRawImage } from '../raw-image.ts';

const layer = (folder: string, stored: Buffer) => ({ scan: [writeRawImage(folder, [{ stored }])] });

/** Archives with absurd headers, cut off, out of order, or endless. */
export const TARS: readonly HostileCase[] = [
  {
    id: 'bad-checksum',
    input: 'a header with a false checksum',
    answer: { error: 'tar-malformed' },
    make: (folder) => layer(folder, tar(ALPINE, header({ name: 'x', checksumError: 1 }))),
  },
  {
    id: 'negative-size',
    input: 'an entry of -1 bytes',
    answer: { error: 'tar-malformed' },
    make: (folder) => layer(folder, tar(ALPINE, header({ name: 'x', patches: [[124, base256(-1n, 12)]] }))),
  },
  {
    id: 'absurd-size',
    input: 'a `package.json` that claims to be of 2^62 bytes',
    answer: { error: 'tar-malformed' },
    make: (folder) => layer(folder, tar(ALPINE, header({ name: 'srv/package.json', patches: [[124, base256(2n ** 62n, 12)]] }))),
  },
  {
    id: 'large-claim',
    input: 'a `package.json` that claims to be of 900 GB, and ends after 1 KB',
    answer: { error: 'tar-truncated' },
    make: (folder) => layer(folder, tar(ALPINE, header({ name: 'srv/package.json', patches: [[124, base256(900n * 10n ** 9n, 12)]] }))),
  },
  {
    id: 'truncated-tar',
    input: 'a layer that ends in the middle of the package database, with the digest of what is left',
    answer: { error: 'tar-truncated' },
    make: (folder) => layer(folder, ALPINE.subarray(0, ALPINE.length - 500)),
  },
  {
    id: 'pax-bomb',
    input: 'an extended header of 64 MB',
    answer: { error: 'tar-limit' },
    make: (folder) => layer(folder, tar(ALPINE, pax([['comment', 'x'.repeat(64 << 20)]]), entry({ name: 'x' }))),
  },
  {
    id: 'sparse-bomb',
    input: 'a sparse `package.json` of 1 TB with one byte in it',
    answer: { gap: 'too-large' },
    make: (folder) => layer(folder, tar(ALPINE, oldGnuSparse('srv/package.json', [{ offset: 2 ** 32, data: '{' }], 2 ** 33 - 1))),
  },
  {
    id: 'reordered',
    input: 'a layer with whiteouts before and after what they name, and the same file three times',
    answer: { packages: ['musl 1.2.5-r0'], how: 'the last entry of a name counts; whiteouts do not touch their own layer' },
    make: (folder) =>
      layer(
        folder,
        tar(
          entry({ name: 'lib/apk/db/.wh.installed' }),
          entry({ name: 'lib/apk/db/installed' }, 'P:old\nV:1-r0\nA:x86_64\n\n'),
          entry({ name: 'lib/apk/db/installed' }, 'P:older\nV:1-r0\nA:x86_64\n\n'),
          ALPINE,
          entry({ name: 'lib/apk/.wh.db' }),
        ),
      ),
  },
  {
    id: 'after-the-end',
    input: 'packages behind the end of the archive, where no runtime unpacks them',
    answer: { packages: MUSL, how: 'the archive ends where it ends' },
    make: (folder) =>
      layer(
        folder,
        Buffer.concat([ALPINE, end(), entry({ name: 'srv/node_modules/x/package.json' }, '{"name":"x","version":"1.0.0"}'), end()]),
      ),
  },
  {
    id: 'million-entries',
    input: 'a layer of a million files in 20,000 folders',
    answer: { packages: MUSL, how: 'read whole' },
    make: async (folder) => ({ scan: [await writeLargeImage(folder, million())] }),
  },
  {
    id: 'many-packages',
    input: 'a layer of 200,000 `package.json` files',
    answer: { gap: 'too-large' },
    make: async (folder) => ({ scan: [await writeLargeImage(folder, manyPackages())] }),
  },
];

function* million(): Generator<Buffer> {
  yield ALPINE;
  for (let folder = 0; folder < 20_000; folder++)
    yield Buffer.concat(Array.from({ length: 50 }, (_, i) => header({ name: `srv/data/${folder}/file-${i}.js` })));
  yield end();
}

function* manyPackages(): Generator<Buffer> {
  yield ALPINE;
  for (let i = 0; i < 200_000; i++) yield entry({ name: `srv/${i}/node_modules/p/package.json` }, `{"name":"p${i}","version":"1.0.0"}`);
  yield end();
}
