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

/** Names, else addresses, in the `licenses` of a pom.xml; those that it inherits are elsewhere. Source: Maven, "POM Reference", Licenses. */
export function pomLicenses(bytes: Bytes): readonly string[] {
  const section = between(bytes.toString('utf8'), '<licenses>', '</licenses>') ?? '';
  const licenses = section.slice(0, MAX_VALUE).split('<license>').slice(1);
  return tidy(licenses.map((license) => between(license, '<name>', '</name>') ?? between(license, '<url>', '</url>') ?? ''));
}

/** The licences of the manifest attribute Bundle-License, without their directives. Source: OSGi Core, 3.2.1. */
export function bundleLicenses(value: string): readonly string[] {
  // Every other part is in quotation marks; commas in there separate nothing.
  const clauses = value
    .split('"')
    .map((part, i) => (i % 2 === 0 ? part : part.replaceAll(/[,;]/g, ' ')))
    .join('')
    .split(',');
  return tidy(clauses.map((clause) => clause.split(';')[0] ?? ''));
}

const MAX_LICENSES = 20;
const MAX_LICENSE = 200;

function tidy(names: readonly string[]): readonly string[] {
  const short = names.slice(0, MAX_LICENSES).map((name) => name.trim().slice(0, MAX_LICENSE).replace(/\s+/g, ' ').replaceAll('&amp;', '&'));
  return [...new Set(short.filter((name) => name !== ''))];
}

function between(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start);
  return end < 0 ? undefined : text.slice(start + open.length, end);
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
