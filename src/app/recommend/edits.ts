import { type Finding, type Inventory, type Package, SEVERITIES, type UnreachableFix } from '../../model/index.ts';
import type { Edit } from '../../policy/plan.ts';
import { newest } from '../newest.ts';
import { listed } from './advice.ts';
import { type InstallFacts, normalised } from './facts.ts';
import { npmAdvice } from './npm-advice.ts';
import { pypiAdvice } from './pypi-advice.ts';
import { outOfReach } from './reach.ts';

export interface PackageEdits {
  readonly edits: readonly Edit[];
  readonly unreachable: readonly UnreachableFix[];
}

/** Updates of packages to the smallest versions that fix what is fixed, those that the image's own sources have; and those that they have not. */
export function packageEdits(findings: readonly Finding[], inventory: Inventory, facts: InstallFacts): PackageEdits {
  const fixable = findings.filter(({ kind, fix }) => kind === 'vulnerability' && fix.versions.length > 0);
  const unreachable: { readonly finding: Finding; readonly reason: UnreachableFix['reason'] }[] = [];
  const reachable = fixable.filter((finding) => {
    const { type, class: kind } = finding.package;
    const reason = kind === 'os' ? outOfReach({ type, fixed: finding.fix.versions[0] ?? '' }, inventory, facts) : undefined;
    if (reason) unreachable.push({ finding, reason });
    return reason === undefined;
  });
  const groups = Map.groupBy(reachable, ({ package: of }) =>
    [of.type, of.source?.name ?? of.name, of.source?.version ?? of.version].join('\0'),
  );
  const edits = [...groups.values()].map((group) =>
    group[0]?.package.class === 'os' ? osEdit(group, inventory.packages) : libraryEdit(group, facts),
  );
  return { edits: inOne(edits), unreachable: outOfReachList(unreachable) };
}

/** An edit of a library, with the packages that it brings to their latest versions besides. */
type LibraryEdit = Edit & { readonly brings?: readonly string[] };

/** Nothing keeps these back. */
const FREE: ReadonlySet<Edit['code']> = new Set(['npm-direct', 'npm-refresh', 'pypi-direct', 'pypi-refresh']);

/** Packages that go with the same other one are one edit, and what is wrong with that one itself goes with it. */
function inOne(edits: readonly LibraryEdit[]): readonly Edit[] {
  const ofLibrary = Map.groupBy(
    edits.filter(({ code, command }) => FREE.has(code) && !command?.includes('--global')),
    ({ removes }) => libraryKey((removes[0] as Finding).package),
  );
  return [...Map.groupBy(edits, (edit) => (edit.brings && edit.command ? edit.command : edit)).values()].map((group) => {
    const { brings = [], ...first } = group[0] as LibraryEdit;
    const type = first.removes[0]?.package.type;
    const own = brings.flatMap((name) => (type ? (ofLibrary.get(libraryKey({ type, name })) ?? []) : []));
    const removes = [...new Set([...group, ...own].flatMap((each) => each.removes))];
    if (group.length === 1) return { ...first, removes };
    const all = (of: string): string => listed(group.map(({ params }) => params[of] ?? ''));
    return {
      ...first,
      params: { ...first.params, package: all('package'), installed: all('installed'), version: all('version') },
      removes,
    };
  });
}

function libraryKey({ type, name }: Pick<Package, 'type' | 'name'>): string {
  return `${type} ${type === 'pypi' ? normalised(name) : name}`;
}

function osEdit(group: readonly Finding[], packages: readonly Package[]): Edit {
  const { type, version: installed } = (group[0] as Finding).package;
  const names = [...new Set(group.map((each) => each.package.name))].sort();
  const command = harmless(names) ? osCommand(type, names.join(' '), packages) : undefined;
  return {
    kind: 'os',
    code: 'os-update',
    params: { package: listed(names), installed, version: wanted(group) },
    ...(command === undefined ? {} : { command }),
    removes: group,
  };
}

const RPM_MANAGERS = ['dnf', 'dnf5', 'microdnf', 'tdnf', 'yum', 'zypper'];

function osCommand(type: Package['type'], names: string, packages: readonly Package[]): string | undefined {
  if (type === 'deb') return `apt-get update && apt-get install -y --only-upgrade ${names}`;
  if (type === 'apk') return `apk add --no-cache --upgrade ${names}`;
  const manager = RPM_MANAGERS.find((name) => packages.some((each) => each.type === 'rpm' && each.name === name));
  if (type !== 'rpm' || manager === undefined) return undefined;
  return manager === 'zypper' ? `zypper --non-interactive update ${names}` : `${manager} upgrade -y ${names}`;
}

function libraryEdit(group: readonly Finding[], facts: InstallFacts): LibraryEdit {
  const { type, name, version: installed } = (group[0] as Finding).package;
  const version = wanted(group);
  const places = [...new Set(group.flatMap(({ locations }) => locations.map(({ path }) => path)))];
  const common = { kind: 'library' as const, removes: group };
  const params = { package: name, installed, version, path: places[0] ?? '' };
  const archive = places.find((path) => path.includes('!/'))?.split('!/')[0];
  if (archive !== undefined) return { ...common, code: 'embedded', params: { ...params, archive } };
  const advice = type === 'npm' ? npmAdvice(name, version, places, facts) : type === 'pypi' ? [pypiAdvice(name, version, facts)] : [];
  const [first] = advice;
  if (!first) return { ...common, code: 'update', params };
  const { code, parents, direct } = first;
  const brings = advice.flatMap((each) => each.brings ?? []);
  return {
    ...common,
    code,
    params: { ...params, ...(parents === undefined ? {} : { parents }), ...(direct === undefined ? {} : { direct }) },
    ...(advice.every(({ words }) => words && harmless(words)) ? { command: advice.map(({ command }) => command).join(' && ') } : {}),
    ...(parents === undefined ? {} : { brings }),
  };
}

/** The smallest version with which all are gone. */
function wanted(group: readonly Finding[]): string {
  const versions = [...new Set(group.flatMap(({ fix }) => fix.versions.slice(0, 1)))];
  return newest(group[0] as Finding, versions) ?? versions.join(', ');
}

/** Names come out of images, and commands are copied into shells: no word may be more than a word, or an option. */
function harmless(words: readonly string[]): boolean {
  return words.every((word) => /^[A-Za-z0-9@][A-Za-z0-9@/._+~:=-]*$/.test(word));
}

function outOfReachList(
  all: readonly { readonly finding: Finding; readonly reason: UnreachableFix['reason'] }[],
): readonly UnreachableFix[] {
  const groups = Map.groupBy(all, ({ finding: { package: of }, reason }) => [of.type, of.name, of.version, reason].join('\0'));
  return [...groups.values()]
    .map((group) => {
      const findings = group.map(({ finding }) => finding);
      const first = findings[0] as Finding;
      const worst = Math.min(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
      return {
        package: first.package.name,
        installed: first.package.version,
        version: wanted(findings),
        reason: group[0]?.reason ?? 'no-repositories',
        severity: SEVERITIES[worst] ?? 'unknown',
        findings: findings.length,
      };
    })
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.findings - a.findings);
}
