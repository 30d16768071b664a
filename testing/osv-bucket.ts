import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { writeZip } from './image-builder/zip-writer.ts';

/** What of an OSV record its place in the bucket depends on. */
export interface BucketRecord {
  readonly id: string;
  readonly modified: string;
  readonly affected?: readonly { readonly package?: { readonly ecosystem?: string } }[];
}

/** The files of osv.dev's bucket for these records, by its folders. Layout: google.github.io/osv.dev/data, "Data dumps". */
export function osvBucket(folders: Readonly<Record<string, readonly BucketRecord[]>>): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = { 'ecosystems.txt': `${Object.keys(folders).sort().join('\n')}\n` };
  for (const [ecosystem, records] of Object.entries(folders)) {
    const newest = records.toSorted((a, b) => (a.modified > b.modified ? -1 : 1));
    files[`${ecosystem}/all.zip`] = writeZip(
      Object.fromEntries(records.map((record) => [`${record.id}.json`, Buffer.from(JSON.stringify(record))])),
    );
    files[`${ecosystem}/modified_id.csv`] = newest.map(({ id, modified }) => `${new Date(modified).toISOString()},${id}\n`).join('');
    // Those that no archive holds for sure, because they are so new.
    for (const record of newest.slice(0, 50)) files[`${ecosystem}/${record.id}.json`] = JSON.stringify(record);
  }
  return files;
}

/** Puts records into the bucket's folders, as osv.dev does: one for each ecosystem, releases left off, that they speak of. */
export function byEcosystem(records: readonly BucketRecord[]): Record<string, BucketRecord[]> {
  const folders: Record<string, BucketRecord[]> = {};
  for (const record of records) {
    const ecosystems = (record.affected ?? []).flatMap((each) => each.package?.ecosystem?.split(':')[0] ?? []);
    for (const ecosystem of new Set(ecosystems)) (folders[ecosystem] ??= []).push(record);
  }
  return folders;
}

/** The records of a file of JSON lines. */
export function recordsIn(path: string): readonly BucketRecord[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as BucketRecord]));
}
