import { type DocumentOptions, type ParseOptions, parse, type SchemaOptions, type ToJSOptions } from 'yaml';
import { fields } from '../util/fields.ts';
import { readUpTo } from './feed-files.ts';
import type { FeedFile, RecordSink } from './types.ts';

/** Longest text of one record that is accepted, bytes: ten times the longest of the known repositories, and 3 s of YAML at worst. */
const MAX_TEXT = 512 * 1024;

/** Keys that stand twice are not looked for: the library compares each with all others, minutes for a text of nothing but keys. */
const YAML: ParseOptions & DocumentOptions & SchemaOptions & ToJSOptions = {
  schema: 'failsafe',
  customTags: ['null'],
  maxAliasCount: 0,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
};

/**
 * One record of a repository that keeps a file for each (`crates/abi_stable/RUSTSEC-2020-0105.md`). `take` gets what `read` makes of
 * the text, with where the file stands in the repository as `_path`: its last two folders and its name. What is too long or not of the
 * form is counted, because one bad file says nothing about the thousands beside it.
 */
export async function readRecordFile(
  file: FeedFile,
  read: (text: string) => unknown,
  sink: Pick<RecordSink, 'problem'>,
  take: (record: unknown) => void,
): Promise<void> {
  const path = file.name.split('/').slice(-3).join('/');
  const bytes = await readUpTo(file, MAX_TEXT);
  if (bytes === undefined) {
    sink.problem('longer than a record', path);
    return;
  }
  const record = fields(read(bytes.toString('utf8')));
  if (Object.keys(record).length === 0) sink.problem('not of the form of a record', path);
  else take({ ...record, _path: path });
}

/**
 * A YAML document as plain data; undefined where the text is none. Every scalar stays the text that is written (version `1.10` is no
 * number), but for null. Aliases are refused: no record has any, and they are how small texts grow large. Source: YAML 1.2.2, 10.1.
 */
export function readYaml(text: string): unknown {
  try {
    return parse(text, YAML) as unknown;
  } catch {
    return undefined;
  }
}
