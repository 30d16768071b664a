import { endianness } from 'node:os';
import type { Descriptor, Platform } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';

/** What the user wants: `explicit` is false for the host's platform, which then gives way where there is only one image. */
export interface PlatformChoice {
  readonly platform: Platform;
  readonly explicit: boolean;
}

/** What asks for every image instead of one; no platform is written without a slash. */
export function isEveryPlatform(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'all';
}

/** Names that kernels and distributions use for what Go calls otherwise. */
const ARCHITECTURES: Readonly<Record<string, Platform | undefined>> = {
  x86_64: { os: '', architecture: 'amd64' },
  'x86-64': { os: '', architecture: 'amd64' },
  i386: { os: '', architecture: '386' },
  i686: { os: '', architecture: '386' },
  aarch64: { os: '', architecture: 'arm64' },
  armhf: { os: '', architecture: 'arm', variant: 'v7' },
  armel: { os: '', architecture: 'arm', variant: 'v6' },
};

/** Node's `process.arch` where it differs from Go's names. */
const NODE_ARCHITECTURES: Readonly<Record<string, string | undefined>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mipsle' };

/** The variant that an image without one has. Source: OCI image specification, image-index.md, "Platform Variants". */
const BASE_VARIANT: Readonly<Record<string, number | undefined>> = { amd64: 1, arm64: 8, arm: 7 };

/** Containers on macOS and Windows run in a Linux machine of the same architecture, so the system is always Linux. */
export function hostPlatform(arch: string = process.arch): Platform {
  const big = arch === 'ppc64' && endianness() === 'BE';
  return { os: 'linux', architecture: big ? 'ppc64' : (NODE_ARCHITECTURES[arch] ?? arch) };
}

/** Reads `os/architecture[/variant]`; throws `platform-invalid`. */
export function parsePlatform(text: string): Platform {
  const parts = text.trim().toLowerCase().split('/');
  const [os, architecture, variant] = parts;
  if (parts.length > 3 || !os || !architecture || variant === '' || !parts.every((part) => /^[a-z0-9][a-z0-9._-]*$/.test(part))) {
    throw new PlimsollError('platform-invalid', { platform: text }, { exitCode: 2 });
  }
  const known = ARCHITECTURES[architecture];
  const chosen = variant ?? known?.variant;
  return { os, architecture: known?.architecture ?? architecture, ...(chosen === undefined ? {} : { variant: chosen }) };
}

export function formatPlatform(platform: Platform): string {
  return [platform.os || 'unknown', platform.architecture || 'unknown', ...(platform.variant ? [platform.variant] : [])].join('/');
}

/**
 * How well `offered` serves `wanted`: 0 is exact, higher is worse, undefined is not at all. A processor runs lower variants
 * of its own architecture (arm v7 runs v6 and v5), never higher ones; where no variant is asked for, the usual one is best
 * and the others are better than nothing.
 */
export function platformDistance(wanted: Platform, offered: Platform): number | undefined {
  if (wanted.os !== offered.os || wanted.architecture !== offered.architecture) return undefined;
  const base = BASE_VARIANT[wanted.architecture];
  const want = variantNumber(wanted.variant, base);
  const offer = variantNumber(offered.variant, base);
  if (want === undefined || offer === undefined) return wanted.variant === offered.variant || wanted.variant === undefined ? 0 : undefined;
  if (offer <= want) return want - offer;
  return wanted.variant === undefined ? 100 + offer - want : undefined;
}

/** Attestations that build tools put beside the images of an index: nothing that could be scanned. */
export function isAttestation(descriptor: Descriptor): boolean {
  if (descriptor.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest') return true;
  return descriptor.platform?.os === 'unknown' && descriptor.platform.architecture === 'unknown';
}

/** `v8` is 8, `v8.2` is 8.2, none is the architecture's usual one; undefined where it is not a number. */
function variantNumber(variant: string | undefined, base: number | undefined): number | undefined {
  if (variant === undefined || variant === '') return base;
  const match = /^v?(\d{1,3}(?:\.\d{1,3})?)$/.exec(variant);
  return match === null ? undefined : Number(match[1]);
}
