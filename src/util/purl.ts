/**
 * Package URLs, built and read by the purl specification (ECMA-427; package-url/purl-spec, docs/specification/standard).
 * `format` always gives the canonical form, so two equal packages have equal texts.
 */

export interface PackageUrl {
  readonly type: string;
  /** Segments joined by `/`, decoded: `debian`, `@angular`, `github.com/gorilla`. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** Decoded values; keys are lower case. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Relative path inside the package, without empty, `.` and `..` segments. */
  readonly subpath?: string;
}

/**
 * The canonical text. Empty qualifiers are dropped, keys sorted, type rules applied (lower case and `_` to `-` for pypi, ...).
 * The caller gives a valid type, a name that is not empty and qualifier keys of `[a-z0-9._-]`: they are written as they are.
 */
export function formatPurl(purl: PackageUrl): string {
  const { type, namespace, name, version, qualifiers, subpath } = normalise(purl);
  let text = `pkg:${type}/`;
  if (namespace) text += `${namespace.split('/').map(encode).join('/')}/`;
  text += encode(name);
  if (version) text += `@${encode(version)}`;
  const pairs = Object.keys(qualifiers ?? {})
    .filter((key) => qualifiers?.[key])
    .sort()
    .map((key) => `${key}=${encode(qualifiers?.[key] ?? '')}`);
  if (pairs.length > 0) text += `?${pairs.join('&')}`;
  if (subpath) text += `#${subpath.split('/').map(encode).join('/')}`;
  return text;
}

/** The parts of a purl text, normalised; undefined where it is not one. Never throws. */
export function parsePurl(text: string): PackageUrl | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let rest = text;
  const subpathText = cutLast('#');
  const qualifierText = cutLast('?');
  const scheme = /^pkg:\/*/i.exec(rest);
  if (!scheme) return undefined;
  rest = rest.slice(scheme[0].length);
  const slash = rest.indexOf('/');
  const type = rest.slice(0, slash).toLowerCase();
  if (slash < 0 || !TYPE.test(type)) return undefined;
  rest = rest.slice(slash + 1);
  // `@scope/name` is a scope that somebody left unencoded (npm), not a version.
  const versionText = /(^|\/)@[^@/]*\/[^@]*$/.test(rest) ? undefined : cutLast('@');

  const path = segments(rest);
  const version = versionText === undefined ? undefined : decode(versionText);
  const qualifiers = parseQualifiers(qualifierText);
  const subpath = segments(subpathText ?? '')?.filter((part) => part !== '.' && part !== '..');
  const name = path?.pop();
  if (!path || !name || !qualifiers || !subpath || (versionText !== undefined && version === undefined)) return undefined;
  const purl = normalise({
    type,
    name,
    ...(path.length > 0 ? { namespace: path.join('/') } : {}),
    ...(version ? { version } : {}),
    ...(Object.keys(qualifiers).length > 0 ? { qualifiers } : {}),
    ...(subpath.length > 0 ? { subpath: subpath.join('/') } : {}),
  });
  return obeysTypeRules(purl) ? purl : undefined;

  function cutLast(separator: string): string | undefined {
    const index = rest.lastIndexOf(separator);
    if (index < 0) return undefined;
    const right = rest.slice(index + 1);
    rest = rest.slice(0, index);
    return right;
  }
}

/** The same package whatever its version and qualifiers: for fingerprints and look-ups. Canonical text. */
export function versionlessPurl(purl: PackageUrl | string): string {
  const parsed = typeof purl === 'string' ? parsePurl(purl) : purl;
  if (!parsed) return typeof purl === 'string' ? purl : '';
  const { type, namespace, name, subpath } = parsed;
  return formatPurl({ type, name, ...(namespace ? { namespace } : {}), ...(subpath ? { subpath } : {}) });
}

/** Longer than any file path plus its qualifiers: a hostile file must not make us work for megabytes. */
const MAX_LENGTH = 16_384;
const TYPE = /^[a-z][a-z0-9.-]*$/;
const QUALIFIER_KEY = /^[a-z][a-z0-9._-]*$/;

/** Types whose namespace and name are case insensitive, to be lower case. Source: purl-spec, types/*-definition.json. */
const LOWER_NAME = new Set([
  'alpm',
  'apk',
  'bitbucket',
  'bitnami',
  'brew',
  'composer',
  'deb',
  'github',
  'hex',
  'luarocks',
  'oci',
  'otp',
  'pub',
  'pypi',
  'vscode-extension',
]);
const LOWER_NAMESPACE = new Set([...LOWER_NAME, 'rpm', 'qpkg', 'yocto']);
const LOWER_VERSION = new Set(['huggingface', 'oci', 'vscode-extension', 'pypi']);

function normalise(purl: PackageUrl): PackageUrl {
  const type = purl.type.toLowerCase();
  let namespace = trimSlashes(purl.namespace ?? '');
  let name = trimSlashes(purl.name);
  let version = purl.version ?? '';
  if (LOWER_NAMESPACE.has(type)) namespace = namespace.toLowerCase();
  if (LOWER_NAME.has(type)) name = name.toLowerCase();
  if (LOWER_VERSION.has(type)) version = version.toLowerCase();
  if (type === 'pypi') name = name.replaceAll('_', '-');
  if (type === 'pub') name = name.replace(/[^a-z0-9_]/g, '_');
  const subpath = (purl.subpath ?? '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
  return {
    type,
    ...(namespace ? { namespace } : {}),
    name,
    ...(version ? { version } : {}),
    ...(purl.qualifiers ? { qualifiers: lowerKeys(purl.qualifiers) } : {}),
    ...(subpath ? { subpath } : {}),
  };
}

function lowerKeys(qualifiers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(qualifiers).map(([key, value]) => [key.toLowerCase(), value]));
}

/** Slashes at the ends are not significant, those doubled inside are no segments (specification, "Namespace"). */
function trimSlashes(text: string): string {
  return text.includes('/') ? text.split('/').filter(Boolean).join('/') : text;
}

/** Unreserved characters and `:` stay, all others are percent-encoded as UTF-8 (specification, "Character encoding"). */
function encode(text: string): string {
  return /^[\w.~:-]*$/.test(text) ? text : Array.from(Buffer.from(text, 'utf8'), encodeByte).join('');
}

function encodeByte(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[\w.~:-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Undefined where one cannot be decoded or hides a `/` (specification, "Namespace": a segment shall not contain any). */
function segments(text: string): string[] | undefined {
  const parts = text
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  return parts.every((part): part is string => part !== undefined && part !== '' && !part.includes('/')) ? parts : undefined;
}

function parseQualifiers(text: string | undefined): Record<string, string> | undefined {
  const found: Record<string, string> = Object.create(null);
  for (const pair of (text ?? '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals).toLowerCase();
    const value = decode(pair.slice(equals + 1));
    if (equals < 0 || !QUALIFIER_KEY.test(key) || value === undefined || key in found) return undefined;
    if (value !== '') found[key] = value;
  }
  return { ...found };
}

/** Types that name nothing without a namespace. Source: purl-spec, types/swift-definition.json and vscode-extension-definition.json. */
function obeysTypeRules(purl: PackageUrl): boolean {
  return purl.namespace !== undefined || (purl.type !== 'swift' && purl.type !== 'vscode-extension');
}
