import { readFile } from 'node:fs/promises';
import { fingerprint } from '../../match/fingerprint.ts';
import type { Inventory, PackageType, Report, ReportWarning } from '../../model/index.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { compareWithBaseline, lackingWords, packagesInCommon } from '../../policy/baseline.ts';
import { type Applied, applying, type ExceptionFile, type ExceptionRule, parseExceptions } from '../../policy/exceptions/index.ts';
import type { ExceptionKind } from '../../policy/exceptions/types.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { comparePackageVersions } from '../package-versions.ts';
import type { Baseline, ScanBaseline } from './baseline.ts';
import type { ExceptionsOptions, StandingOptions } from './options.ts';

/** Two builds of one image share most packages by name; images on one distribution's base still many. */
const LEAST_IN_COMMON = 1 / 4;
/** With fewer packages than this, a share says little. */
const LEAST_PACKAGES = 10;

/** The findings of a target, before anybody accepted any. */
export type Found = { readonly inventory: Pick<Report['inventory'], 'target' | 'packages' | 'distro'> } & Pick<Report, 'findings'> &
  Partial<Pick<Report, 'database' | 'secrets' | 'checks' | 'imported' | 'base'>>;

/** The same with what they stand against. */
export type Stood<T extends Found> = T & Pick<Report, 'exceptions' | 'baseline'> & { readonly warnings: readonly ReportWarning[] };

/** What findings are held against; read once for all platforms. */
export interface Standing {
  /** Exceptions first, then the baseline: what is accepted is held against the baseline too. */
  stand<T extends Found>(found: T): Promise<Stood<T>>;
  /**
   * The reports of all platforms of one image, in the order in which their findings stood: an exception that one of them needs is needed.
   * `failed`: some platform could not be read, so that nobody knows what is not.
   */
  ofAllPlatforms(reports: readonly Report[], failed: boolean): readonly Report[];
}

/** `scanBaseline` scans an image that is named as the baseline, as this one is scanned. */
export interface StandingNeeds extends StandingOptions {
  readonly now: Date;
  readonly cwd: string;
  readonly scanBaseline?: ScanBaseline;
}

/**
 * Reads the files of exceptions and the baseline, before anything is scanned: what is malformed is said at once.
 *
 * @throws PlimsollError exceptions-*, baseline-unreadable, stored-report-*
 */
export async function openStanding({ exceptions, baseline, now, cwd, scanBaseline }: StandingNeeds): Promise<Standing> {
  const files = exceptions ? await exceptionFiles(exceptions, now) : [];
  const { openBaseline } = baseline === undefined ? { openBaseline: undefined } : await import('./baseline.ts');
  const against = baseline === undefined ? undefined : await openBaseline?.(baseline, cwd, scanBaseline);
  const all: Applied[] = [];
  return {
    async stand(found) {
      const applied = exceptions && files.length > 0 ? applyingTo(found, files, exceptions.warnDays ?? 14, now) : undefined;
      if (applied) all.push(applied);
      const excepted = applied ? withExceptions(found, applied) : { ...found, warnings: [] };
      return against ? withBaseline(excepted, against) : excepted;
    },
    ofAllPlatforms: (reports, failed) => {
      const isUsed = (rule: ExceptionRule): boolean => failed || all.some((each) => each.isUsed(rule));
      return reports.map((report, i) => {
        const unused = all[i]?.report(isUsed).warnings.filter(({ code }) => code === 'exceptions-unused') ?? [];
        return { ...report, warnings: report.warnings.flatMap((each) => (each.code === 'exceptions-unused' ? unused : [each])) };
      });
    },
  };
}

/** The exceptions of all files, in their order. */
export async function exceptionFiles({ files, require, longestDays }: ExceptionsOptions, now: Date): Promise<readonly ExceptionFile[]> {
  const demands = { now, ...(require === undefined ? {} : { require }), ...(longestDays === undefined ? {} : { longestDays }) };
  const read: ExceptionFile[] = [];
  for (const { name, path } of files) {
    const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new PlimsollError(
        'exceptions-unreadable',
        { path: name, detail: cause.code ?? String(cause) },
        { cause, exitCode: EXIT.usage },
      );
    });
    read.push(parseExceptions(name, text.replace(/^\ufeff/, ''), demands));
  }
  return read;
}

function applyingTo(found: Found, files: readonly ExceptionFile[], warnDays: number, now: Date) {
  return applying(files, {
    target: found.inventory.target,
    // Where a base image ends that is only guessed, nobody has accepted.
    base: found.base?.confidence === 'low' ? undefined : found.base,
    now,
    warnDays,
    looked: lookedFor(found),
    compareVersions: (type, a, b) => comparePackageVersions(type as PackageType, a, b),
  });
}

/** The rules that any finding of these reports needs. */
export function usedRules(reports: readonly Found[], files: readonly ExceptionFile[], now: Date): ReadonlySet<ExceptionRule> {
  const used = new Set<ExceptionRule>();
  for (const report of reports) {
    const applied = applyingTo(report, files, 0, now);
    const { findings, secrets, checks, imported } = report;
    for (const each of [...findings, ...(secrets?.findings ?? []), ...(checks?.findings ?? []), ...(imported?.findings ?? [])])
      applied.suppress(each);
    for (const rule of files.flatMap((file) => file.rules)) if (applied.isUsed(rule)) used.add(rule);
  }
  return used;
}

function withExceptions<T extends Found>(found: T, applied: Applied): Stood<T> {
  const { secrets, checks, imported } = found;
  const stood = {
    ...found,
    findings: found.findings.map(applied.suppress),
    ...(secrets ? { secrets: { ...secrets, findings: secrets.findings.map(applied.suppress) } } : {}),
    ...(checks ? { checks: { ...checks, findings: checks.findings.map(applied.suppress) } } : {}),
    ...(imported ? { imported: { ...imported, findings: imported.findings.map(applied.suppress) } } : {}),
  };
  return { ...stood, ...applied.report() };
}

function lookedFor({ database, secrets, checks, imported }: Found): ReadonlySet<ExceptionKind> {
  return new Set<ExceptionKind>([
    ...(database ? (['vulnerability', 'malware', 'end-of-life'] as const) : []),
    ...(secrets ? (['secret'] as const) : []),
    ...(checks ? (['misconfiguration'] as const) : []),
    ...(imported ? (['imported'] as const) : []),
  ]);
}

/** Of another name, and with hardly a package in common: most likely the file of another image. */
function otherImage({ inventory: now }: Found, { inventory: then }: Report, spec: string): readonly ReportWarning[] {
  const named = ({ target: { repository, name } }: Pick<Inventory, 'target'>): string =>
    (repository ?? name).replace(/[:@][^/]*$/, '').replace(/^.*\//, '');
  const { shared, all } = packagesInCommon(now.packages, then.packages);
  if (named(now) === named(then) || all < LEAST_PACKAGES || shared >= all * LEAST_IN_COMMON) return [];
  return [{ code: 'baseline-other-image', params: { spec, name: then.target.name, shared, count: all } }];
}

/** The only report of the baseline is taken for every platform. */
function otherPlatform({ inventory: now }: Found, { inventory: then }: Report, spec: string): readonly ReportWarning[] {
  const [own, platform] = [now, then].map(({ target }) => target.platform && formatPlatform(target.platform));
  if (own === undefined || platform === undefined || own === platform) return [];
  return [{ code: 'baseline-other-platform', params: { spec, platform, own } }];
}

async function withBaseline<T extends Found>(found: Stood<T>, { spec, reportFor, hidden }: Baseline): Promise<Stood<T>> {
  const { platform } = found.inventory.target;
  const then = await reportFor(platform && formatPlatform(platform));
  const compared = compareWithBaseline(found, then, (place) => fingerprint(undefined, place, ''));
  const { secrets, checks, imported } = found;
  const { digest } = then.inventory.target;
  const warnings: ReportWarning[] = [
    ...(hidden > 0 ? [{ code: 'baseline-filtered' as const, params: { spec, count: hidden } }] : []),
    ...(compared.lacking.length > 0 ? [{ code: 'baseline-lacks' as const, params: { spec, kinds: lackingWords(compared.lacking) } }] : []),
    ...otherImage(found, then, spec),
    ...otherPlatform(found, then, spec),
    ...(compared.otherKey ? [{ code: 'baseline-other-key' as const, params: { spec } }] : []),
  ];
  return {
    ...found,
    findings: compared.findings,
    ...(secrets && compared.secrets ? { secrets: { ...secrets, findings: compared.secrets } } : {}),
    ...(checks && compared.checks ? { checks: { ...checks, findings: compared.checks } } : {}),
    ...(imported && compared.imported ? { imported: { ...imported, findings: compared.imported } } : {}),
    baseline: { spec, createdAt: then.createdAt, ...(digest === undefined ? {} : { digest }), fixed: compared.fixed },
    warnings: [...found.warnings, ...warnings],
  };
}
