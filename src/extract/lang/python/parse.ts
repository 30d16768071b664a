import type { Bytes } from '../../../util/bytes.ts';

/** What the metadata file of a distribution states. */
export interface PythonMetadata {
  readonly name?: string;
  readonly version?: string;
  readonly licenses?: readonly string[];
}

const MAX_LICENSES = 20;
const MAX_LICENSE_LENGTH = 200;

/**
 * Reads the headers of METADATA or PKG-INFO, up to the first blank line; folded lines belong to the header before. Names are
 * compared in any case, the first of a single-use field counts. Undefined where the bytes are no such headers at all.
 * Source: PyPA, "Core metadata specifications".
 */
export function parseMetadata(bytes: Bytes): PythonMetadata | undefined {
  const fields = new Map<string, string>();
  const classifiers: string[] = [];
  let headers = 0;
  let last = '';
  for (const line of headerLines(bytes)) {
    if (/^[ \t]/.test(line)) {
      // A licence text folded over many lines is no licence name.
      if (last === 'license') fields.delete('license');
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || /\s/.test(line.slice(0, colon))) continue;
    headers++;
    last = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (last === 'classifier' && value.startsWith('License ::')) classifiers.push(value.slice(value.lastIndexOf('::') + 2).trim());
    else if (!fields.has(last)) fields.set(last, value);
  }
  if (headers === 0) return undefined;
  const name = fields.get('name') ?? '';
  const version = fields.get('version') ?? '';
  const licenses = licensesOf(fields, classifiers);
  return {
    ...(isName(name) ? { name } : {}),
    ...(isVersion(version) ? { version } : {}),
    ...(licenses.length > 0 ? { licenses } : {}),
  };
}

/** Names are ASCII letters, digits, `.`, `_`, `-`, a letter or digit at both ends. Source: PyPA, "Names and normalization". */
function isName(text: string): boolean {
  return text.length <= 256 && /^([a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i.test(text);
}

function isVersion(text: string): boolean {
  return text !== '' && text.length <= 256 && !/\s/.test(text);
}

function licensesOf(fields: ReadonlyMap<string, string>, classifiers: readonly string[]): string[] {
  const expression = fields.get('license-expression');
  if (expression) return [expression.slice(0, MAX_LICENSE_LENGTH)];
  const stated = fields.get('license') ?? '';
  const isText = stated === '' || stated === 'UNKNOWN' || stated.length > MAX_LICENSE_LENGTH;
  return [...new Set([...(isText ? [] : [stated]), ...classifiers])].slice(0, MAX_LICENSES);
}

function* headerLines(bytes: Bytes): Generator<string> {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0x0a, at);
    const line = bytes.toString('utf8', at, end < 0 ? bytes.length : end).replace(/\r$/, '');
    if (line === '') return;
    yield line;
    if (end < 0) return;
    at = end + 1;
  }
}
