import { type Advisory, ANY_STREAM, type Package } from '../../model/index.ts';
import { byBinary, bySource } from './lookups.ts';
import type { Lookup, Question } from './types.ts';

/*
 * What the distributions of rpm packages have in common. A fix is a whole version: epoch, version and release, because
 * vendors put fixes into older versions and tell by the release alone. Source: Red Hat, "Backporting Security Fixes",
 * https://access.redhat.com/security/updates/backporting.
 */

/** The installed package, and the source that it was built from: errata list the first, CVE pages the second. */
export function byBinaryAndSource(pkg: Package): readonly Lookup[] {
  return [...byBinary(pkg), ...bySource(pkg)];
}

/** What every erratum of the family has to pass: module stream and architecture. */
export function isAboutBuild(advisory: Advisory, { package: pkg }: Question): boolean {
  return isOfStream(advisory, pkg) && isOfArch(advisory, pkg);
}

/**
 * Streams of a module are built and updated on their own: a statement about one speaks of packages of that stream, and one
 * outside modules of packages outside them. Where either side does not tell the stream, the same leading number of the
 * upstream version decides. Source: Red Hat, "Managing software with the DNF tool", "Module streams";
 * https://docs.fedoraproject.org/en-US/modularity/.
 */
function isOfStream(advisory: Advisory, pkg: Package): boolean {
  const own = streamOf(pkg);
  if (advisory.module === undefined || own === undefined) return advisory.module === own;
  if (advisory.module !== ANY_STREAM && own !== ANY_STREAM) return advisory.module === own;
  const fixed = fixedVersion(advisory);
  return fixed === undefined || leading(fixed) === leading(pkg.version);
}

/** `nodejs:18` of the label `nodejs:18:9050020250214042843:8cf767d6`; a release says at least that it is of a module. */
function streamOf({ module = '', version }: Package): string | undefined {
  const [name, stream] = module.split(':');
  if (name && stream) return `${name}:${stream}`;
  return /\.module[+_]/.test(version) ? ANY_STREAM : undefined;
}

/** Packages without an architecture of their own are the same everywhere, and errata list them under any; a source package (`src`) is that of all. */
function isOfArch({ arches }: Advisory, { arch }: Package): boolean {
  if (!arches || !arch || arch === 'noarch' || arches.includes('noarch') || arches.includes('src')) return true;
  return arches.some((each) => family(each) === family(arch));
}

function family(arch: string): string {
  return /^i\d86$/.test(arch) ? 'x86' : arch;
}

/** The first fixed version that a statement names. */
export function fixedVersion({ ranges }: Advisory): string | undefined {
  const event = ranges.flat().find((each) => 'fixed' in each);
  return event && 'fixed' in event ? event.fixed : undefined;
}

/** Upstream's version without its epoch. */
export function upstream(evr: string): string {
  return evr.replace(/^\d+:/, '');
}

function leading(evr: string): string | undefined {
  return /^\d+/.exec(upstream(evr))?.[0];
}

/** Who built a package, by rpm's Vendor tag, where it is not one of `own`. Packages without a vendor are the distribution's. */
export function otherVendor(own: RegExp): (pkg: Package) => string | undefined {
  return ({ origin }) => (origin && !own.test(origin) ? origin : undefined);
}

/**
 * The kernel, its headers, modules and live patches: a container runs on its host's kernel, and only that can be patched
 * live. What runs as a program or is linked to one (kernel-tools, kernel-libbpf, perf, bpftool) is not among them. Sources: Red Hat, "Managing, monitoring, and
 * updating the kernel", "Applying patches with kernel live patching" (kpatch-patch); Amazon Linux 2 User Guide, "Kernel Live
 * Patching" (kernel-livepatch); SUSE, "Live patching the Linux kernel using KLP" (kernel-livepatch, kernel-default-livepatch).
 */
export const RPM_KERNEL =
  /^kernel(?:\d[\d.]*)?(?:-(?!(?:uek-)?tools(?:-|$)|libbpf|s?rpm-macros).*)?$|^(?:kpatch|kgraft)-patch-|^linux-glibc-devel$/;
