/** What a reader must know before trusting a report. */
export const warningEn = {
  'starter-database':
    'This is the starter database that ships with plimsoll: {records} records, the best known flaws only. Most flaws are not in it. For all of them, put advisory files in a folder and run: plimsoll db build --from <folder>',
  'stale-database': 'The advisory data is {age} days old (limit {limit}; oldest needed feed: {feed}). Newer flaws are missing.',
  'future-database': 'The advisory data carries a date in the future ({date}); check the clock of this machine.',
  'unassessed-packages': 'Packages that no source assesses: {count}. Nothing found in them does not mean that they are safe.',
  'inventory-gaps': 'Places that could not be read: {count}, of which {incomplete} may hide packages.',
  'no-packages': 'No packages were found in {target}. That is right for an image of static files; otherwise check the target.',
} as const;

export type WarningKey = keyof typeof warningEn;
