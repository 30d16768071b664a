import { dirname } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { closest } from '../util/closest.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { SETTING_NAMES, SETTINGS, type SettingName } from './schema.ts';
import { longFlag, type Setting } from './setting.ts';

/** A setting that a file makes, and where. */
export interface FileEntry {
  readonly name: SettingName;
  /** As YAML says it; paths are absolute. */
  readonly raw: unknown;
  /** Counted from 1. */
  readonly line: number;
}

/** The settings of a plimsoll.yaml. Unknown keys, repeated keys and broken YAML are usage errors that name the line. */
export function readSettingsFile(path: string, text: string): FileEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw usage('settings-file-invalid', { where: `${path}:${line}`, detail: broken.message.split(/ at line |\n/)[0] ?? broken.message });
  }
  if (document.contents === null) return [];
  const all = entries(document, document.contents, '', { path, lineOf: (offset) => lines.linePos(offset).line });
  // `scan: {fail-on: ...}` and `scan.fail-on` are one; YAML itself sees to keys that are spelt the same.
  const again = all.find(({ name }, i) => all.findIndex((each) => each.name === name) < i);
  if (again) throw usage('settings-file-invalid', { where: `${path}:${again.line}`, detail: 'Map keys must be unique' });
  return all;
}

/** What a plimsoll.yaml says of one setting, whatever else is wrong with it; of no line, and paths as they are. */
export function readSetting(name: SettingName, text: string): FileEntry[] {
  const document = parseDocument(text);
  const raw: unknown = isMap(document.contents) ? document.getIn(SETTINGS[name].key.split('.')) : undefined;
  return raw === undefined ? [] : [{ name, raw, line: 0 }];
}

interface Place {
  readonly path: string;
  lineOf(offset: number): number;
}

function entries(document: Document.Parsed, node: Node, prefix: string, place: Place): FileEntry[] {
  if (!isMap(node)) {
    const where = `${place.path}:${place.lineOf(node.range?.[0] ?? 0)}`;
    throw usage('settings-file-invalid', { where, detail: prefix ? `${prefix}: not a mapping` : 'not a mapping' });
  }
  return node.items.flatMap(({ key, value }) => {
    const word = isScalar(key) ? String(key.value) : '';
    const full = prefix ? `${prefix}.${word}` : word;
    const line = place.lineOf((isScalar(key) ? key.range?.[0] : undefined) ?? 0);
    const name = SETTING_NAMES.find((each) => SETTINGS[each].key === full);
    if (name) return [entry(name, value as Node | null, line, document, place)];
    const parent = SETTING_NAMES.some((each) => SETTINGS[each].key.startsWith(`${full}.`));
    if (!parent) throw unknownKey(full, `${place.path}:${line}`);
    return value === null || (isScalar(value) && value.value === null) ? [] : entries(document, value as Node, full, place);
  });
}

function entry(name: SettingName, value: Node | null, line: number, document: Document.Parsed, place: Place): FileEntry {
  const setting: Setting = SETTINGS[name];
  if (setting.inFile === false) throw usage('setting-not-in-file', { where: `${place.path}:${line}`, key: setting.key, env: setting.env });
  const raw = plain(value, document, `${place.path}:${line}`);
  // Paths in a file are relative to it.
  return { name, raw: setting.kind.inFolder?.(raw, dirname(place.path)) ?? raw, line };
}

/** The value without YAML around it; a file whose aliases multiply (a "billion laughs") is refused. */
function plain(value: Node | null, document: Document.Parsed, where: string): unknown {
  try {
    return value?.toJS(document, { maxAliasCount: 100 });
  } catch (cause) {
    throw usage('settings-file-invalid', { where, detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

function unknownKey(key: string, where: string): PlimsollError {
  const known: readonly Setting[] = SETTING_NAMES.map((each) => SETTINGS[each]).filter((each: Setting) => each.inFile !== false);
  const keys = known.map((each) => each.key);
  const like = keyOf(key, known) ?? closest(key, keys);
  return like === undefined
    ? usage('setting-unknown', { where, key, keys: keys.join(', ') })
    : usage('setting-misspelt', { where, key, like });
}

/** The key that somebody means who writes the option's name or a key without its group: `failOn`, `fail_on`, `max-db-age`. */
function keyOf(word: string, known: readonly Setting[]): string | undefined {
  const plainWord = kebab(word);
  return known.find((each) => longFlag(each) === `--${plainWord}` || each.key.split('.').at(-1) === plainWord)?.key;
}

function kebab(word: string): string {
  return word
    .replaceAll('_', '-')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

function usage(code: PlimsollError['code'], params: PlimsollError['params']): PlimsollError {
  return new PlimsollError(code, params, { exitCode: EXIT.usage });
}
