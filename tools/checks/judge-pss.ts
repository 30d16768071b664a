import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { kubernetes } from '../../src/checks/kubernetes/index.ts';

/** What our rules say of the pass and fail cases of the Pod Security Standards' own project. */
export interface PssVerdict {
  readonly pass: number;
  readonly fail: number;
  /** Cases judged otherwise than upstream: the file, and what was found. */
  readonly wrong: readonly string[];
}

/** `folder`: test/testdata of k8s.io/pod-security-admission, which holds `<level>/<version>/{pass,fail}/<control><number>.yaml`. */
export function judgePss(folder: string, wanted: (version: string) => boolean = () => true): PssVerdict {
  let pass = 0;
  let fail = 0;
  const wrong: string[] = [];
  for (const level of ['baseline', 'restricted'] as const) {
    for (const version of readdirSync(join(folder, level)).filter(wanted)) {
      for (const way of ['pass', 'fail'] as const) {
        for (const file of listed(join(folder, level, version, way))) {
          const controls = controlsBroken(readFileSync(join(folder, level, version, way, file), 'utf8'), level, version);
          if (way === 'pass') pass++;
          else fail++;
          const control = file.replace(/\d*\.yaml$/, '');
          const right =
            way === 'pass'
              ? controls.size === 0
              : [...controls].some((found) => same(found, control)) &&
                [...controls].every((found) => same(found, control) || BESIDE[control] === found);
          if (!right) wrong.push(`${level}/${version}/${way}/${file}: ${[...controls].join(', ') || 'nothing'}`);
        }
      }
    }
  }
  return { pass, fail, wrong };
}

/** Newest first, of `v1.30` and the like. */
export function pssVersions(folder: string): string[] {
  return readdirSync(join(folder, 'baseline')).sort((a, b) => Number(b.slice(3)) - Number(a.slice(3)));
}

/** Names that the admission controller gives to the controls that a pod breaks, in small letters as the files' names are. */
function controlsBroken(text: string, level: 'baseline' | 'restricted', version: string): Set<string> {
  const levels = level === 'baseline' ? ['PSS baseline'] : ['PSS baseline', 'PSS restricted'];
  const findings = kubernetes.check({ path: 'case.yaml', text }, { kubernetesVersion: version });
  const own = findings.filter(({ benchmarks }) => levels.some((name) => benchmarks.includes(name)));
  return new Set(own.map(({ aliases }) => aliases[0]!.toLowerCase()));
}

/** A control of the restricted level that takes the place of one of the baseline is broken with it. */
const REPLACES: Readonly<Record<string, string>> = {
  capabilities_restricted: 'capabilities_baseline',
  seccompprofile_restricted: 'seccompprofile_baseline',
  restrictedvolumes: 'hostpathvolumes',
  procmount_restricted: 'procmount',
};

/** Some cases cannot help breaking another control too, upstream as with us: a Windows host process needs the network of the host. */
const BESIDE: Readonly<Record<string, string>> = {
  windowshostprocess: 'hostnamespaces',
  privileged: 'allowprivilegeescalation',
  allowprivilegeescalation: 'capabilities_restricted',
};

function same(found: string, control: string): boolean {
  return found === control || REPLACES[control] === found || REPLACES[found] === control;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where the cases are: as PLIMSOLL_PSS_CASES says, else in the newest such module that Go has downloaded here. */
export function pssCases(): string | undefined {
  const named = process.env.PLIMSOLL_PSS_CASES;
  if (named) return named;
  const modules = join(process.env.GOMODCACHE ?? join(process.env.GOPATH ?? join(homedir(), 'go'), 'pkg', 'mod'), 'k8s.io');
  const versions = listed(modules).filter((name) => /^pod-security-admission@v0\.\d+\.\d+$/.test(name));
  const minor = (name: string) => Number(/@v0\.(\d+)/.exec(name)?.[1]);
  const newest = versions.sort((a, b) => minor(b) - minor(a))[0];
  return newest === undefined ? undefined : join(modules, newest, 'test', 'testdata');
}

if (import.meta.main) {
  const folder = process.argv[2] ?? pssCases();
  if (folder === undefined) throw new Error('usage: node tools/checks/judge-pss.ts <test/testdata of k8s.io/pod-security-admission>');
  const [newest] = pssVersions(folder);
  for (const [name, verdict] of [
    [newest, judgePss(folder, (version) => version === newest)],
    ['every version', judgePss(folder)],
  ] as const) {
    console.log(`${name}: ${verdict.pass} pass cases, ${verdict.fail} fail cases, ${verdict.wrong.length} judged otherwise`);
    for (const line of verdict.wrong.slice(0, 50)) console.log(`  ${line}`);
  }
}
