import type { Bytes } from '../../../util/bytes.ts';
import { isObject } from '../../../util/fields.ts';

/** What a package.json states of its package. Source: npm documentation, package.json. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly licenses?: readonly string[];
  /** The author's word that it is in no registry. */
  readonly private?: boolean;
}

/** Undefined where the bytes are not a JSON object. Fields of a wrong type or form are left out. */
export function parsePackageJson(bytes: Bytes): PackageJson | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8', startsWithBom(bytes) ? 3 : 0));
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const licenses = licensesOf(json);
  return {
    ...(isName(json.name) ? { name: json.name } : {}),
    ...(isVersion(json.version) ? { version: json.version.trim() } : {}),
    ...(licenses.length > 0 ? { licenses } : {}),
    ...(json.private === true ? { private: true } : {}),
  };
}

/** `license` as text or `{type}`, and the old array `licenses`. */
function licensesOf(json: Record<string, unknown>): string[] {
  const stated = Array.isArray(json.licenses) ? json.licenses : [json.license ?? json.licenses];
  return stated
    .slice(0, 20)
    .map((entry: unknown) => (isObject(entry) ? entry.type : entry))
    .filter((text): text is string => typeof text === 'string' && text !== '' && text.length <= 500);
}

/** Old packages have upper case and odd characters in their names; only what could not be a folder below node_modules is refused. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 214 && /^(@[^/@\s]+\/)?[^/@\s.][^/@\s]*$/.test(value);
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 256 && /^\s*[^\s]+\s*$/.test(value);
}

function startsWithBom(bytes: Bytes): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
