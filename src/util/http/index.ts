import type { Agent as PlainAgent } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { PlimsollError } from '../errors.ts';
import { type ClientSettings, client } from './client.ts';
import type { Agents } from './exchange.ts';
import { nodeHttp, nodeHttps, nodeTls } from './node.ts';
import type { Http } from './types.ts';

export type { Http, HttpRequest, HttpResponse } from './types.ts';

export interface HttpOptions {
  /** Certificate authorities (PEM) to trust beside Node's and the system's. */
  readonly ca?: readonly string[];
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

/** The client that reaches the network. Connections are kept alive and do not keep the process running. */
export function createHttp(options: HttpOptions = {}): Http {
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

function agents(options: HttpOptions): Agents {
  const proxy = proxyVariables(options.env ?? {});
  const common = { keepAlive: true, maxSockets: 8, ...(proxy === undefined ? {} : { proxyEnv: proxy }) };
  let plain: PlainAgent | undefined;
  let tls: TlsAgent | undefined;
  return {
    http: () => (plain ??= new (nodeHttp().Agent)(common)),
    https: () => (tls ??= new (nodeHttps().Agent)({ ...common, secureContext: trust(options.ca ?? []) })),
  };
}

/** What this machine trusts; the same for the life of the process. */
let machineTrust: SecureContext | undefined;

/**
 * People install their company's authority into the system, where Node by itself does not look. Reading 600 certificates takes
 * 80 ms, so it is done when TLS is first needed, and not again for every connection.
 */
function trust(extra: readonly string[]): SecureContext {
  const { createSecureContext, getCACertificates } = nodeTls();
  const make = () => createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...extra])] });
  if (extra.length > 0) return make();
  machineTrust ??= make();
  return machineTrust;
}

function proxyVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'];
  const set = names.flatMap((name) => (env[name] ? [[name, env[name]] as [string, string]] : []));
  return set.length === 0 ? undefined : Object.fromEntries(set);
}
