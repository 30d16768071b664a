import type { TargetInfo } from '../model/index.ts';

/** `linux/arm64/v8`; empty where the target has no platform. */
export function platformName({ platform }: TargetInfo): string {
  return platform ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/') : '';
}
