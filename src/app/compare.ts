import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Comparison, Report, SeverityLevel } from '../model/index.ts';
import { type Added, compare as held } from '../policy/compare.ts';
import { type ScanOptions, scan } from './scan.ts';
import { VERSION } from './version.ts';

export interface CompareOptions extends Omit<ScanOptions, 'failOn' | 'dockerfile'> {
  /** The mildest severity that the gate refuses among what was added; no gate by default. */
  readonly failOn?: SeverityLevel;
}

export interface ComparedReports {
  readonly comparison: Comparison;
  /** The report of the target with what was added alone, for formats of reports. */
  readonly added: Report;
}

/**
 * What came, went and changed from `to` to `target`. Both may be whatever can be scanned, or files that `plimsoll scan -f json` wrote, which
 * are taken as they are.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function compare(target: string, to: string, options: CompareOptions = {}): Promise<ComparedReports> {
  // All that the gate looks at is new.
  const { failOn, onlyFixable, onlyNew: _always, ...scanOptions } = options;
  const before = await reportOf(to, scanOptions);
  const report = await reportOf(target, scanOptions);
  const { ofTarget, ...rest } = held(report, before, {
    ...(failOn === undefined ? {} : { failOn }),
    ...(onlyFixable === undefined ? {} : { onlyFixable }),
  });
  const createdAt = (options.now ?? new Date()).toISOString();
  const [of, against] = [
    { ...rest.target, spec: target },
    { ...rest.to, spec: to },
  ];
  const comparison = {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: VERSION },
    createdAt,
    ...rest,
    target: of,
    to: against,
  } as const;
  return { comparison, added: addedOf(report, ofTarget, rest.decision) };
}

function addedOf({ secrets: _secrets, checks: _checks, ...report }: Report, added: Added, decision: Report['decision']): Report {
  return { ...report, ...added, decision };
}

/** The head of a report that was kept says whose it is. */
const KEPT = /"tool"\s*:\s*\{\s*"name"\s*:\s*"plimsoll"\s*,\s*"version"/;
const HEAD = 4096;

async function reportOf(target: string, options: ScanOptions): Promise<Report> {
  const kept = await keptReport(resolve(options.cwd ?? process.cwd(), target));
  if (!kept) return scan(target, options);
  const { readStoredReport } = await import('./stored-report.ts');
  return readStoredReport(kept, target);
}

/** The bytes of a kept report; undefined where there is no such file, or another. */
async function keptReport(path: string): Promise<Buffer | undefined> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined;
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    if (!KEPT.test(buffer.toString('latin1', 0, bytesRead))) return undefined;
    return await readAll(file);
  } finally {
    await file.close();
  }
}

async function readAll(file: Awaited<ReturnType<typeof open>>): Promise<Buffer> {
  const { LARGEST_REPORT } = await import('./stored-report.ts');
  const { size } = await file.stat();
  const bytes = Buffer.alloc(Math.min(size, LARGEST_REPORT + 1));
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
