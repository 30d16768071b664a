import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse, send } from './answers.ts';

/** Who may do what. Without `users` everybody may pull from `publicRepositories`. */
export interface AuthSettings {
  readonly kind: 'basic' | 'bearer';
  readonly users: Readonly<Record<string, string>>;
  /** Refresh tokens that the token service takes. */
  readonly refreshTokens?: readonly string[];
  /** Repositories for which tokens are given to anybody, to pull. */
  readonly publicRepositories?: readonly string[];
  /** Users who exist but may do nothing. */
  readonly powerless?: readonly string[];
  /** Requests that a token is good for; unlimited where absent. */
  readonly tokenUses?: number;
}

interface Token {
  readonly scopes: ReadonlySet<string>;
  uses: number;
}

/** Guards the registry; for `bearer` it is the token service as well. Source: distribution, "Token Authentication Specification". */
export class Guard {
  readonly #settings: AuthSettings;
  readonly #tokens = new Map<string, Token>();

  constructor(settings: AuthSettings) {
    this.#settings = settings;
  }

  /** True where the request may go on; else it has been answered. */
  admit(
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
    repository: string | undefined,
    action: 'pull' | 'push',
  ): boolean {
    const header = request.headers.authorization ?? '';
    if (this.#settings.kind === 'basic') {
      if (this.#user(header) !== undefined) return true;
      refuse(response, 401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': 'Basic realm="fake registry"' });
      return false;
    }
    const token = this.#tokens.get(header.replace(/^Bearer /, ''));
    const wanted = repository === undefined ? undefined : `${repository}:${action}`;
    if (token !== undefined && token.uses > 0 && (wanted === undefined || token.scopes.has(wanted))) {
      token.uses--;
      return true;
    }
    const scope = repository === undefined ? '' : `,scope="repository:${repository}:${action === 'push' ? 'pull,push' : 'pull'}"`;
    const challenge = `Bearer realm="${base}/token",service="fake.registry"${scope}`;
    refuse(response, 401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge });
    return false;
  }

  /** Answers the token service's address. */
  issue(request: IncomingMessage, response: ServerResponse, query: URLSearchParams, body: Buffer): ServerResponse {
    const form = request.method === 'POST' ? new URLSearchParams(body.toString()) : undefined;
    const user = form === undefined ? this.#user(request.headers.authorization ?? '') : this.#refreshed(form);
    const sentCredentials = form !== undefined || request.headers.authorization !== undefined;
    if (sentCredentials && user === undefined) return refuse(response, 401, 'UNAUTHORIZED', 'incorrect username or password');
    const token = randomUUID();
    this.#tokens.set(token, {
      scopes: this.#granted((form ?? query).get('scope') ?? '', user),
      uses: this.#settings.tokenUses ?? Number.POSITIVE_INFINITY,
    });
    return send(response, 200, Buffer.from(JSON.stringify({ [form ? 'access_token' : 'token']: token, expires_in: 300 })), {
      'content-type': 'application/json',
    });
  }

  /** As Docker Hub does, a token is given to anybody, with the rights that they have: perhaps none. */
  #granted(scope: string, user: string | undefined): ReadonlySet<string> {
    const [, repository = '', actions = ''] = /^repository:(.+):([a-z,]+)$/.exec(scope) ?? [];
    const open = this.#settings.publicRepositories?.includes(repository) === true;
    const mayAll = user !== undefined && this.#settings.powerless?.includes(user) !== true;
    const allowed = actions.split(',').filter((action) => mayAll || (open && action === 'pull'));
    return new Set(allowed.map((action) => `${repository}:${action}`));
  }

  #user(header: string): string | undefined {
    const [, encoded = ''] = /^Basic (.+)$/.exec(header) ?? [];
    const [name = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':');
    return name !== '' && this.#settings.users[name] === password.join(':') ? name : undefined;
  }

  #refreshed(form: URLSearchParams): string | undefined {
    const good =
      form.get('grant_type') === 'refresh_token' && this.#settings.refreshTokens?.includes(form.get('refresh_token') ?? '') === true;
    return good ? 'refreshed' : undefined;
  }
}
