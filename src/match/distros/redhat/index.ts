import type { Advisory, Ecosystem } from '../../../model/index.ts';
import { byBinaryAndSource, isAboutBuild, otherVendor, RPM_KERNEL } from '../rpm.ts';
import type { Coverage, DistroImage, DistroPlugin, Question } from '../types.ts';

/**
 * Red Hat Enterprise Linux with its universal base images, and CentOS, which is built from the same sources (of the same
 * major release).
 *
 * Errata are by product stream and installed package, CVE pages by product and source package (component). A CVE page that
 * calls the component not affected comes first: an erratum lists everything that was rebuilt with the fix. Then errata; then
 * the other states of CVE pages (affected, will not fix, fix deferred, out of support scope), which are given where no erratum
 * fixes it. VEX documents say the same as both, and are heard in their place where both are there. Source: Red Hat, "Technical Guidance for Vulnerability Scanning Vendors",
 * https://redhatproductsecurity.github.io/security-data-guidelines/scanning-vendors.
 */
export const redhat: DistroPlugin = {
  id: 'redhat',
  ids: ['rhel', 'redhat', 'centos'],
  packageType: 'rpm',
  ecosystems,
  lookups: byBinaryAndSource,
  applies: (advisory, question) => question.lookup.as === namesIn(advisory) && isAboutBuild(advisory, question),
  copies: { 'redhat-osv': 'redhat-vex', 'redhat-cve': 'redhat-vex' },
  rank: ({ form, status }) => (form === 'errata' ? 1 : status === 'not-affected' ? 0 : 2),
  // "CentOS" and "CentOS Buildsys" sign what CentOS builds; EPEL is "Fedora Project".
  builder: otherVendor(/^(Red Hat\b|CentOS\b|koji$)/i),
  kernel: RPM_KERNEL,
};

/** CVE pages are by source package, errata by installed package; VEX documents say which of them a name is. */
function namesIn({ feed, arches }: Advisory): Question['lookup']['as'] {
  return feed === 'redhat-cve' || arches?.includes('src') ? 'source' : 'binary';
}

/**
 * Products of the repositories (content sets) that the image names: with them minor releases (EUS, AUS, TUS, E4S, ELS) and
 * layered products count, and are told from the main stream. An image that names none gets the main stream of its major
 * release: all repositories of RHEL itself, and what extends them without a version of its own. Source: Red Hat, "How to
 * accurately match OVAL security data to installed RPMs", https://www.redhat.com/en/blog/how-accurately-match-oval-security-data-installed-rpms.
 */
function ecosystems(image: DistroImage, known: Coverage): readonly Ecosystem[] {
  const major = /^\d+/.exec(image.distro.versionId ?? '')?.[0];
  if (major === undefined) return [];
  const named = ofMinorRelease(
    image.repositories.flatMap((repository) => known.productsOf(repository) ?? []),
    image.distro.versionId ?? '',
  );
  const ofRelease = new RegExp(`^(enterprise_linux|rhel_(eus|aus|tus|e4s|els|mission_critical)):${major}(\\.|:|$)`);
  const products = named.some((product) => ofRelease.test(product)) ? named : [...mainStream(major, known), ...named];
  const spelt = products.flatMap((product) => [product, product.replace(/::.*$/, ''), unversioned(product)]);
  return [...new Set([`enterprise_linux:${major}`, ...spelt])].map((product) => `${FAMILY}:${product}`);
}

const FAMILY = 'Red Hat';

function mainStream(major: string, known: Coverage): readonly string[] {
  const main = new RegExp(
    `^(enterprise_linux:${major}::|rhel_extras\\w*:${major}(::|$)|(rhel_software_collections|devtools):[^:]*::el${major}$)`,
  );
  return known.ecosystemsOf(FAMILY).flatMap((ecosystem) => {
    const product = ecosystem.slice(FAMILY.length + 1);
    return main.test(product) ? [product] : [];
  });
}

/** One repository of EUS serves all minor releases (`rhel_eus:8.4`, `rhel_eus:8.6`): that of the image counts where it is among them. */
function ofMinorRelease(products: readonly string[], versionId: string): readonly string[] {
  const minorOf = (product: string) => /^rhel_[a-z0-9_]+:(\d+\.\d+)/.exec(product)?.[1];
  if (!products.some((product) => minorOf(product) === versionId)) return products;
  return products.filter((product) => (minorOf(product) ?? versionId) === versionId);
}

/** `openshift:4` of `openshift:4.12::el8`: CVE pages name products by their major version, VEX documents some by `openshift:4.12`. */
function unversioned(product: string): string {
  return product.replace(/^([^:]+:\d+).*$/, '$1');
}
