import type { Package } from '../model/index.ts';

/**
 * Packages of the kernel itself, by distribution family. A container runs on its host's kernel, so whatever is wrong with
 * headers or an image inside it is of no consequence there (users-ask.md 7). Programs built from the kernel's sources
 * (perf, bpftool, cpupower) do run and are not in this list.
 */
const KERNEL_PACKAGES: Partial<Record<Package['type'], RegExp>> = {
  deb: /^linux-(libc-dev|headers|image|kbuild|modules|source|doc|config|compiler|support|buildinfo|aws|azure|gcp|generic|virtual|kvm)(-|$)/,
  apk: /^linux-(headers|lts|virt|edge|stable|rpi\d?|vanilla|hardened|asahi|openpax)(-dev|-doc)?$/,
  rpm: /^kernel(-(core|headers|devel|modules|modules-core|modules-extra|default|debug|rt|uek|lt|ml|srpm-macros|abi-stablelists)(-.*)?)?$/,
};

export function isKernelPackage(pkg: Package): boolean {
  return pkg.class === 'os' && KERNEL_PACKAGES[pkg.type]?.test(pkg.name) === true;
}
