import type { Digest } from './digest.ts';

/** Points at content by digest and size. Source: OCI image specification, descriptor.md. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes as stored. */
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly urls?: readonly string[];
}

/** Source: OCI image specification, image-index.md, "platform"; `os` and `architecture` use Go's names. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
}

/** What of an image's configuration the engine needs. Source: OCI image specification, config.md. */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly created?: string;
  readonly author?: string;
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
  readonly config: {
    readonly user?: string;
    readonly env: readonly string[];
    readonly entrypoint?: readonly string[];
    readonly cmd?: readonly string[];
    readonly workingDir?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly exposedPorts: readonly string[];
    readonly volumes: readonly string[];
    readonly healthcheck?: { readonly test: readonly string[] };
  };
}

export interface HistoryEntry {
  readonly created?: string;
  /** The instruction that made the layer. */
  readonly createdBy?: string;
  readonly comment?: string;
  /** True where the instruction changed the configuration only and no layer belongs to it. */
  readonly emptyLayer: boolean;
}
