import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PlimsollError } from '../../util/errors.ts';
import { currentGeneration } from './generations.ts';
import { type BuiltDatabase, buildInMemory, openBuilt } from './memory.ts';
import { openDatabase, type ShardDatabase } from './open.ts';
import { parseStarter } from './starter-text.ts';

/** The user's own database; where there is none, the starter. A damaged one is refused, never silently replaced. */
export function openDatabaseOrStarter(folder: string): ShardDatabase {
  return currentGeneration(folder) === undefined ? openStarter() : openDatabase(folder);
}

/** Made of the text once a process. */
let fromText: BuiltDatabase | undefined;

/**
 * The database that ships with the program: tables beside the bundle, which the build made of the text in data/starter; run
 * from source, they are made in memory.
 */
export function openStarter(): ShardDatabase {
  const tables = fileURLToPath(new URL('./starter/', import.meta.url));
  if (existsSync(`${tables}manifest.json`)) return openDatabase(tables);
  const text = fileURLToPath(new URL('../../../data/starter/', import.meta.url));
  try {
    fromText ??= buildInMemory(readStarter(text));
    return openBuilt(fromText, text);
  } catch (cause) {
    throw new PlimsollError('database-damaged', { path: text, detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}

/** Content of the starter's text in `folder`, which ends with a slash. */
export function readStarter(folder: string) {
  return parseStarter(readFileSync(`${folder}feeds.json`, 'utf8'), readFileSync(`${folder}flaws.jsonl`, 'utf8'));
}
