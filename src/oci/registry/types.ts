import type { Http } from '../../util/http/types.ts';
import type { CredentialStore } from '../credentials/types.ts';

/** How to reach registries. */
export interface RegistryOptions {
  readonly http: Http;
  readonly credentials: CredentialStore;
  /**
   * Registries to be spoken to without TLS: all (`true`) or these hosts, as in the reference (`host:port`). A loopback host that
   * does not answer in TLS is spoken to without it anyway.
   */
  readonly plainHttp?: boolean | readonly string[];
}
