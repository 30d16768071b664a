import type { ServerResponse } from 'node:http';
import { type FakeServer, send, startServer } from './registry/index.ts';
import { type Said, SERVICE_CASES, type ServiceCase } from './secret-service-cases.ts';

/** What a service is told to do with a request that keeps its protocol. */
export type Behaviour =
  | 'live'
  | 'limited'
  | 'dead'
  | 'busy'
  | 'busy-403'
  | 'broken'
  | 'garbage'
  | 'page'
  | 'elsewhere'
  | 'silent'
  | 'drip'
  | 'endless';

export interface FakeServices extends FakeServer {
  /** What the service answers from now on. */
  behave(one: ServiceCase, behaviour: Behaviour): void;
  /** What a request did that kept no case's protocol. */
  readonly wrong: readonly string[];
  /** `service=address` for all of them, as settings have it. */
  readonly endpoints: readonly string[];
}

/** All services on one port, each below its own name. What does not keep a service's protocol to the letter is refused with 418. */
export async function startServices(cases: readonly ServiceCase[] = SERVICE_CASES): Promise<FakeServices> {
  const behaviours = new Map<ServiceCase, Behaviour>();
  const wrong: string[] = [];
  const server = await startServer((request, response, body, base) => {
    const { method = '', url = '', headers } = request;
    const text = body.toString('utf8');
    const one = cases.find(
      (each) =>
        method === each.method &&
        url === `/${each.service}${each.path}` &&
        Object.entries(each.headers).every(([name, value]) => fits(headers[name], value)) &&
        (each.body === undefined ? text === '' : fits(text, each.body)),
    );
    if (one) answer(one, behaviours.get(one) ?? 'live', response, base);
    else {
      wrong.push(`${method} ${url}`);
      send(response, 418, Buffer.from('teapot'));
    }
  });
  const names = [...new Set(cases.map(({ service }) => service))];
  return {
    ...server,
    behave: (one, behaviour) => void behaviours.set(one, behaviour),
    wrong,
    endpoints: names.map((name) => `${name}=${server.url}/${name}`),
  };
}

function fits(value: string | readonly string[] | undefined, wanted: string | RegExp): boolean {
  if (typeof value !== 'string') return false;
  return typeof wanted === 'string' ? value === wanted : wanted.test(value);
}

const PAGE = '<!doctype html><title>Sign in to this network</title>';

function answer(one: ServiceCase, behaviour: Behaviour, response: ServerResponse, base: string): void {
  const say = ({ status, body }: Said, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    send(response, status, Buffer.from(text), headers);
  };
  const headers = (status: number, more: Record<string, string>) => say({ status, body: '' }, more);
  switch (behaviour) {
    case 'live':
      say(one.live);
      return;
    case 'limited':
      say(one.limited!);
      return;
    case 'dead':
      say(one.dead!);
      return;
    case 'busy':
      headers(429, { 'retry-after': '1' });
      return;
    case 'busy-403':
      headers(403, { 'retry-after': '60' });
      return;
    case 'broken':
      say({ status: 503, body: '' });
      return;
    case 'garbage':
      say({ status: 200, body: '{"\u0000' });
      return;
    case 'page':
      say({ status: 200, body: PAGE });
      return;
    case 'elsewhere':
      headers(302, { location: `${base}/stolen` });
      return;
    case 'silent':
      return;
    case 'drip': {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'endless':
      say({ status: 200, body: ' '.repeat(1 << 20) });
      return;
  }
}
