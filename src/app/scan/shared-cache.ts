import { readFile } from 'node:fs/promises';
import { httpStore, registryStore, signer, TeamCache, trustedKey } from '../../cache/shared/index.ts';
import type { LocalCache } from '../../cache/types.ts';
import type { ReportWarning } from '../../model/index.ts';
import type { RegistryOptions } from '../../oci/registry/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';

/** A cache that a team shares. */
export interface SharedCacheAccess {
  /** A repository (`ghcr.io/team/plimsoll-cache`), or an address that takes GET and PUT (`https://cache.example/plimsoll/`). */
  readonly address: string;
  /** PEM files with the public keys of the writers that are believed. */
  readonly trust?: readonly string[];
  /** PEM file with the private key that signs what this scan adds; absent: nothing is added. */
  readonly sign?: string;
  /** Bearer token for an address. */
  readonly token?: string;
}

/** Reads the keys; nothing is sent yet. Throws `shared-cache-untrusting`, `shared-cache-address`, `key-unusable`. */
export async function openSharedCache(access: SharedCacheAccess, options: RegistryOptions, local?: LocalCache): Promise<TeamCache> {
  const { address, trust = [], sign } = access;
  if (trust.length === 0 && sign === undefined) throw usage('shared-cache-untrusting', address);
  const store = /^https?:/.test(address)
    ? httpStore(webAddress(address, options), options.http, access.token)
    : registryStore(address, options);
  const trusted = await Promise.all(trust.map(async (path) => trustedKey(await keyText(path), path)));
  return new TeamCache({
    store,
    trusted,
    ...(sign === undefined ? {} : { signer: signer(await keyText(sign), sign) }),
    ...(local === undefined ? {} : { local }),
  });
}

export function sharedCacheWarnings(cache: TeamCache | undefined): ReportWarning[] {
  if (cache === undefined) return [];
  const { store, refused, failed } = cache.trouble;
  const warnings: ReportWarning[] = [];
  if (refused > 0) warnings.push({ code: 'shared-cache-refused', params: { store, count: refused } });
  if (failed !== undefined) warnings.push({ code: 'shared-cache-failed', params: { store, code: failed } });
  return warnings;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Signatures protect what is read; a token and what is written are protected by TLS alone. */
function webAddress(address: string, { plainHttp }: RegistryOptions): string {
  if (!URL.canParse(address)) throw usage('shared-cache-address', address);
  const { protocol, host, hostname } = new URL(address);
  const plain = plainHttp === true || (Array.isArray(plainHttp) && plainHttp.includes(host)) || LOOPBACK.test(hostname);
  if (protocol === 'http:' && !plain) throw usage('shared-cache-address', address);
  return address;
}

function usage(code: 'shared-cache-untrusting' | 'shared-cache-address', address: string): PlimsollError {
  return new PlimsollError(code, { address }, { exitCode: EXIT.usage });
}

async function keyText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new PlimsollError('key-unusable', { path, detail: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  }
}
