import type { SecretScanner } from '../../secrets/types.ts';

/** How secrets are looked for. */
export interface SecretsOptions {
  /** `any-layer`, the default: whoever pulls an image has what upper layers delete too. `final`: only what is still there at the end. */
  readonly where?: 'any-layer' | 'final';
  /**
   * Classes of path that are left out, or sets of them by name (`default`, `trivy`, `binary`, `none`); `-class` takes one out again, and a
   * list that begins so begins with `default`. See docs/secrets.md.
   */
  readonly skip?: readonly string[];
  /** Files with rules of one's own: YAML, or TOML of gitleaks. */
  readonly rules?: readonly string[];
  /** File with secrets that are known: shown, not counted. */
  readonly baseline?: string;
  /** What the hashes of secrets are made with, of a team whose baselines are to agree; by default a key of this user. */
  readonly key?: string;
  /** True: services are asked whether what was found of theirs is alive, which sends it to them. Not together with `offline`. */
  readonly verify?: boolean;
  /**
   * `github=https://git.example/api/v3`: asked instead of the service's own address, in turn where several are named; `github=off`: not asked. The
   * services are those of docs/secrets.md.
   */
  readonly verifyEndpoints?: readonly string[];
  /** Where the key of this user is kept; the configuration folder by default. */
  readonly configDir?: string;
  /** Instead of the built-in rules: whatever looks for secrets. */
  readonly scanner?: SecretScanner;
}
