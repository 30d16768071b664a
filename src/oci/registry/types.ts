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
  /** Tried before the registry itself, for reading. */
  readonly mirrors?: readonly Mirror[];
  /** For mirrors, which are not to get what was given for the registry; `credentials` by default. */
  readonly mirrorCredentials?: CredentialStore;
}

/** Repositories whose names begin with `prefix` (whole parts of it) are also found at `location`, the rest of the name behind it. */
export interface Mirror {
  /** `docker.io`, `docker.io/library`. */
  readonly prefix: string;
  /** `mirror.example.com/hub`. */
  readonly location: string;
}
