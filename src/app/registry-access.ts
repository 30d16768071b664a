import { readFile } from 'node:fs/promises';
import { credentialStore, noCredentials } from '../oci/credentials/index.ts';
import { parseMirrors, type RegistryOptions } from '../oci/registry/index.ts';
import { EXIT, PlimsollError } from '../util/errors.ts';
import { homeFolder } from '../util/home.ts';
import { type ClientCertificate, createHttp, offlineHttp } from '../util/http/index.ts';
import type { Http } from '../util/http/types.ts';
import { VERSION } from './version.ts';

/** How to reach registries. */
export interface RegistryAccess {
  /** PEM file with certificates to trust beside the system's. */
  readonly caFile?: string;
  /** PEM files of a client certificate and its key, shown to `host` where that is given, else to whoever asks for one. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** `docker.io=mirror.example.com/hub`: tried first for what begins so. They get no `username`, `password` and `token` unless `host` names them. */
  readonly mirrors?: readonly string[];
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
  /** Milliseconds after which a silent server is given up; the client's own by default. */
  readonly timeoutMs?: number;
  /** Attempts after the first one; the client's own by default. */
  readonly retries?: number;
}

/** A client and credentials; offline neither is touched, not even credential helpers. */
export async function registryOptions(access: Access): Promise<RegistryOptions> {
  const { plainHttp, mirrors } = access;
  const common = {
    ...(plainHttp === undefined ? {} : { plainHttp }),
    ...(mirrors === undefined ? {} : { mirrors: parseMirrors(mirrors) }),
  };
  if (access.offline) return { ...common, http: access.http ?? offlineHttp(), credentials: noCredentials };
  const env = withGiven(access);
  return {
    ...common,
    http: access.http ?? (await webClient(access)),
    credentials: credentialStore({ env, home: homeFolder() }),
    mirrorCredentials: credentialStore({ env: env.PLIMSOLL_REGISTRY_HOST ? env : withoutGiven(env), home: homeFolder() }),
  };
}

type WebAccess = Pick<Access, 'caFile' | 'clientCert' | 'clientKey' | 'host' | 'env' | 'offline' | 'timeoutMs' | 'retries'>;

/** The network as the settings say that it is reached; offline it refuses. */
export async function webClient(access: WebAccess): Promise<Http> {
  const { caFile, env, offline, timeoutMs, retries } = access;
  if (offline) return offlineHttp();
  const ca = caFile === undefined ? [] : [await certificates(caFile)];
  const clientCertificate = await clientPair(access);
  const patience = { ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(retries === undefined ? {} : { retries }) };
  const options = { ca, env, userAgent: `plimsoll/${VERSION}`, clientCertificate, ...patience };
  try {
    return createHttp(options);
  } catch (cause) {
    throw unusable((cause as NodeJS.ErrnoException).code ?? String(cause), cause);
  }
}

async function clientPair({ clientCert, clientKey, host }: WebAccess): Promise<ClientCertificate | undefined> {
  if (clientCert === undefined && clientKey === undefined) return undefined;
  if (clientCert === undefined || clientKey === undefined) throw unusable('certificate and key belong together, and one is missing');
  const read = (path: string) =>
    readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw unusable(`${path}: ${cause.code ?? cause.message}`, cause);
    });
  return { cert: await read(clientCert), key: await read(clientKey), host };
}

function unusable(detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('client-cert-unusable', { detail }, { cause, exitCode: EXIT.usage });
}

function withoutGiven(env: Access['env']): Access['env'] {
  const { PLIMSOLL_REGISTRY_USERNAME: _, PLIMSOLL_REGISTRY_PASSWORD: __, PLIMSOLL_REGISTRY_TOKEN: ___, ...rest } = env;
  return rest;
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
