/** What a registry or its token service accepts. `origin` says in words where it comes from; it never holds a secret. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string; readonly origin: string }
  /** A refresh token: traded for access tokens at the token service. */
  | { readonly kind: 'identity-token'; readonly token: string; readonly origin: string }
  /** Sent as it is. */
  | { readonly kind: 'bearer'; readonly token: string; readonly origin: string };

export interface CredentialStore {
  /** Undefined where there are none. `registry` is the host as in the reference (`docker.io`), `repository` the path below it. */
  find(registry: string, repository: string): Promise<Credentials | undefined>;
}
