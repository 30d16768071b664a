import type { Advisory, Package } from '../../../model/index.ts';
import { byBinary } from '../lookups.ts';
import { fixedVersion, isAboutBuild, otherVendor, RPM_KERNEL, upstream } from '../rpm.ts';
import type { DistroPlugin } from '../types.ts';

/**
 * Amazon Linux: advisories by release and installed package. Extras of Amazon Linux 2 carry several versions of a package side
 * by side (`php8.0`, `php8.1`); the package does not tell its extra, so an advisory of an extra speaks of packages whose version
 * begins as its fixed version and the extra's name agree. Sources: https://alas.aws.amazon.com/faqs.html; Amazon Linux 2 User
 * Guide, "Extras library".
 */
export const amazon: DistroPlugin = {
  id: 'amazon',
  ids: ['amzn'],
  packageType: 'rpm',
  ecosystems: ({ distro: { versionId = '' } }) => {
    if (/^201\d\.\d\d$/.test(versionId)) return ['Amazon Linux:1'];
    const release = /^\d+/.exec(versionId)?.[0];
    return release === undefined ? [] : [`Amazon Linux:${release}`];
  },
  lookups: byBinary,
  applies: (advisory, question) => {
    const { module, ...plain } = advisory;
    return isOfExtra(advisory, question.package) && isAboutBuild(plain, question);
  },
  rank: () => 0,
  builder: otherVendor(/^Amazon\b/i),
  kernel: RPM_KERNEL,
};

/** `8.0` of `php8.0`: where the fixed version begins so, the installed one must as well. */
function isOfExtra(advisory: Advisory, pkg: Package): boolean {
  const stream = /(\d+(?:\.\d+)*)$/.exec(advisory.module ?? '')?.[1];
  if (stream === undefined) return true;
  const fixed = upstream(fixedVersion(advisory) ?? '');
  return !isWithin(fixed, stream) || isWithin(upstream(pkg.version), stream);
}

function isWithin(version: string, stream: string): boolean {
  return version.startsWith(stream) && !/^\d/.test(version.slice(stream.length));
}
