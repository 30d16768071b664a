/** When the releases of one distribution lose their security updates. Dates are the last day, YYYY-MM-DD. */
export interface Releases {
  /** Page where the distribution itself says so. */
  readonly source: string;
  /** What goes on after that day: for everybody, or for subscribers only. */
  readonly extension?: Extension;
  /** By version: the end of security updates for everybody and, where there is an extension, its end. Newest first. */
  readonly releases: Readonly<Record<string, readonly [endOfLife: string, extendedUntil?: string]>>;
}

/** Debian's LTS (public), Ubuntu's ESM, Red Hat's ELS, SUSE's LTSS (subscribers). */
export interface Extension {
  readonly name: string;
  readonly public: boolean;
}

export interface Lifecycle {
  /**
   * `extended`: past its end of life, inside an extension; look at `extension.public` for whom. `unknown`: the release is not in
   * the table, because it is newer than this program or of a distribution that publishes no dates.
   */
  readonly status: 'supported' | 'extended' | 'end-of-life' | 'unknown';
  /** Last day of regular support, YYYY-MM-DD; absent where it is not known and for rolling releases. */
  readonly endOfLife?: string;
  readonly extendedUntil?: string;
  readonly extension?: Extension;
  /** The later of the two where the extension is public, else `endOfLife`: what to tell somebody who pays for nothing. */
  readonly publicUntil?: string;
  /** Where the dates come from; empty where nothing is known. */
  readonly source: string;
}
