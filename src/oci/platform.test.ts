import { describe, expect, it } from 'vitest';
import { formatPlatform, hostPlatform, isAttestation, parsePlatform, platformDistance } from './platform.ts';

describe('platforms', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['Linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/i386', 'linux/386'],
    ['windows/amd64', 'windows/amd64'],
  ])('%s is %s', (text, expected) => {
    expect(formatPlatform(parsePlatform(text))).toBe(expected);
  });

  it.each(['', 'linux', 'linux/', '/amd64', 'linux/amd64/v1/x', 'linux/arm64/', 'a b/c', '../..'])('%j is none', (text) => {
    expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'platform-invalid' }));
  });

  it.each([
    ['x64', 'linux/amd64'],
    ['arm64', 'linux/arm64'],
    ['ia32', 'linux/386'],
    ['s390x', 'linux/s390x'],
    ['riscv64', 'linux/riscv64'],
  ])('the host %s runs %s', (arch, expected) => {
    expect(formatPlatform(hostPlatform(arch))).toBe(expected);
  });
});

/** The order in which containerd takes variants (platforms.Only): the same, then lower ones. */
describe('which image serves', () => {
  const best = (wanted: string, ...offered: string[]) =>
    offered
      .map((text) => ({ text, distance: platformDistance(parsePlatform(wanted), parsePlatform(text)) }))
      .filter((one) => one.distance !== undefined)
      .sort((a, b) => a.distance! - b.distance!)
      .map((one) => one.text);

  it.each([
    ['linux/arm64', ['linux/amd64', 'linux/arm64/v8'], 'linux/arm64/v8'],
    ['linux/arm64/v8', ['linux/arm64'], 'linux/arm64'],
    ['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm64'], 'linux/arm/v6'],
    ['linux/arm', ['linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm', ['linux/arm/v8', 'linux/arm/v5'], 'linux/arm/v5'],
    ['linux/amd64', ['linux/amd64/v3', 'linux/amd64'], 'linux/amd64'],
    ['linux/amd64', ['linux/amd64/v3'], 'linux/amd64/v3'],
    ['linux/amd64/v3', ['linux/amd64/v4', 'linux/amd64/v2'], 'linux/amd64/v2'],
  ])('%s of %j: %s', (wanted, offered, expected) => {
    expect(best(wanted, ...offered)[0]).toBe(expected);
  });

  it.each([
    ['linux/arm/v6', 'linux/arm/v7'],
    ['linux/amd64', 'linux/arm64'],
    ['linux/amd64', 'windows/amd64'],
    ['linux/amd64/v2', 'linux/amd64/v3'],
  ])('%s is not served by %s', (wanted, offered) => {
    expect(best(wanted, offered)).toEqual([]);
  });
});

describe('attestations', () => {
  const descriptor = { mediaType: 'x', digest: `sha256:${'0'.repeat(64)}`, size: 1 } as const;
  it('are told by annotation or by platform', () => {
    expect(isAttestation({ ...descriptor, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } })).toBe(true);
    expect(isAttestation({ ...descriptor, platform: { os: 'unknown', architecture: 'unknown' } })).toBe(true);
    expect(isAttestation({ ...descriptor, platform: { os: 'linux', architecture: 'unknown' } })).toBe(false);
    expect(isAttestation(descriptor)).toBe(false);
  });
});
