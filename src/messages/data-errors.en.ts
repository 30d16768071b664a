import type { ErrorText } from './error-text.ts';

/** The errors of databases, of feeds, and of caches that a team shares. */
export const dataErrorsEn = {
  'database-stale': {
    what: 'The advisory data is {age} days old, more than the {limit} allowed (oldest needed feed: {feed}).',
    next: 'Update the database with plimsoll db update, or allow older data with --max-db-age or --stale-db warn.',
  },
  'database-missing': {
    what: 'There is no advisory database in {path}.',
    next: 'Make one with plimsoll db update, or take one with plimsoll db pull or db import. Without it the starter database is used.',
  },
  'database-damaged': {
    what: 'The advisory database cannot be trusted: {path}: {detail}.',
    next: 'It is half-written, damaged or changed. Delete it and make it again: plimsoll db update.',
  },
  'database-incomplete': {
    what: 'The advisory database in {path} lacks parts that are needed: {parts}.',
    next: 'Bring all of it here with plimsoll db pull or db import, or let the scan fetch what it needs: set database.source, without --offline and --update never.',
  },
  'database-newer': {
    what: 'The advisory database in {path} has format {version}, which this plimsoll does not know.',
    next: 'Update plimsoll, or make the database again with this one: plimsoll db update.',
  },
  'database-artifact-invalid': {
    what: 'What {source} offers is not a database that can be trusted: {reason}.',
    next: 'Check the reference, or take it from another source. The database that was there before is unchanged.',
  },
  'database-source-missing': {
    what: 'Nobody said where the database is to come from.',
    next: 'Give a reference (plimsoll db pull registry.example/plimsoll-db), or set database.source.',
  },
  'database-sources-failed': {
    what: 'None of the sources gave a database: {sources}.',
    next: 'The database that was there before is unchanged. Pull from one of them alone to see what is wrong with it.',
  },
  'database-source-invalid': {
    what: '{source} cannot be a source of databases: {reason}.',
    next: 'Give a registry reference, an https: address with a slash at its end, or a folder.',
  },
  'database-source-older': {
    what: '{source} has an older database ({date}) than this machine ({before}), and parts of it are needed.',
    next: 'Wait until it is up to date, name another source, or take the older one with plimsoll db pull.',
  },
  'database-not-redistributable': {
    what: 'The database holds feeds that may not be passed on: {feeds}.',
    next: 'Build a database without their files, and push that.',
  },
  'database-archive-unwritable': {
    what: 'The archive {path} could not be written: {detail}.',
    next: 'Check the free space, the folder and its permissions.',
  },
  'database-no-feeds': {
    what: 'No file in {folder} belongs to a feed that plimsoll reads.',
    next: 'docs/feeds.md lists the feeds and how their files are named.',
  },
  'database-unwritable': {
    what: 'The database cannot be written to {path}: {detail}.',
    next: 'Make room there, or name a folder that can be written with --db or --cache-dir.',
  },
  'database-input': {
    what: 'The advisory data in {path} cannot be read: {detail}.',
    next: 'Fetch that file again, or leave its upstream out (feeds.<upstream>.enabled: false); the database that was there before is unchanged.',
  },
  'feed-name-unsafe': {
    what: '{upstream} names a file that cannot be mirrored, {name}: {reason}.',
    next: 'Its index is damaged or hostile; what was mirrored before is unchanged. Check the address of this upstream.',
  },
  'feed-address-refused': {
    what: '{upstream} names an address that is not followed, {address}: {reason}.',
    next: 'Its index is damaged or hostile; what was mirrored before is unchanged. Check the address of this upstream.',
  },
  'feed-url-invalid': {
    what: '{url} is not an address that {upstream} can be fetched from.',
    next: 'Give one that begins with https:, http: or file: and has no query.',
  },
  'feed-missing': {
    what: '{upstream} has no {file}.',
    next: 'Check the address of this upstream: it must have the same layout as the original.',
  },
  'feed-malformed': {
    what: '{file} of {upstream} is not what it should be: {detail}.',
    next: 'What was mirrored before is unchanged. Try again later; if it stays so, check the address, or report it.',
  },
  'nvd-refused': {
    what: 'The NVD refuses to answer (status {status}).',
    next: 'Status 404 means that it does not know the key in PLIMSOLL_NVD_API_KEY. Otherwise too much was asked from this address: try again in some minutes, it goes on where it ended; a free key of the NVD allows ten times as much.',
  },
  'feed-mirror-unwritable': {
    what: 'The feeds cannot be written to {path}: {detail}.',
    next: 'Make room there, or name a folder that can be written with --cache-dir.',
  },
  'update-running': {
    what: 'Another plimsoll db update (process {pid}) is at work on the same cache.',
    next: 'Wait until it is done. If none is running, delete {path}.',
  },
  'update-failed': {
    what: 'No upstream could be updated: {failures}.',
    next: 'What was mirrored before and the database are unchanged. Check the network, the proxy settings and the addresses (plimsoll db update --list).',
  },
  'update-useless': {
    what: 'Nothing that says which packages are affected was fetched yet, only {upstreams}.',
    next: 'Run plimsoll db update without names first. The database that was there before is unchanged.',
  },
  'upstream-unknown': {
    what: 'There is no upstream {name}.',
    next: 'Choose among {known}; plimsoll db update --list tells what each is.',
  },
  'key-unusable': {
    what: 'The key in {path} cannot be used: {detail}.',
    next: 'Give a readable PEM file without password: Ed25519, ECDSA, or RSA of at least 2048 bits.',
  },
  'shared-cache-untrusting': {
    what: 'No key says whose entries of the shared cache {address} are believed.',
    next: 'Give the public keys of its writers with --shared-cache-trust, or your own key with --shared-cache-sign.',
  },
  'shared-cache-address': {
    what: 'The shared cache {address} is neither a repository nor an https address.',
    next: 'Write it as registry/repository or https://host/path/.',
  },
} as const satisfies Record<string, ErrorText>;
