import { hostPlatform, isEveryPlatform, type PlatformChoice, parsePlatform } from '../../oci/platform.ts';
import type { RegistryOptions } from '../../oci/registry/types.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { homeFolder } from '../../util/home.ts';

/** Where an image that is named without a prefix may be. */
const IMAGE_SOURCES = ['registry', 'docker', 'podman', 'containerd'] as const;
export type ImageSource = (typeof IMAGE_SOURCES)[number];

/** What opening a target may need from outside. */
export interface OpenOptions {
  /** `os/architecture[/variant]`, or `all`; the host's where absent. */
  readonly platform?: string | undefined;
  /** How to reach registries; the Http in it is the only way to the network. */
  readonly registry: RegistryOptions;
  /** Where images named without a prefix are looked for, in this order; in their registry by default. */
  readonly imageSources?: readonly ImageSource[] | undefined;
  /** Standard input, for the target `-`. */
  readonly stdin?: ByteStream | undefined;
  /** Folder for archives that come compressed or through a pipe; the system's by default. */
  readonly tempDir?: string | undefined;
  /** Bytes that an archive may unpack to; 64 GiB by default. */
  readonly maxUnpacked?: number;
  /** Where the addresses of daemons are looked up; that of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The user's home folder; that of the process by default. */
  readonly home?: string;
}

export function surroundings({ env = process.env, home = homeFolder() }: OpenOptions) {
  return { env, home };
}

/** With `all`, the only image there is serves. */
export function platformChoice(text: string | undefined): PlatformChoice {
  return text === undefined || isEveryPlatform(text)
    ? { platform: hostPlatform(), explicit: false }
    : { platform: parsePlatform(text), explicit: true };
}
