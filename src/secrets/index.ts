import { createHash } from 'node:crypto';
import type { Bytes } from '../util/bytes.ts';
import { type AllowList, allowLists } from './allow.ts';
import { type RuleSet, readyRules } from './engine/rule-set.ts';
import { FileStream, type StreamContext } from './engine/stream.ts';
import { Window } from './engine/window.ts';
import { binaryForms, textForms } from './forms/index.ts';
import { keyedHash } from './mask.ts';
import { pathClassifier, SKIP_PRESETS, type SkipClass } from './paths.ts';
import type { SecretForm, SecretRule, SecretScanner } from './types.ts';

export { SKIP_PRESETS } from './paths.ts';
export type * from './types.ts';

export interface ScannerOptions {
  readonly rules: readonly SecretRule[];
  /** Makes hashes of secrets that tell nothing of them; the same key gives the same hashes. */
  readonly hashKey: Bytes;
  /** Classes of path to leave out; SKIP_PRESETS.default where absent. */
  readonly skip?: readonly SkipClass[];
  readonly allow?: readonly AllowList[];
  /** Ids of rules and forms that do not look. */
  readonly disable?: readonly string[];
  /** Is told the text of each secret that is found in text and not ignored: the only way to it. Nothing else depends on it. */
  readonly onSecret?: (path: string, rule: string, hash: string, secret: string) => void;
}

/** Counted up when the engine, the forms or the look-alikes change what is found: results kept in caches are then made again. */
const ENGINE = 4;

/** Makes rules ready; building takes milliseconds, so a process makes one scanner. */
export function createScanner(options: ScannerOptions): SecretScanner {
  const disabled = new Set(options.disable);
  const rules = [...options.rules, ...textForms].filter(({ id }) => !disabled.has(id));
  const skip = options.skip ?? SKIP_PRESETS.default;
  const allow = options.allow ?? [];
  let set: RuleSet | undefined;
  const windows: Window[] = [];
  const context: StreamContext = {
    get set() {
      set ??= readyRules(rules);
      return set;
    },
    hashKey: options.hashKey,
    takeWindow: () => windows.pop() ?? new Window(context.set),
    returnWindow: (window) => void windows.push(window),
    binary: binaryForms(disabled),
    readBinaries: !skip.includes('binary'),
    allows: allowLists(allow),
    onSecret: options.onSecret,
  };
  const classify = pathClassifier(skip);
  let version: string | undefined;

  return {
    get version() {
      version ??= versionOf(rules, [skip, allow, [...disabled]], options.hashKey);
      return version;
    },
    rules: rules.length,
    skips: classify,
    open: (path, size) => new FileStream(context, path, size),
    text: (path, text) => readText(context, path, Buffer.from(text, 'utf8')).end(),
    redact: (path, text) => {
      const bytes = Buffer.from(text, 'utf8');
      return readText(context, path, bytes).redacted(bytes).toString('utf8');
    },
  };
}

function readText(context: StreamContext, path: string, bytes: Bytes): FileStream {
  const stream = new FileStream(context, path, bytes.length, 'text');
  stream.chunk(bytes);
  return stream;
}

/** A hash of all that decides what is found. */
function versionOf(rules: readonly (SecretRule | SecretForm)[], settings: readonly unknown[], hashKey: Bytes): string {
  const text = JSON.stringify([ENGINE, keyedHash(hashKey, 'version', ''), rules, settings], (_, value: unknown) =>
    typeof value === 'function' || value instanceof RegExp ? String(value) : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
