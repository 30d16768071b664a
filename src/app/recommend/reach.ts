import type { Inventory, PackageType, UnreachableFix } from '../../model/index.ts';
import type { InstallFacts } from './facts.ts';

/** Packages that bring a package manager. */
const MANAGERS: Partial<Record<PackageType, ReadonlySet<string>>> = {
  deb: new Set(['apt']),
  apk: new Set(['apk-tools']),
  rpm: new Set(['dnf', 'dnf5', 'microdnf', 'yum', 'tdnf', 'zypper']),
};

/** Why a fixed version of a distribution's package cannot be installed from what the image has configured; undefined where it can. */
export function outOfReach(
  { type, fixed }: { readonly type: PackageType; readonly fixed: string },
  { packages, distro }: Pick<Inventory, 'packages' | 'distro'>,
  facts: InstallFacts,
): UnreachableFix['reason'] | undefined {
  const managers = MANAGERS[type];
  if (!managers) return undefined;
  if (!packages.some((each) => each.type === type && managers.has(each.name))) return 'no-manager';
  if (type === 'rpm') return facts.rpm > 0 ? undefined : 'no-repositories';
  if (type === 'apk') return apkReach(facts, distro?.versionId);
  if (facts.apt.length === 0) return 'no-repositories';
  // Canonical's own mark of what its paid service has. Source: ubuntu.com/security/esm; `1.2.3-4ubuntu5.6+esm1`.
  if (/[~+]esm\d*/.test(fixed)) return facts.apt.some(({ uri }) => /\besm\.ubuntu\.com\b/.test(uri)) ? undefined : 'pro';
  const codename = distro?.codename;
  if (codename === undefined) return undefined;
  const suites = new Set(facts.apt.flatMap((each) => each.suites.map((suite) => suite.replace(/\/.*$/, ''))));
  const moving = ['stable', 'oldstable', 'testing', 'unstable', 'sid'].some((name) => suites.has(name));
  const pockets = distro?.id === 'ubuntu' ? ['-security', '-updates'] : ['', '-security', '-updates', '-proposed-updates'];
  if (moving || pockets.some((pocket) => suites.has(codename + pocket))) return undefined;
  return [...suites].some((suite) => suite.startsWith(codename)) ? 'no-pocket' : 'other-release';
}

/** A branch has the fixes of its own release, and no other. */
function apkReach({ apk }: InstallFacts, version: string | undefined): UnreachableFix['reason'] | undefined {
  if (apk.length === 0) return 'no-repositories';
  const branch = /^(\d+\.\d+)/.exec(version ?? '')?.[1];
  if (branch === undefined || apk.some((url) => url.includes(`/v${branch}/`) || url.includes('/edge/') || !/\/v\d+\.\d+\//.test(url)))
    return undefined;
  return 'other-release';
}
