import { existsSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { writeZip } from '../../../testing/image-builder/index.ts';
import { entry, tar } from '../../../testing/odd-tar/index.ts';
import { hashFile, ndbDatabase } from '../../../testing/rpm-databases.ts';
import type { HostileCase } from '../case.ts';
import { ALPINE, MUSL, writeRawImage } from '../raw-image.ts';

const file = (folder: string, name: string, content: Buffer | string, mode = 0o644) => ({
  scan: [writeRawImage(folder, [{ stored: tar(ALPINE, entry({ name, mode }, content)) }])],
});

/** A jar in a jar in a jar. */
function nestedJar(depth: number): Buffer {
  let jar = writeZip({ 'META-INF/MANIFEST.MF': Buffer.from('Implementation-Title: inner\n') });
  for (let i = 0; i < depth; i++) jar = writeZip({ 'inner.jar': jar });
  return jar;
}

/** A jar of 20 jars of 20 jars and so on, which share one copy: each directory names the same bytes 20 times. */
function jarQuine(depth: number): Buffer {
  let jar = writeZip({ 'META-INF/MANIFEST.MF': Buffer.from('Implementation-Title: inner\n') });
  for (let i = 0; i < depth; i++) jar = writeZip(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.jar`, jar])));
  return jar;
}

/** A zip whose directory has `count` entries that all point at one member of `size` bytes (D. Fifield, "A better zip bomb", 2019). */
function overlappingZip(count: number, size: number): Buffer {
  const content = Buffer.alloc(size, 'a');
  const packed = deflateRawSync(content, { level: 9 });
  const checksum = crc32(content);
  const fields = (name: Buffer) => {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(checksum, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    return common;
  };
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(Buffer.from('0.jar')), Buffer.from('0.jar'), packed]);
  const directory = Buffer.concat(
    Array.from({ length: count }, (_, i) => {
      const name = Buffer.from(`${i}.jar`);
      return Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields(name), Buffer.alloc(14), name]);
    }),
  );
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count & 0xffff, 8);
  end.writeUInt16LE(count & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

/** Files that extractors read: archives in archives, documents without end, databases that lead in circles. */
export const CONTENT: readonly HostileCase[] = [
  {
    id: 'nested-jars',
    input: 'a jar in a jar, thirty deep',
    answer: { gap: 'nested-too-deep' },
    make: (folder) => file(folder, 'srv/app.jar', nestedJar(30)),
  },
  {
    id: 'branching-jars',
    input: 'a jar of 20 jars of 20 jars, five deep: 3.2 million in all',
    answer: { gap: 'too-large' },
    make: (folder) => file(folder, 'srv/app.jar', jarQuine(5)),
  },
  {
    id: 'zip-bomb',
    input: 'a jar with 30,000 entries that share one member of 20 MB: 600 GB',
    answer: { gap: 'too-large' },
    make: (folder) => file(folder, 'srv/app.jar', overlappingZip(30_000, 20 << 20)),
  },
  {
    id: 'jar-cut-off',
    input: 'a jar without its directory',
    answer: { gap: 'malformed' },
    make: (folder) => file(folder, 'srv/app.jar', nestedJar(2).subarray(0, 100)),
  },
  {
    id: 'deep-package-json',
    input: 'a `package.json` of four million opening brackets',
    answer: { gap: 'malformed' },
    make: (folder) => file(folder, 'srv/node_modules/x/package.json', '['.repeat(4_000_000)),
  },
  {
    id: 'large-package-json',
    input: 'a `package.json` of 200 MB',
    answer: { gap: 'too-large' },
    make: (folder) => file(folder, 'srv/node_modules/x/package.json', Buffer.alloc(200 << 20, ' ')),
  },
  {
    id: 'prototype',
    input: 'a `package.json` with the keys `__proto__` and `constructor`',
    answer: { packages: [...MUSL, 'x 1.0.0'].sort(), how: 'keys like others' },
    make: (folder) =>
      file(
        folder,
        'srv/node_modules/x/package.json',
        '{"name":"x","version":"1.0.0","__proto__":{"a":1},"constructor":{"prototype":{"b":2}}}',
      ),
  },
  {
    id: 'endless-line',
    input: 'an apk database of one line of 100 MB',
    answer: { gap: 'malformed' },
    make: (folder) => file(folder, 'lib/apk/db/installed', Buffer.alloc(100 << 20, 'P')),
  },
  {
    id: 'random-rpmdb',
    input: 'an rpm database that is SQLite by its header and noise behind it',
    answer: { gap: 'malformed' },
    make: (folder) =>
      file(folder, 'var/lib/rpm/rpmdb.sqlite', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(65_536 - 16, 0xa7)])),
  },
  {
    id: 'ndb-lie',
    input: 'an rpm database (NDB) whose only package is not one',
    answer: { gap: 'malformed' },
    make: (folder) => file(folder, 'var/lib/rpm/Packages.db', ndbDatabase([Buffer.alloc(400, 0xff)])),
  },
  {
    id: 'berkeley-lie',
    input: 'an rpm database (BerkeleyDB) whose only package is not one',
    answer: { gap: 'malformed' },
    make: (folder) => file(folder, 'var/lib/rpm/Packages', hashFile([[Buffer.from([1, 0, 0, 0]), Buffer.alloc(400, 0xff)]])),
  },
  {
    id: 'elf-lie',
    input: 'a program with 65,535 section headers, all beyond its end',
    answer: { packages: MUSL, how: 'it is no program that a loader would start' },
    make: (folder) => {
      const program = Buffer.alloc(4096);
      program.write('\x7fELF', 'latin1');
      program.set([2, 1, 1], 4);
      program.fill(0xff, 16);
      return file(folder, 'usr/bin/tool', program, 0o755);
    },
  },
  {
    id: 'code-of-the-image',
    input: 'programs, hooks and scripts in all places where a tool could run them (`npm`, `pip`, `gem`, `.gitconfig`, `sitecustomize.py`)',
    answer: { packages: [...MUSL, 'x 1.0.0'].sort(), how: 'no code of an image is run' },
    make: (folder) => {
      const script = '#!/bin/sh\ntouch /tmp/plimsoll-was-here\n';
      const pieces = [
        entry(
          { name: 'srv/node_modules/x/package.json' },
          '{"name":"x","version":"1.0.0","scripts":{"preinstall":"touch /tmp/plimsoll-was-here"}}',
        ),
        entry({ name: 'usr/lib/python3/sitecustomize.py' }, 'open("/tmp/plimsoll-was-here", "w")\n'),
        ...['usr/bin/npm', 'usr/bin/dpkg', 'usr/bin/rpm', 'bin/sh', 'usr/bin/git'].map((name) => entry({ name, mode: 0o755 }, script)),
      ];
      return {
        scan: [writeRawImage(folder, [{ stored: tar(ALPINE, ...pieces) }])],
        after: () => {
          if (existsSync('/tmp/plimsoll-was-here')) throw new Error('code of the image was run');
        },
      };
    },
  },
];
