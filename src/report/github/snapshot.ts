import type { Package, Report } from '../../model/index.ts';
import { parsePurl } from '../../util/purl.ts';
import { platformName } from '../platform-name.ts';
import { printable } from '../sbom/contents.ts';

/**
 * What GitHub's dependency graph takes. Source: GitHub REST API, "Create a snapshot of dependencies for a repository". `sha` and `ref` are
 * there where the run says them.
 */
export interface Snapshot {
  readonly version: 0;
  readonly sha?: string;
  readonly ref?: string;
  readonly job: { readonly id: string; readonly correlator: string; readonly html_url?: string };
  readonly detector: { readonly name: string; readonly version: string; readonly url: string };
  readonly metadata: Readonly<Record<string, string>>;
  readonly scanned: string;
  readonly manifests: Readonly<Record<string, Manifest>>;
}

interface Manifest {
  readonly name: string;
  readonly file?: { readonly source_location: string };
  readonly metadata?: Readonly<Record<string, string>>;
  readonly resolved: Readonly<Record<string, Dependency>>;
}

interface Dependency {
  readonly package_url: string;
  /** At most eight. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly relationship: 'direct' | 'indirect';
  readonly scope: 'runtime' | 'development';
}

type Env = Readonly<Record<string, string | undefined>>;

const HOME = 'https://www.npmjs.com/package/plimsoll';

/** One snapshot for all platforms of an image: the newest of a correlator replaces those before it. */
export function snapshot(reports: readonly Report[], env: Env): Snapshot {
  const [report] = reports;
  if (report === undefined) throw new RangeError('a snapshot of no report');
  const { tool, createdAt, inventory, baseline } = report;
  const { GITHUB_SHA: sha, GITHUB_REF: ref } = env;
  const { digest, indexDigest } = inventory.target;
  return {
    version: 0,
    ...(sha ? { sha } : {}),
    ...(ref ? { ref } : {}),
    job: jobOf(env, inventory.target.name),
    detector: { name: tool.name, version: tool.version, url: HOME },
    metadata: {
      'plimsoll:target': printable(inventory.target.name),
      ...(baseline?.removed
        ? {
            'plimsoll:comparedTo': printable(baseline.spec),
            'plimsoll:removed': printable(baseline.removed.map(({ name, versions }) => [name, ...versions].join(' ')).join(', ')),
          }
        : {}),
      ...(indexDigest ? { 'plimsoll:indexDigest': indexDigest } : digest ? { 'plimsoll:digest': digest } : {}),
    },
    scanned: createdAt,
    manifests: Object.fromEntries(reports.flatMap((each) => manifestsOf(each, reports.length > 1)).map((each) => [each.name, each])),
  };
}

/** Without a run the target tells snapshots apart. */
function jobOf(env: Env, target: string): Snapshot['job'] {
  const { GITHUB_WORKFLOW: workflow, GITHUB_JOB: job, GITHUB_RUN_ID: id, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const correlator = [workflow, job].filter(Boolean).join('_') || `plimsoll_${printable(target)}`;
  const url = server && repository && id ? { html_url: `${server}/${repository}/actions/runs/${id}` } : {};
  return { id: id || '0', correlator, ...url };
}

/** A manifest for the system's packages, one a lock file of a folder, and for an image one an ecosystem. */
function manifestsOf({ inventory }: Report, several: boolean): Manifest[] {
  const { target, distro, packages } = inventory;
  const platform = several ? ` ${platformName(target)}` : '';
  const nameOf = (what: string): string => printable(`${target.name}${platform} (${what})`);
  const groups = Map.groupBy(
    packages.filter(({ purl }) => parsePurl(purl) !== undefined),
    (each) => {
      if (each.class === 'os') return nameOf([distro?.id ?? each.type, distro?.versionId].filter(Boolean).join(' '));
      return inFolder(each) ? printable(each.path) : nameOf(each.type);
    },
  );
  return [...groups].map(([name, members]) => {
    const [first] = members;
    return {
      name,
      // Of a file in the repository, not in an image: GitHub links it.
      ...(first && inFolder(first) ? { file: { source_location: printable(first.path) } } : {}),
      resolved: Object.fromEntries(members.map((each) => [each.purl, dependency(each)])),
    };
  });

  function inFolder({ path, class: kind }: Package): boolean {
    return target.kind === 'dir' && kind === 'library' && path !== '';
  }
}

/** In comparisons; versions may be hostile. */
function changeOf(before: readonly string[]): Readonly<Record<string, string>> {
  if (before.length === 0) return { 'plimsoll:change': 'added' };
  return { 'plimsoll:change': 'changed', 'plimsoll:before': printable(before.join(' ')) };
}

/** What another package brought is indirect; of all else it is not known. */
function dependency({ purl, ownedBy, dev, before }: Package): Dependency {
  return {
    package_url: purl,
    ...(before === undefined ? {} : { metadata: changeOf(before) }),
    relationship: ownedBy === undefined ? 'direct' : 'indirect',
    scope: dev ? 'development' : 'runtime',
  };
}
