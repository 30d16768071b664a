import { PlimsollError } from '../../util/errors.ts';
import type { HttpResponse } from '../../util/http/types.ts';
import type { Credentials } from '../credentials/types.ts';
import { Malformed, optionalList, optionalText, parseJson } from '../json.ts';

const ERROR_BODY_LIMIT = 64 << 10;

/** Whom and what a request was about; every message names them. */
export interface Errand {
  readonly registry: string;
  readonly repository: string;
  /** `repository:library/alpine:pull`. */
  readonly scope: string;
  /** What was sent, if anything. */
  readonly credentials: Credentials | undefined;
  /** Why there were none although some were configured. */
  readonly credentialsProblem: unknown;
}

/** No credentials were sent and the registry wants some. The trouble in finding them is the decisive error where there was any. */
export function unauthorized(errand: Errand): PlimsollError {
  const { registry, repository, scope, credentials, credentialsProblem } = errand;
  if (credentials !== undefined) {
    return new PlimsollError('registry-credentials-refused', { registry, repository, scope, origin: credentials.origin });
  }
  if (credentialsProblem instanceof PlimsollError) return credentialsProblem;
  return new PlimsollError('registry-unauthorized', { registry, repository, scope });
}

/** Credentials are good, but not for this. Without any, the registry's refusal means that it wants some. */
export function forbidden(errand: Errand): PlimsollError {
  const { registry, repository, scope } = errand;
  if (errand.credentials === undefined && errand.credentialsProblem !== undefined) return unauthorized(errand);
  return new PlimsollError('registry-forbidden', { registry, repository, scope, who: who(errand.credentials) });
}

/** What was asked for: decides what a 404 means. */
export type Wanted =
  | { readonly kind: 'manifest'; readonly reference: string }
  | { readonly kind: 'blob'; readonly digest: string }
  | { readonly kind: 'upload' };

/** The error for an answer that is not the one hoped for. Reads and closes its body. */
export async function refusal(errand: Errand, response: HttpResponse, wanted: Wanted): Promise<PlimsollError> {
  const { registry, repository } = errand;
  const { status } = response;
  const said = await errorBody(response);
  if (status === 401) return unauthorized(errand);
  if (status === 403) return forbidden(errand);
  if (status === 429) {
    const after = response.headers['retry-after'];
    return new PlimsollError('registry-rate-limited', {
      registry,
      detail: said.message ?? (after === undefined ? '429' : `Retry-After: ${after.slice(0, 60)}`),
    });
  }
  if (status === 404 && said.code === 'NAME_UNKNOWN') {
    return new PlimsollError('registry-repository-unknown', { registry, repository, who: who(errand.credentials) });
  }
  if (status === 404 && wanted.kind === 'manifest')
    return new PlimsollError('registry-manifest-unknown', { registry, repository, reference: wanted.reference });
  if (status === 404 && wanted.kind === 'blob')
    return new PlimsollError('registry-blob-unknown', { registry, repository, digest: wanted.digest });
  return new PlimsollError('registry-failed', { registry, repository, status, detail: said.message ?? said.code ?? '-' });
}

function who(credentials: Credentials | undefined): string {
  if (credentials === undefined) return 'an anonymous user';
  return credentials.kind === 'password' ? `${credentials.username} (${credentials.origin})` : credentials.origin;
}

/** The first entry of the error document. Source: distribution specification 1.1, "Error Codes". */
async function errorBody(response: HttpResponse): Promise<{ code?: string; message?: string }> {
  try {
    const json = parseJson(await response.bytes(ERROR_BODY_LIMIT)) as { errors?: unknown } | null;
    const [first] = optionalList(json?.errors, 'errors', 1000) as readonly ({ code?: unknown; message?: unknown } | null)[];
    const code = optionalText(first?.code, 'code');
    const message = optionalText(first?.message, 'message');
    return { ...(code ? { code: printable(code) } : {}), ...(message ? { message: printable(message) } : {}) };
  } catch (error) {
    if (error instanceof PlimsollError || error instanceof Malformed) return {};
    throw error;
  }
}

/** A server's words end on somebody's terminal: no control characters, no essays. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200);
}
