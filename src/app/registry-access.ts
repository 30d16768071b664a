import { readFile } from 'node:fs/promises';
import { credentialStore, noCredentials } from '../oci/credentials/index.ts';
import type { RegistryOptions } from '../oci/registry/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { homeFolder } from '../util/home.ts';
import { createHttp, offlineHttp } from '../util/http/index.ts';
import type { Http } from '../util/http/types.ts';
import { VERSION } from './version.ts';

/** How to reach registries. */
export interface RegistryAccess {
  /** PEM file with certificates to trust beside the system's. */
  readonly caFile?: string;
  /** Plain http: for all registries, or for these hosts. Loopback hosts that have no TLS get it anyway. */
  readonly plainHttp?: boolean | readonly string[];
  /** Before what Docker's configuration and the environment say. */
  readonly username?: string;
  readonly password?: string;
  readonly token?: string;
  /** The one registry that these credentials are for; without it they go to whichever is asked. */
  readonly host?: string;
}

interface Access extends RegistryAccess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly offline: boolean;
  readonly http?: Http;
}

/** A client and credentials; offline neither is touched, not even credential helpers. */
export async function registryOptions(access: Access): Promise<RegistryOptions> {
  const { plainHttp } = access;
  const common = plainHttp === undefined ? {} : { plainHttp };
  if (access.offline) return { ...common, http: access.http ?? offlineHttp(), credentials: noCredentials };
  return {
    ...common,
    http: access.http ?? (await webClient(access)),
    credentials: credentialStore({ env: withGiven(access), home: homeFolder() }),
  };
}

/** The network as the settings say that it is reached; offline it refuses. */
export async function webClient({ caFile, env, offline }: Pick<Access, 'caFile' | 'env' | 'offline'>): Promise<Http> {
  if (offline) return offlineHttp();
  const ca = caFile === undefined ? [] : [await certificates(caFile)];
  return createHttp({ ca, env, userAgent: `plimsoll/${VERSION}` });
}

function withGiven({ env, username, password, token, host }: Access): Access['env'] {
  return {
    ...env,
    ...(username === undefined ? {} : { PLIMSOLL_REGISTRY_USERNAME: username }),
    ...(password === undefined ? {} : { PLIMSOLL_REGISTRY_PASSWORD: password }),
    ...(token === undefined ? {} : { PLIMSOLL_REGISTRY_TOKEN: token }),
    ...(host === undefined ? {} : { PLIMSOLL_REGISTRY_HOST: host }),
  };
}

async function certificates(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new PlimsollError('ca-file-unusable', { path, detail: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new PlimsollError('ca-file-unusable', { path, detail: 'no certificate in PEM form' });
  return text;
}
