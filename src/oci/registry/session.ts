import { PlimsollError } from '../../util/errors.ts';
import type { HttpRequest, HttpResponse } from '../../util/http/types.ts';
import type { Credentials } from '../credentials/types.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { type Errand, forbidden, unauthorized } from './failures.ts';
import { apiHost, isLoopback, isPlain } from './host.ts';
import { basic, fetchToken } from './token.ts';
import type { RegistryOptions } from './types.ts';

export interface SessionScope {
  readonly registry: string;
  readonly repository: string;
  readonly actions: 'pull' | 'pull,push';
}

/**
 * Talks to one repository: finds out once how the registry is reached and how it wants to be authenticated to, then sends
 * requests. Credentials are looked up when the registry asks for some, not before.
 */
export class Session {
  readonly #options: RegistryOptions;
  readonly #where: SessionScope;
  #base: Promise<string> | undefined;
  #authorization: Promise<string> | undefined;
  #found: { credentials: Credentials | undefined; problem: unknown } | undefined;

  constructor(options: RegistryOptions, where: SessionScope) {
    this.#options = options;
    this.#where = where;
  }

  /** For messages. */
  get errand(): Errand {
    const { registry, repository, actions } = this.#where;
    const scope = `repository:${repository}:${actions}`;
    return { registry, repository, scope, credentials: this.#found?.credentials, credentialsProblem: this.#found?.problem };
  }

  /** `target` is a path below the registry's root or a URL that the registry gave; other hosts get no credentials. Throws on 401. */
  async send(target: string, request: Omit<HttpRequest, 'url'> = {}): Promise<HttpResponse> {
    this.#base ??= this.#connect();
    const base = await this.#base;
    const url = new URL(target, base);
    const own = url.origin === new URL(base).origin;
    const used = this.#authorization;
    const response = await this.#request(url, request, own ? used : undefined);
    if (response.status !== 401 || !own) return response;
    response.discard();
    // The token is spent or was for less; another request may have got a new one meanwhile.
    if (this.#authorization === used) this.#authorization = this.#authorize(parseChallenges(response.headers['www-authenticate']), base);
    const again = await this.#request(url, request, this.#authorization);
    if (again.status !== 401) return again;
    again.discard();
    // A token service has accepted the credentials before; a registry that checks them itself has not.
    const bearer = (await this.#authorization)?.startsWith('Bearer ') === true;
    throw bearer && this.#found?.credentials !== undefined ? forbidden(this.errand) : unauthorized(this.errand);
  }

  async #request(url: URL, request: Omit<HttpRequest, 'url'>, authorization: Promise<string> | undefined): Promise<HttpResponse> {
    const header = await authorization;
    const headers = header === undefined ? request.headers : { ...request.headers, authorization: header };
    return this.#options.http.request({ ...request, url: url.href, ...(headers === undefined ? {} : { headers }) });
  }

  /** The registry's root, after a first request that tells TLS from plain http and brings the challenge. */
  async #connect(): Promise<string> {
    const { registry } = this.#where;
    const host = apiHost(registry);
    if (isPlain(registry, this.#options.plainHttp)) return this.#ping(`http://${host}`);
    try {
      return await this.#ping(`https://${host}`);
    } catch (error) {
      const plain = error instanceof PlimsollError && error.code === 'tls-expected-plain';
      if (!plain || !isLoopback(host)) throw error;
      return this.#ping(`http://${host}`);
    }
  }

  async #ping(base: string): Promise<string> {
    const response = await this.#options.http.request({ url: `${base}/v2/` });
    response.discard();
    const { registry } = this.#where;
    if (response.status === 401) this.#authorization = this.#authorize(parseChallenges(response.headers['www-authenticate']), base);
    else if (response.status === 400 && base.startsWith('http:'))
      throw new PlimsollError('registry-protocol', { registry, detail: 'it refuses plain http and may want TLS' });
    else if (response.status === 429) throw new PlimsollError('registry-rate-limited', { registry, detail: '429' });
    else if (response.status >= 500)
      throw new PlimsollError('registry-failed', { registry, repository: this.#where.repository, status: response.status, detail: '-' });
    else if (response.status >= 400 && response.status !== 403)
      throw new PlimsollError('registry-protocol', { registry, detail: `it answers ${response.status} to /v2/` });
    await this.#authorization;
    return base;
  }

  async #authorize(challenges: readonly Challenge[], base: string): Promise<string> {
    const credentials = await this.#credentials();
    if (credentials?.kind === 'bearer') return `Bearer ${credentials.token}`;
    const bearer = challenges.find((one) => one.scheme === 'bearer');
    if (bearer !== undefined) {
      const errand = this.errand;
      const scope = bearer.params.scope || errand.scope;
      return `Bearer ${await fetchToken(this.#options.http, bearer, { ...errand, scope }, base)}`;
    }
    if (challenges.some((one) => one.scheme === 'basic') && credentials?.kind === 'password')
      return basic(credentials.username, credentials.password);
    throw unauthorized(this.errand);
  }

  /** A credential helper that fails does not keep anybody from a public image; it is the decisive error where the image is not. */
  async #credentials(): Promise<Credentials | undefined> {
    if (this.#found === undefined) {
      try {
        this.#found = {
          credentials: await this.#options.credentials.find(this.#where.registry, this.#where.repository),
          problem: undefined,
        };
      } catch (problem) {
        this.#found = { credentials: undefined, problem };
      }
    }
    return this.#found.credentials;
  }
}
