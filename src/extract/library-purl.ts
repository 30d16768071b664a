import { formatPurl } from '../util/purl.ts';

/** `@scope/name` and `name`. Source: purl-spec, types/npm-definition. */
export function npmPurl(name: string, version: string): string {
  const slash = name.indexOf('/');
  return formatPurl({ type: 'npm', ...(slash > 0 ? { namespace: name.slice(0, slash) } : {}), name: name.slice(slash + 1), version });
}

/** In the normal form of names. Source: purl-spec, types/pypi-definition; PyPA, "Names and normalization". */
export function pypiPurl(name: string, version: string): string {
  return formatPurl({ type: 'pypi', name: name.replace(/[-_.]+/g, '-'), version });
}

/** Of `group:artifact`. Source: purl-spec, types/maven-definition. */
export function mavenPurl(name: string, version: string): string {
  const colon = name.indexOf(':');
  return formatPurl({ type: 'maven', namespace: name.slice(0, colon), name: name.slice(colon + 1), version });
}

/** A name that npm could install; upper case and odd characters are in old packages. */
export function isNpmName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 214 && /^(@[^/@\s\0]+\/)?[^/@\s\0.][^/@\s\0]*$/.test(value);
}

/** ASCII letters, digits, `.`, `_`, `-`, a letter or digit at both ends. Source: PyPA, "Names and normalization". */
export function isPypiName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 256 && /^([a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i.test(value);
}
