import type { Bytes } from '../../util/bytes.ts';
import { PlimsollError } from '../../util/errors.ts';
import { asObject, asText, type JsonObject, Malformed, optionalObject, optionalText, parseJsonObject } from '../json.ts';
import type { Credentials } from './types.ts';

/** What of Docker's `config.json` and Podman's `auth.json` (the same form) the engine needs. */
export interface AuthFile {
  readonly path: string;
  readonly auths: ReadonlyMap<string, Credentials>;
  /** Helper for all registries. */
  readonly credsStore?: string;
  /** Helper by registry. */
  readonly credHelpers: ReadonlyMap<string, string>;
}

/** Reads the file; throws `credentials-unreadable`, whose detail never shows a value of it. Source: containers-auth.json(5). */
export function parseAuthFile(bytes: Bytes, path: string): AuthFile {
  try {
    const json = parseJsonObject(bytes);
    const credsStore = optionalText(json.credsStore, 'credsStore');
    const helpers = Object.entries(optionalObject(json.credHelpers, 'credHelpers') ?? {});
    return {
      path,
      auths: authsFrom(optionalObject(json.auths, 'auths') ?? {}, path),
      ...(credsStore ? { credsStore } : {}),
      credHelpers: new Map(helpers.map(([key, name]) => [normaliseKey(key), asText(name, 'an entry of credHelpers')])),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new PlimsollError('credentials-unreadable', { path, detail: error.message }, { cause: error });
  }
}

/** `https://index.docker.io/v1/` is `docker.io`; `quay.io/team/` is `quay.io/team`. */
function normaliseKey(key: string): string {
  const url = /^https?:\/\/([^/]+)/.exec(key);
  const name = url?.[1] ?? key.replace(/\/(?:v[12]\/?)?$/, '');
  return name.replace(/^(?:index|registry-1)\.docker\.io(?=$|\/)/, 'docker.io');
}

function authsFrom(auths: JsonObject, path: string): ReadonlyMap<string, Credentials> {
  const found = new Map<string, Credentials>();
  for (const [key, value] of Object.entries(auths)) {
    const credentials = credentialsFrom(asObject(value, 'an entry of auths'), path);
    // Docker leaves empty entries where a helper has the secret.
    if (credentials !== undefined) found.set(normaliseKey(key), credentials);
  }
  return found;
}

function credentialsFrom(entry: JsonObject, origin: string): Credentials | undefined {
  const identity = optionalText(entry.identitytoken, 'identitytoken');
  if (identity) return { kind: 'identity-token', token: identity, origin };
  const bearer = optionalText(entry.registrytoken, 'registrytoken');
  if (bearer) return { kind: 'bearer', token: bearer, origin };
  const auth = optionalText(entry.auth, 'auth');
  if (auth) return fromBase64(auth, origin);
  const username = optionalText(entry.username, 'username');
  const password = optionalText(entry.password, 'password');
  return username && password ? { kind: 'password', username, password, origin } : undefined;
}

function fromBase64(auth: string, origin: string): Credentials {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) throw new Malformed('an auth field does not hold user:password in base64');
  return { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, ''), origin };
}
