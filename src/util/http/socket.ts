import { setTimeout as pause } from 'node:timers/promises';
import { PlimsollError } from '../errors.ts';
import { client } from './client.ts';
import { nodeHttp } from './node.ts';
import type { Http } from './types.ts';

export interface SocketOptions {
  /** For the response headers, and between two chunks of a body that is being read. */
  readonly timeoutMs: number;
  readonly userAgent?: string;
}

/**
 * Plain http over a unix socket of this machine, which is no network: it works offline, past any proxy, and does not repeat what
 * failed. URLs name `http://localhost/`; https is refused.
 */
export function socketHttp(path: string, options: SocketOptions): Http {
  const agent = new (nodeHttp().Agent)({ socketPath: path } as ConstructorParameters<ReturnType<typeof nodeHttp>['Agent']>[0]);
  return client({
    agents: {
      http: () => agent,
      https: () => {
        throw new PlimsollError('redirect-invalid', { host: path, location: 'https:' });
      },
    },
    timeoutMs: options.timeoutMs,
    retries: 0,
    userAgent: options.userAgent ?? 'plimsoll',
    sleep: pause,
    random: () => 0,
    now: () => 0,
  });
}
