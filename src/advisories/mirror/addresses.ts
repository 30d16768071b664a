import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withoutSecrets } from '../../util/addresses.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Upstream } from '../types.ts';

/** Where one file is to be had: a server, or a path of this machine. */
export type Place = { readonly kind: 'http'; readonly url: string } | { readonly kind: 'file'; readonly path: string };

/** Schemes have their slashes here: `Alpine:v3.20/all.zip` is a relative address. */
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The base addresses as they are used: with a slash at the end. An absolute path is a folder of this machine.
 *
 * @throws PlimsollError feed-url-invalid
 */
export function baseUrls(upstream: string, given: readonly string[]): readonly string[] {
  return given.map((text) => {
    const url = isAbsolute(text) ? pathToFileURL(text) : URL.canParse(text) ? new URL(text) : undefined;
    const known = url !== undefined && ['https:', 'http:', 'file:'].includes(url.protocol) && url.search === '' && url.hash === '';
    if (!known)
      throw new PlimsollError('feed-url-invalid', { upstream, url: withoutSecrets(text).slice(0, 200) }, { exitCode: EXIT.usage });
    return url.href.endsWith('/') ? url.href : `${url.href}/`;
  });
}

/**
 * Where to look for `address`, in order. What an upstream's own index names may lie on another server, but never in a file of
 * this machine, nor without TLS where the upstream has it.
 *
 * @throws PlimsollError feed-address-refused
 */
export function placesOf({ id }: Pick<Upstream, 'id'>, bases: readonly string[], address: string): readonly Place[] {
  if (!ABSOLUTE.test(address)) return bases.map((base) => below(id, base, address));
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const owner = bases[0]!;
  if (url === undefined) throw refused(id, address, 'it is no address');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && !owner.startsWith('https:'))) return [{ kind: 'http', url: url.href }];
  const base = bases.find((each) => each.startsWith('file:') && url.href.startsWith(each));
  if (base !== undefined) return [below(id, base, decodeURIComponent(url.href.slice(base.length)))];
  throw refused(id, address, url.protocol === 'http:' ? 'it is without TLS' : `its scheme is ${url.protocol}`);
}

/** The name that a file of this address has in the mirror where nobody gave another one: its path, without a query, below its base. */
export function nameOf(bases: readonly string[], address: string): string {
  const base = bases.find((each) => address.startsWith(each));
  const relative = base === undefined ? address : address.slice(base.length);
  const path = ABSOLUTE.test(relative) && URL.canParse(relative) ? new URL(relative).pathname.slice(1) : relative.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `file:` addresses that leave their folder are refused; on a server they are its own affair, but then the file is not where it is said to be. */
function below(id: string, base: string, address: string): Place {
  if (base.startsWith('file:')) {
    const parts = address.split('/');
    if (address.includes('\0') || parts.includes('..') || address.startsWith('/')) throw refused(id, address, 'it leads out of the folder');
    return { kind: 'file', path: join(fileURLToPath(base), ...parts) };
  }
  const href = base + address.replaceAll('#', '%23').replaceAll('\\', '%5C');
  if (!URL.canParse(href)) throw refused(id, address, 'it is no address');
  const url = new URL(href);
  if (!url.href.startsWith(base)) throw refused(id, address, 'it leads out of the folder');
  return { kind: 'http', url: url.href };
}

function refused(upstream: string, address: string, reason: string): PlimsollError {
  return new PlimsollError('feed-address-refused', { upstream, address: address.slice(0, 200), reason });
}
