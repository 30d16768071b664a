import { standingWarningsEn } from './standing.en.ts';

/** What a reader must know before trusting a report. */
export const warningEn = {
  ...standingWarningsEn,
  'starter-database':
    'This is the starter database that ships with plimsoll: {records} records, the best known flaws only. Most flaws are not in it. For all of them run plimsoll db update, or name a published database with --db-source.',
  'stale-database': 'The advisory data is {age} days old (limit {limit}; oldest needed feed: {feed}). Newer flaws are missing.',
  'database-not-updated':
    'No source gave a newer database ({sources}). The one that is here goes on; its data is {age} days old. plimsoll db pull says more.',
  'database-source-failed': 'The database source {source} failed ({code}); the next one was asked.',
  'future-database': 'The advisory data carries a date in the future ({date}); check the clock of this machine.',
  'unassessed-packages': 'Packages that no source assesses: {count}. Nothing found in them does not mean that they are safe.',
  'inventory-gaps': 'Places that could not be read: {count}, of which {incomplete} may hide packages.',
  'no-packages': 'No packages were found in {target}. That is right for an image of static files; otherwise check the target.',
  'shared-cache-refused':
    'Entries of the shared cache {store} that no trusted writer signed: {count}. They were not used and the layers were read; somebody may be trying to hide packages.',
  'shared-cache-failed': 'The shared cache {store} could not be used ({code}); layers were read instead.',
  'lazy-layers':
    'Layers read by their tables of contents: {count} of {layers}, fetching {fetched} of {size} bytes ({percent} %). Files that a table leaves out were not seen, though a runtime may unpack them. Scan without --lazy to be sure.',
  'lazy-no-registry': 'Only images of a registry can be read lazily; everything was read.',
  'lazy-no-table': 'Layers without a table of contents that the manifest vouches for: {count}. They were read whole.',
  'lazy-no-ranges': 'The registry sends no parts of blobs. Layers read whole: {count}.',
  'lazy-bad-table': 'Layers whose table of contents cannot be relied on: {count}. They were read whole.',
  'secrets-key-unkept':
    'The key that hashes of secrets are made with could not be kept ({path}): the hashes of this run fit no baseline. Set PLIMSOLL_SECRETS_KEY, or make the folder writable for you alone.',
  'imported-results-malformed': 'Results in {file} that are not as SARIF has them and were left out: {count} ({examples}).',
  'imported-run-failed':
    '{tool} says in {file} that it did not get through ({said}); it may have missed something. Mend what stopped it and run it again.',
  'secrets-rules-ignored': 'Rules of {file} that mean nothing here and did not look: {count} ({rules}).',
  'base-not-below':
    'The image is said to be built on {name} ({evidence}), but its lowest layers are not those of that image as it is now. The statement was not believed.',
  'base-provenance-unread': 'Statements on how the image was built could not be read ({code}): the base image is told without them.',
  'dockerfile-other':
    'The image is not built from {file}, or from another version of it: from the last instruction on its history is another. No lines of it are shown, and its FROM is not taken for the base image.',
  'base-unchecked': 'The image is said to be built on {name}, which could not be opened ({code}): its layers were not compared.',
  'base-conflict':
    'The image is said to be built on {name} ({evidence}) and on {other} ({otherEvidence}). The first was believed; neither was compared.',
} as const;

export type WarningKey = keyof typeof warningEn;
