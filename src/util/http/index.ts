import type { Agent as PlainAgent } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { PlimsollError } from '../errors.ts';
import { type ClientSettings, client } from './client.ts';
import type { Agents } from './exchange.ts';
import { bypassesProxy } from './no-proxy.ts';
import { nodeHttp, nodeHttps, nodeTls } from './node.ts';
import type { Http } from './types.ts';

export interface HttpOptions {
  /** Certificate authorities (PEM) to trust beside Node's and the system's. */
  readonly ca?: readonly string[];
  /** Shown to hosts that ask for a certificate. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read; no proxy where absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For the response headers, and between two chunks of a body that is being read; 30 seconds by default. */
  readonly timeoutMs?: number;
  /** Attempts after the first one; 3 by default. */
  readonly retries?: number;
  readonly userAgent?: string;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
  readonly now?: () => number;
}

/** PEM, the chain included; for one host (with its port) where one is named, else for any. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly host?: string | undefined;
}

/**
 * The client that reaches the network. Connections are kept alive and do not keep the process running. Throws
 * an error of OpenSSL's where a client certificate and its key are no pair.
 */
export function createHttp(options: HttpOptions = {}): Http {
  if (options.clientCertificate) nodeTls().createSecureContext(options.clientCertificate);
  return client({
    agents: agents(options),
    timeoutMs: options.timeoutMs ?? 30_000,
    retries: options.retries ?? 3,
    userAgent: options.userAgent ?? 'plimsoll',
    sleep: options.sleep ?? pause,
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
  } satisfies ClientSettings);
}

/** Refuses every request with the code `offline`, before any name is looked up. */
export function offlineHttp(): Http {
  return {
    request: async (request) => {
      throw new PlimsollError('offline', { what: new URL(request.url).host });
    },
  };
}

/** One agent for each way of reaching a host: by a proxy or not, with the client certificate or not. */
function agents({ env = {}, ca = [], clientCertificate }: HttpOptions): Agents {
  const proxyEnv = proxyVariables(env);
  const common = { keepAlive: true, maxSockets: 8 };
  const plain = new Map<boolean, PlainAgent>();
  const tls = new Map<string, TlsAgent>();
  const proxied = (url: URL) => proxyEnv !== undefined && !bypassesProxy(url, env.NO_PROXY || env.no_proxy);
  const way = (byProxy: boolean) => ({ ...common, ...(byProxy && proxyEnv ? { proxyEnv } : {}) });
  return {
    http(url) {
      const byProxy = proxied(url);
      return known(plain, byProxy, () => new (nodeHttp().Agent)(way(byProxy)));
    },
    https(url) {
      const byProxy = proxied(url);
      const shown = clientCertificate && (clientCertificate.host ?? url.host) === url.host ? clientCertificate : undefined;
      return known(tls, `${byProxy} ${shown !== undefined}`, () => {
        return new (nodeHttps().Agent)({ ...way(byProxy), secureContext: trust(ca, shown) });
      });
    },
  };
}

function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** What this machine trusts; the same for the life of the process. */
let machineTrust: SecureContext | undefined;

/**
 * People install their company's authority into the system, where Node by itself does not look. Reading 600 certificates takes
 * 80 ms, so it is done when TLS is first needed, and not again for every connection.
 */
function trust(extra: readonly string[], shown: ClientCertificate | undefined): SecureContext {
  const { createSecureContext, getCACertificates } = nodeTls();
  const pair = shown && { cert: shown.cert, key: shown.key };
  const make = () =>
    createSecureContext({ ...pair, ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...extra])] });
  if (extra.length > 0 || pair) return make();
  machineTrust ??= make();
  return machineTrust;
}

function proxyVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];
  const set = names.flatMap((name) => (env[name] ? [[name, env[name]] as [string, string]] : []));
  return set.length === 0 ? undefined : Object.fromEntries(set);
}
