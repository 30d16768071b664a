import { PlimsollError } from '../../util/errors.ts';
import type { Http, HttpRequest } from '../../util/http/types.ts';
import { asObject, Malformed, optionalText, parseJson } from '../json.ts';
import type { Challenge } from './challenge.ts';
import { type Errand, refusal, unauthorized } from './failures.ts';
import { isLoopback } from './host.ts';

const TOKEN_LIMIT = 1 << 20;
const CLIENT_ID = 'plimsoll';

/**
 * Trades what the errand has (a password, a refresh token, nothing) for an access token at the service that the challenge names.
 * Source: distribution, "Token Authentication Specification" and "OAuth2 Token Authentication".
 */
export async function fetchToken(http: Http, challenge: Challenge, errand: Errand, registryUrl: string): Promise<string> {
  const realm = realmUrl(challenge, errand, registryUrl);
  const response = await http.request(tokenRequest(realm, challenge, errand));
  if (response.status === 401 || response.status === 403) {
    response.discard();
    throw unauthorized(errand);
  }
  if (response.status !== 200) throw await refusal(errand, response, { kind: 'upload' });
  const token = tokenFrom(await response.bytes(TOKEN_LIMIT));
  if (token === undefined)
    throw new PlimsollError('registry-protocol', { registry: errand.registry, detail: `its token service ${realm.host} gave no token` });
  return token;
}

/** A registry reached through TLS must not have passwords sent in the clear: whoever can answer for it could ask for that. */
function realmUrl(challenge: Challenge, errand: Errand, registryUrl: string): URL {
  const realm = challenge.params.realm ?? '';
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && (registryUrl.startsWith('http:') || isLoopback(url.host)));
  if (url === undefined || !secure) {
    throw new PlimsollError('registry-protocol', {
      registry: errand.registry,
      detail: `its token service has no usable address (${realm.slice(0, 200)})`,
    });
  }
  return url;
}

function tokenRequest(realm: URL, challenge: Challenge, errand: Errand): HttpRequest {
  const { credentials } = errand;
  const service = challenge.params.service;
  const fields = { ...(service === undefined ? {} : { service }), scope: errand.scope };
  if (credentials?.kind === 'identity-token') {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: credentials.token, client_id: CLIENT_ID, ...fields });
    return { method: 'POST', url: realm.href, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() };
  }
  for (const [name, value] of Object.entries(fields)) realm.searchParams.set(name, value);
  if (credentials?.kind !== 'password') return { url: realm.href };
  realm.searchParams.set('account', credentials.username);
  return { url: realm.href, headers: { authorization: basic(credentials.username, credentials.password) } };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function tokenFrom(bytes: Buffer): string | undefined {
  try {
    const json = asObject(parseJson(bytes), 'the token');
    const token = optionalText(json.token, 'token') || optionalText(json.access_token, 'access_token');
    return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
