import type { Bytes } from '../../../util/bytes.ts';

/**
 * The main attributes of a manifest, keys in lower case; the first of a name counts. A line that begins with a space goes on
 * with the one before. Source: JAR File Specification, "Manifest Specification".
 */
export function parseManifest(bytes: Bytes): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let key = '';
  for (const line of lines(bytes)) {
    if (line === '') break;
    if (line.startsWith(' ')) {
      const value = attributes.get(key);
      if (value !== undefined && value.length < MAX_VALUE) attributes.set(key, value + line.slice(1));
      continue;
    }
    const colon = line.indexOf(':');
    key = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : '';
    if (key !== '' && !attributes.has(key)) attributes.set(key, line.slice(colon + 1).replace(/^ /, ''));
  }
  return attributes;
}

/**
 * The keys and values of a properties file that Maven's archiver wrote: `#` comments, `=` or `:`, backslash escapes of single
 * characters. Source: java.util.Properties, `load`.
 */
export function parseProperties(bytes: Bytes): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of lines(bytes)) {
    const match = /^\s*([^\s=:#!][^\s=:]*)\s*[=:]?\s*(.*)$/.exec(line.length > MAX_VALUE ? '' : line);
    if (match?.[1] && match[2] !== undefined) properties.set(match[1], match[2].trim().replace(/\\(.)/g, '$1'));
  }
  return properties;
}

/** Import-Package and signed digests grow long; what identifies a jar is short. */
const MAX_VALUE = 65_536;

function* lines(bytes: Bytes): Generator<string> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const line = bytes.toString('utf8', at, end < 0 ? bytes.length : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    if (end < 0) return;
    at = end + 1;
  }
}
