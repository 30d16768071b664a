import type { LivenessCode, SecretLiveness } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { Http, HttpResponse } from '../../util/http/types.ts';
import { inParallel } from '../../util/in-parallel.ts';
import type { Answer, Beside, Verifier } from './types.ts';

export interface AskerOptions {
  /** Should not try again by itself: every attempt is a request of its own to a service that did not ask for any. */
  readonly http: Http;
  readonly verifiers: readonly Verifier[];
  /** Addresses by service that are asked instead of the service's own; an empty list: it is not asked. */
  readonly endpoints?: Readonly<Record<string, readonly string[]>>;
  readonly now: Date;
  /** Requests in all; 200 by default. */
  readonly limit?: number;
  /** For a whole answer; 10 seconds by default. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A secret to ask about. */
export interface Askable {
  readonly rule: string;
  readonly secret: string;
  readonly beside: Beside;
}

type Said = Pick<SecretLiveness, 'state' | 'code' | 'host'>;

const LIMIT = 200;
const TIMEOUT_MS = 10_000;
const AT_ONCE = 4;
/** No answer of those that are waited for is longer; what is longer is none of them. */
const MAX_ANSWER = 256 << 10;
/** After one of these the same host is left in peace for the rest of the run. */
const ENOUGH: ReadonlySet<LivenessCode> = new Set(['rate-limited', 'timeout', 'unreachable']);

/**
 * Asks services whether secrets are alive. Each distinct secret is asked about once, whatever the number of places it was found in. Never throws:
 * what went wrong is a code, and neither a code nor anything else of a result has to do with the secret's text.
 */
export class Asker {
  #requests = 0;
  readonly #options: AskerOptions;
  readonly #byRule: ReadonlyMap<string, Verifier>;
  readonly #known = new Map<string, Promise<Said>>();
  readonly #givenUp = new Map<string, LivenessCode>();

  constructor(options: AskerOptions) {
    this.#options = options;
    this.#byRule = new Map(options.verifiers.flatMap((verifier) => verifier.rules.map((rule) => [rule, verifier])));
  }

  /** Requests that were sent. */
  get requests(): number {
    return this.#requests;
  }

  /** True where something knows how to ask about such secrets, and is allowed to. */
  canAsk(rule: string): boolean {
    const verifier = this.#byRule.get(rule);
    return verifier !== undefined && this.#basesOf(verifier).length > 0;
  }

  /** In the order of `secrets`, all of rules that can be asked about. */
  async ask(secrets: readonly Askable[]): Promise<readonly SecretLiveness[]> {
    const checkedAt = this.#options.now.toISOString();
    return inParallel(secrets, AT_ONCE, async (one) => ({ ...(await this.#once(one)), checkedAt }));
  }

  #basesOf({ service, bases }: Verifier): readonly string[] {
    const { endpoints = {} } = this.#options;
    return Object.hasOwn(endpoints, service) ? (endpoints[service] ?? []) : bases;
  }

  #once({ rule, secret, beside }: Askable): Promise<Said> {
    const verifier = this.#byRule.get(rule)!;
    const needed = (verifier.beside ?? []).map((each) => beside[each] ?? null);
    const key = JSON.stringify([this.#options.verifiers.indexOf(verifier), secret, needed]);
    const known = this.#known.get(key);
    if (known) return known;
    const asked = this.#everywhere(verifier, secret, beside);
    this.#known.set(key, asked);
    return asked;
  }

  /** Dead is what every address refuses. */
  async #everywhere(verifier: Verifier, secret: string, beside: Beside): Promise<Said> {
    let refused: Said | undefined;
    let unknown: Said | undefined;
    for (const base of this.#basesOf(verifier)) {
      const said = await this.#at(base, verifier, secret, beside);
      if (said.state === 'live') return said;
      if (said.state === 'dead') refused ??= said;
      else unknown ??= said;
    }
    return unknown ?? refused ?? { state: 'unknown', code: 'incomplete' };
  }

  async #at(base: string, verifier: Verifier, secret: string, beside: Beside): Promise<Said> {
    const { host } = new URL(base);
    const unknown = (code: LivenessCode): Said => ({ state: 'unknown', code, host });
    const question = verifier.ask(secret, beside, { base, now: this.#options.now });
    if (question === undefined) return { state: 'unknown', code: 'incomplete' };
    const why = this.#givenUp.get(host);
    if (why !== undefined) return unknown(why);
    if (this.#options.signal?.aborted) return unknown('interrupted');
    if (this.#requests >= (this.#options.limit ?? LIMIT)) return unknown('request-limit');
    this.#requests++;
    try {
      const { path, ...request } = question;
      const answer = await this.#send({ ...request, url: `${base}${path}` });
      if (verifier.live(answer)) return { state: 'live', code: 'accepted', host };
      if (verifier.limited?.(answer)) return { state: 'live', code: 'accepted-without-rights', host };
      if (verifier.dead(answer)) return { state: 'dead', code: 'refused', host };
      return this.#noted(host, unknown(codeOf(answer)));
    } catch (error) {
      return this.#noted(host, unknown(failureOf(error)));
    }
  }

  #noted(host: string, said: Said): Said {
    if (ENOUGH.has(said.code)) this.#givenUp.set(host, said.code);
    return said;
  }

  /** The client's own time-out begins anew with each piece of an answer; this one does not. */
  async #send(request: Parameters<Http['request']>[0]): Promise<Answer> {
    const { http, timeoutMs = TIMEOUT_MS } = this.#options;
    let response: HttpResponse | undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        response?.discard();
        reject(new Late());
      }, timeoutMs);
    });
    const answer = async (): Promise<Answer> => {
      response = await http.request({ ...request, timeoutMs, redirects: 'answer' });
      const { status, headers } = response;
      if (isRedirect(status)) {
        response.discard();
        return { status, headers, text: '', json: undefined };
      }
      const text = (await response.bytes(MAX_ANSWER)).toString('utf8');
      return { status, headers, text, json: jsonOf(text) };
    };
    try {
      return await Promise.race([answer(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

class Late extends Error {}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function codeOf({ status, headers }: Answer): LivenessCode {
  if (isRedirect(status)) return 'redirected';
  // GitHub says 403 where too much was asked.
  if (status === 429 || (status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0')))
    return 'rate-limited';
  return status >= 500 ? 'service-error' : 'unexpected-answer';
}

function failureOf(error: unknown): LivenessCode {
  if (error instanceof Late) return 'timeout';
  const code = error instanceof PlimsollError ? error.code : undefined;
  if (code === 'network-timeout') return 'timeout';
  return code === 'response-too-large' ? 'unexpected-answer' : 'unreachable';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
