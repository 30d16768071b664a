import type { Dockerfile } from '../../checks/dockerfile/document.ts';
import { onlyOne, openTarget } from '../../image/targets/index.ts';
import type { BaseImage, Finding, Plan, Report, UnscannedBase } from '../../model/index.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { tryReference } from '../../oci/reference.ts';
import { comparedSide } from '../../policy/compare.ts';
import { type Edit, planSteps } from '../../policy/plan.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { isPrefix } from '../base/known-bases.ts';
import { indexTarget } from '../inventory/index-target.ts';
import { type ScanOptions, scan } from '../scan/index.ts';
import { inRun, openAny } from '../scan/run.ts';
import { VERSION } from '../version.ts';
import { bestFirst, failureCode, isFar, namedCandidates, type Tried, tried, unscanned } from './candidates.ts';
import { packageEdits } from './edits.ts';
import { factsExtractor, type InstallFacts } from './facts.ts';
import { fromEdit } from './from-edit.ts';

export interface RecommendOptions extends Omit<ScanOptions, 'failOn' | 'scanners' | 'base' | 'wasted'> {
  /** Instead of the base image that is found: a reference. */
  readonly baseName?: string;
  /** Candidates that are scanned; 5 by default. */
  readonly most?: number;
}

const DEFAULT_MOST = 5;

/**
 * What to change in an image: other base images, from the registry's tags or this machine's index, each scanned by the same engine and
 * database; and updates of packages that the image's own sources have. Nothing is changed and nothing is run.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function recommend(target: string, options: RecommendOptions = {}): Promise<Plan> {
  const { baseName, most = DEFAULT_MOST, ...scanOptions } = options;
  const scanned = await scan(target, { ...scanOptions, scanners: ['vuln'], base: 'registry' });
  const notes: Notes = [];
  const report = baseName === undefined ? scanned : { ...scanned, base: await givenBase(baseName, scanned, scanOptions, notes) };
  const facts = await installFacts(target, scanOptions);
  const others = await otherBases(report, { ...scanOptions, most }, notes);
  const candidates = bestFirst(others.tried);
  const counted = report.findings.filter(({ verdict, suppressed }) => verdict === 'affected' && suppressed === undefined);
  const { edits, unreachable } = packageEdits(counted, report.inventory, facts);
  const near = candidates.filter(({ candidate }) => !isFar(candidate));
  const builtFrom = near.length > 0 && options.dockerfile !== undefined ? await dockerfileOf(options) : undefined;
  const bases = near.map((each) => baseEdit(each, report, new Set(counted), builtFrom)).filter(({ removes }) => removes.length > 0);
  const { steps, smallest } = planSteps({ bases, updates: edits });
  if (!smallest) notes.push({ code: 'not-proven', params: {} });
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt: (options.now ?? new Date()).toISOString(),
    target: { ...comparedSide(report), spec: target },
    ...(report.base ? { base: report.base } : {}),
    candidates: candidates.map(({ candidate }) => candidate),
    unscanned: others.unscanned,
    steps,
    unreachable,
    findings: counted.length,
    left: counted.length - (steps.at(-1)?.total ?? 0),
    warnings: report.warnings,
    notes,
  };
}

/** The image that the user names; where its layers are not the target's, how many are its own is what was found without it. Throws where it names nothing. */
async function givenBase(name: string, { base, inventory }: Report, options: ScanOptions, notes: Notes): Promise<BaseImage> {
  const platform = inventory.target.platform;
  const guessed: BaseImage = { name, layers: base?.layers ?? 0, evidence: 'given', confidence: 'low' };
  return inRun({ ...options, ...(platform ? { platform: formatPlatform(platform) } : {}), scanners: ['config'] }, async ({ opening }) => {
    const image = await openTarget(name, opening).catch((error) => {
      const code = failureCode(error);
      // What is wrong with the option, and not with a registry.
      if (tryReference(name) === undefined) throw error;
      notes.push({ code: 'unopened', params: { name, code } });
      return undefined;
    });
    if (!image) return guessed;
    await image.close();
    if (image.kind !== 'image') throw new PlimsollError('base-not-image', { target: name }, { exitCode: EXIT.usage });
    if (isPrefix(image.config.diffIds, inventory.config?.diffIds ?? [])) {
      const { digest } = image.info;
      return {
        name,
        ...(digest === undefined ? {} : { digest }),
        layers: image.config.diffIds.length,
        evidence: 'given',
        confidence: 'high',
      };
    }
    notes.push({ code: 'other-layers', params: { name } });
    return guessed;
  });
}

/** Read from the image once more, beside no packages: which sources it has, and who asks for what. */
async function installFacts(target: string, options: ScanOptions): Promise<InstallFacts> {
  let facts: InstallFacts = { apt: [], apk: [], rpm: 0, npm: [], pypi: [] };
  await inRun({ ...options, scanners: ['config'] }, async (run) => {
    const opened = await onlyOne(await openAny(target, run), run.opening);
    try {
      if (opened.kind !== 'image' && opened.kind !== 'tree') return;
      await indexTarget(opened, {
        extractors: [
          factsExtractor((read) => {
            facts = read;
          }),
        ],
        signal: options.signal,
      });
    } finally {
      await opened.close();
    }
  });
  return facts;
}

type Notes = Plan['notes'][number][];

interface OtherBases {
  readonly tried: readonly Tried[];
  readonly unscanned: readonly UnscannedBase[];
}

async function otherBases(report: Report, options: ScanOptions & { readonly most: number }, notes: Notes): Promise<OtherBases> {
  const { base } = report;
  if (report.inventory.layers.length === 0) return noted(notes, 'no-image');
  if (!base) return noted(notes, 'no-base');
  if (base.name === undefined) return noted(notes, 'no-name');
  if (base.layers === 0) return noted(notes, 'no-layers', { name: base.name });
  const { most, ...scanOptions } = options;
  return inRun({ ...scanOptions, scanners: ['config'] }, async ({ opening, options: { cacheDir } }) => {
    const { platform: of } = report.inventory.target;
    const platform = of && formatPlatform(of);
    const access = { cacheDir, offline: options.offline === true, most, platform, registry: opening.registry };
    const named = await namedCandidates(base, access, (code) => notes.push({ code: 'no-tags', params: { name: base.name ?? '', code } }));
    if (options.offline && named.length === 0) notes.push({ code: 'offline-index', params: { name: base.name ?? '' } });
    const all: Tried[] = [];
    const failed: UnscannedBase[] = [];
    for (const candidate of named) {
      try {
        const at = platform === undefined ? {} : { platform };
        const { dockerfile: _dockerfile, ...plain } = scanOptions;
        const scanned = await scan(candidate.spec, { ...plain, ...at, scanners: ['vuln'], base: 'none' });
        const held = tried(candidate, scanned, report);
        const twice = all.some((each) => each.candidate.digest !== undefined && each.candidate.digest === held?.candidate.digest);
        if (held && !twice) all.push(held);
      } catch (error) {
        failed.push(unscanned(candidate, failureCode(error)));
      }
    }
    return { tried: all, unscanned: failed };
  });
}

function noted(notes: Notes, code: Plan['notes'][number]['code'], params: Plan['notes'][number]['params'] = {}): OtherBases {
  notes.push({ code, params });
  return { tried: [], unscanned: [] };
}

function baseEdit(
  { candidate, removes, adds }: Tried,
  { base }: Report,
  counted: ReadonlySet<Finding>,
  file: Dockerfile | undefined,
): Edit {
  const { name, digest } = candidate;
  const pinned = digest === undefined ? name : `${name}@${digest}`;
  const { diff, buildArg } = file ? fromEdit(file, { from: base?.name ?? '', to: name, digest }) : {};
  return {
    kind: 'base',
    code: 'base',
    params: { from: base?.name ?? '', to: name },
    command: buildArg === undefined ? `FROM ${pinned}` : `docker build --build-arg ${buildArg} .`,
    ...(diff ? { diff } : {}),
    removes: removes.filter((finding) => counted.has(finding)),
    adds,
  };
}

async function dockerfileOf({ dockerfile = '', cwd = process.cwd() }: RecommendOptions): Promise<Dockerfile> {
  return (await (await import('../scan/built-from.ts')).readBuiltFrom(dockerfile, cwd)).document;
}
