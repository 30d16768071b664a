import { join } from 'node:path';
import { CHECKERS, type LintKind } from '../../checks/index.ts';
import { maskSecrets } from '../../checks/mask.ts';
import { SHARED_RULES } from '../../checks/shared-rules.ts';
import type { CheckContext, Checker, RuleFacts, RunTool } from '../../checks/types.ts';
import type {
  BaselineReport,
  CheckFinding,
  ChecksReport,
  Decision,
  ExceptionsReport,
  Gap,
  ReportWarning,
  SeverityLevel,
} from '../../model/index.ts';
import { decide, worstOf } from '../../policy/gate.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { worstFirst } from '../checks/order.ts';
import type { ExceptionsOptions } from '../standing/options.ts';
import type { CustomRules } from './custom.ts';
import type { ToolRunner } from './run-tool.ts';
import type { LintSource } from './source.ts';
import { lintSources, readBesideOf, type SourceOptions } from './sources.ts';

export interface LintOptions {
  /** Files and folders, `-` for standard input; in the report they are called as here. */
  readonly paths?: readonly string[];
  /** `docker run ...` lines. In the report they are `--run`, numbered where there are several. */
  readonly runLines?: readonly string[];
  /** Of the files that `paths` name themselves; recognised where it is not given. */
  readonly kind?: LintKind;
  /** What paths are relative to; the process's working folder by default. */
  readonly cwd?: string;
  /** Nothing by default. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Ids or aliases of rules whose findings do not count. */
  readonly ignore?: readonly string[];
  /** Ids or aliases of opt-in rules that are wanted. */
  readonly enable?: readonly string[];
  /** Ignores without a reason do not count, and are findings. */
  readonly requireReason?: boolean;
  /** Files of custom rules, absolute. */
  readonly ruleFiles?: readonly string[];
  /** For programs that are asked where they are installed: shellcheck. None is where it is not given. */
  readonly runTool?: RunTool;
  /** Runs Helm and Kustomize where folders hold something for them; absent: charts and kustomizations are not rendered. */
  readonly renderTool?: ToolRunner;
  /** `1.30`; see CheckContext. */
  readonly kubernetesVersion?: string;
  /** The mildest severity that fails; undefined: none does. */
  readonly failOn?: SeverityLevel;
  /** True: the gate looks at what is new against `baseline` only. */
  readonly onlyNew?: boolean;
  /** A report of `lint`, `scan` or `assess` that was kept, which findings are held against. */
  readonly baseline?: string;
  /** True: what hadolint's settings beside a Dockerfile say of the gate decides about its findings, and `failOn` about all others. */
  readonly heedOtherGates?: boolean;
  /** Findings that somebody accepted; none by default. */
  readonly exceptions?: ExceptionsOptions;
  /** The clock that exceptions end by. */
  readonly now?: Date;
}

export interface LintResult {
  readonly checks: ChecksReport;
  /** What could not be read. */
  readonly gaps: readonly Gap[];
  /** Files that the user named and whose kind nobody knows. */
  readonly unknown: readonly string[];
  /** The texts that were checked, with their places on disk: what fixes are applied to. */
  readonly sources: readonly LintSource[];
  readonly decision: Decision;
  /** Present where there are files of exceptions. */
  readonly exceptions?: ExceptionsReport;
  /** Present where findings were held against a baseline. */
  readonly baseline?: BaselineReport;
  /** What is to be known of exceptions and the baseline. */
  readonly warnings: readonly ReportWarning[];
}

/** Looks at configuration: Dockerfiles, Kubernetes manifests, Compose files, `docker run` lines. */
export async function lint(options: LintOptions): Promise<LintResult> {
  const accept = await acceptance(options);
  const { sources, gaps: unread } = await lintSources(withTools(options));
  const gaps = [...unread];
  const custom = await loadCustom(options.ruleFiles ?? []);
  const names = await ruleNames([...(options.ignore ?? []), ...(options.enable ?? [])], custom);
  const enabled = new Set((options.enable ?? []).flatMap((name) => names.get(name.toLowerCase()) ?? []));
  const ignored = new Set((options.ignore ?? []).flatMap((name) => names.get(name.toLowerCase()) ?? [name]));

  const findings: CheckFinding[] = [];
  const checked: LintSource[] = [];
  const unknown: string[] = [];
  const gates = new Map<string, SeverityLevel | 'none'>();
  for (const source of [...sources, ...runSources(options.runLines ?? [])]) {
    const kind = source.kind ?? (await recognise(source));
    if (kind === undefined) {
      if (source.asked) unknown.push(source.path);
      continue;
    }
    checked.push(source);
    const checker = await checkerOf(kind);
    const context = contextOf(source, options, kind === 'dockerfile' ? await dockerfileContext(source, options.cwd ?? process.cwd()) : {});
    const gate = options.heedOtherGates ? checker.gate?.(context) : undefined;
    if (gate !== undefined) gates.set(source.path, gate);
    const own = await custom?.check(kind, checker, source, context);
    const found = [...checker.check(source, context, enabled), ...(own?.findings ?? [])];
    findings.push(...(source.relocate ? found.map(source.relocate) : found));
    gaps.push(...(own?.gaps ?? []));
    if (options.runTool && checker.checkWith) findings.push(...(await checker.checkWith(source, context, options.runTool)));
  }
  if (checked.length === 0 && unknown.length > 0) {
    throw new PlimsollError('lint-kind-unknown', { path: unknown.join(', ') }, { exitCode: EXIT.usage });
  }
  const {
    findings: all,
    warnings,
    ...excepted
  } = await accept(findings.map((finding) => ignoredBySettings(finding, ignored)).sort(worstFirst));
  const decision = decideAll(all, gaps, gates, options);
  return { checks: { findings: all, files: checked.length }, gaps, unknown, sources: checked, decision, warnings, ...excepted };
}

interface Accepted {
  readonly findings: readonly CheckFinding[];
  readonly exceptions?: ExceptionsReport;
  readonly baseline?: BaselineReport;
  readonly warnings: readonly ReportWarning[];
}

/** Exceptions and the baseline are read before anything is looked at. Exceptions for images are not for files. */
async function acceptance({
  exceptions,
  baseline,
  onlyNew,
  now: given,
  cwd = process.cwd(),
}: LintOptions): Promise<(found: readonly CheckFinding[]) => Promise<Accepted>> {
  if (onlyNew && baseline === undefined) throw new PlimsollError('new-without-baseline', {}, { exitCode: EXIT.usage });
  if (!exceptions?.files.length && baseline === undefined) return async (findings) => ({ findings, warnings: [] });
  const { openStanding } = await import('../standing/index.ts');
  const standing = await openStanding({
    now: given ?? new Date(),
    cwd,
    ...(exceptions ? { exceptions } : {}),
    ...(baseline === undefined ? {} : { baseline }),
  });
  return async (findings) => {
    const target = { kind: 'file' as const, spec: '', name: '' };
    const {
      checks,
      exceptions: used,
      baseline: against,
      warnings,
    } = await standing.stand({ inventory: { target, packages: [] }, findings: [], checks: { findings, files: 0 } });
    return { findings: checks.findings, warnings, ...(used ? { exceptions: used } : {}), ...(against ? { baseline: against } : {}) };
  };
}

async function* nothing(): AsyncGenerator<Buffer> {}

function withTools(options: LintOptions): SourceOptions {
  const { kubernetesVersion, renderTool, cwd = process.cwd(), stdin = nothing() } = options;
  const render = renderTool && { run: renderTool, ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }) };
  return { ...options, cwd, stdin, ...(render ? { render } : {}) };
}

/** Every rule of `plimsoll lint`, kind by kind. */
export async function lintRules(): Promise<readonly { readonly kind: LintKind | 'all'; readonly rules: readonly RuleFacts[] }[]> {
  const kinds = await Promise.all(CHECKERS.map(async ({ id, load }) => ({ kind: id, rules: (await load()).rules })));
  return [{ kind: 'all', rules: SHARED_RULES }, ...kinds];
}

async function loadCustom(files: readonly string[]): Promise<CustomRules | undefined> {
  if (files.length === 0) return undefined;
  const { loadCustomRules } = await import('./custom.ts');
  return loadCustomRules(files);
}

/** Ids of rules by their names in small letters; a name that no rule has is a usage error. */
async function ruleNames(names: readonly string[], custom: CustomRules | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (names.length === 0) return found;
  const rules = [...(await lintRules()).flatMap((kind) => kind.rules), ...(custom?.rules ?? [])];
  for (const { id, aliases } of rules) {
    for (const name of [id, ...aliases]) found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), id]);
  }
  for (const name of names) {
    if (found.has(name.toLowerCase()) || OF_OTHER_TOOLS.test(name)) continue;
    const { closest } = await import('../../util/closest.ts');
    const like = closest(name.toLowerCase(), [...found.keys()]);
    throw like === undefined
      ? new PlimsollError('lint-rule-unknown', { rule: name }, { exitCode: EXIT.usage })
      : new PlimsollError('lint-rule-misspelt', { rule: name, like }, { exitCode: EXIT.usage });
  }
  return found;
}

/** shellcheck's rules are as many as its version has. */
const OF_OTHER_TOOLS = /^SC\d{4}$/i;

/** By the content, first of the kinds that such a name may be, then, for files that the user named, of all others. */
async function recognise(source: LintSource): Promise<LintKind | undefined> {
  const name = source.path.slice(source.path.lastIndexOf('/') + 1);
  const likely = CHECKERS.filter(({ maybe }) => maybe?.test(name));
  const others = source.asked ? CHECKERS.filter((entry) => !likely.includes(entry)) : [];
  for (const entry of [...likely, ...others]) if ((await entry.load()).recognises(source)) return entry.id;
  return undefined;
}

async function checkerOf(kind: LintKind): Promise<Checker> {
  const entry = CHECKERS.find(({ id }) => id === kind);
  if (!entry) throw new PlimsollError('lint-kind-unknown', { path: kind }, { exitCode: EXIT.usage });
  return entry.load();
}

function runSources(lines: readonly string[]): LintSource[] {
  const name = (i: number) => (lines.length === 1 ? '--run' : `--run ${i + 1}`);
  return lines.map((text, i) => ({ path: name(i), text, kind: 'run', context: {}, asked: true }));
}

function contextOf(
  { context }: LintSource,
  { requireReason = false, kubernetesVersion }: LintOptions,
  more: Partial<CheckContext>,
): CheckContext {
  return {
    get beside() {
      return context.beside;
    },
    ...(context.read === undefined ? {} : { read: context.read }),
    mask: maskSecrets,
    requireReason,
    ...more,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  };
}

const OF_THE_BUILD: ReadonlySet<string> = new Set(['.dockerignore', '.hadolint.yaml', '.hadolint.yml', 'hadolint.yaml']);

/** Loaded when the first Dockerfile is met. */
async function dockerfileContext({ context }: LintSource, cwd: string): Promise<Partial<CheckContext>> {
  const [{ secretsForLint }, { LICENSE_IDS }] = await Promise.all([import('./secrets.ts'), import('../../licenses/spdx-ids.ts')]);
  // A Dockerfile in a folder of its own is mostly built from here, with the ignore file and hadolint's settings of here.
  const here = readBesideOf(join(cwd, 'Dockerfile'));
  const read = (path: string) => context.read?.(path) ?? (OF_THE_BUILD.has(path) ? here(path) : undefined);
  return { ...secretsForLint(), read, isLicense: (text) => LICENSE_IDS.has(text.toLowerCase()) };
}

/** Files with a gate of their own are judged by it, and all others by the common one. */
function decideAll(
  findings: readonly CheckFinding[],
  gaps: readonly Gap[],
  gates: ReadonlyMap<string, SeverityLevel | 'none'>,
  { failOn: common = 'none', onlyNew = false }: Pick<LintOptions, 'onlyNew'> & { readonly failOn?: SeverityLevel | 'none' },
): Decision {
  const gateOf = (gate: SeverityLevel | 'none') => (gate === 'none' ? {} : { failOn: gate, onlyNew });
  const byGate = Map.groupBy(findings, ({ location }) => gates.get(location.file) ?? common);
  byGate.set(common, byGate.get(common) ?? []);
  return worstOf([...byGate].map(([gate, checks]) => decide({ findings: [], gaps: gate === common ? gaps : [], checks }, gateOf(gate))));
}

function ignoredBySettings(finding: CheckFinding, ignored: ReadonlySet<string>): CheckFinding {
  if (finding.suppressed !== undefined || ignored.size === 0) return finding;
  const named = ignored.has(finding.id) || finding.aliases.some((alias) => ignored.has(alias));
  return named ? { ...finding, suppressed: { by: 'settings' } } : finding;
}
