import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '../../model/index.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { ByteStream } from '../../util/bytes.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { LARGEST_REPORT, readStoredReports, type StoredReports } from '../stored-report.ts';

/** Scans what is named, as the target itself is scanned, with the same database. */
export type ScanBaseline = (spec: string) => Promise<readonly Report[]>;

/** What findings are held against. */
export interface Baseline {
  /** As the user named it. */
  readonly spec: string;
  /** Findings that a filter left out of the file. */
  readonly hidden: number;
  /** The report of a platform, or the only one there is. */
  reportFor(platform: string | undefined): Promise<Report>;
}

/**
 * A file with a report of ours is read; anything else (an image, a folder, an archive, an SBOM) is a target and is scanned when it is first
 * asked for, after the target itself.
 */
export async function openBaseline(spec: string, cwd: string, scan: ScanBaseline | undefined): Promise<Baseline> {
  const stored = await keptReports(spec, cwd);
  if (stored) return { spec, hidden: stored.hidden, reportFor: async (platform) => chosenReport(stored.reports, platform, spec) };
  // Nobody names an image so, and asking a registry for it would hide that the file is not there.
  if (/\.json$/i.test(spec) && !(await stat(resolve(cwd, spec)).catch(() => undefined))) throw unreadable(spec, 'ENOENT');
  if (!scan) throw unreadable(spec, 'not a report');
  const isFile = (await stat(resolve(cwd, spec)).catch(() => undefined))?.isFile() === true;
  let scanned: Promise<readonly Report[]> | undefined;
  return {
    spec,
    hidden: 0,
    reportFor: async (platform) => {
      scanned ??= scan(spec).catch((error: unknown) => Promise.reject(isFile ? neither(spec, error) : error));
      return chosenReport(await scanned, platform, spec);
    },
  };
}

/** A file as baseline may be a report too. */
function neither(spec: string, error: unknown): unknown {
  if (!(error instanceof PlimsollError && error.code === 'target-unrecognised')) return error;
  return unreadable(spec, 'it is no report of plimsoll, no image, no root file system and no SBOM', error);
}

/** The reports of a file; undefined for what is no file, or a file that is no report of ours. */
export async function keptReports(spec: string, cwd: string): Promise<StoredReports | undefined> {
  const path = resolve(cwd, spec);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > LARGEST_REPORT) return undefined;
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(spec, cause.code ?? String(cause), cause);
  });
  return mayBeReport(bytes, /\.json$/i.test(spec)) ? readKept(bytes, spec, found.mtime) : undefined;
}

/** The reports that come through a pipe, or the pipe from its beginning where it holds something else. */
export async function pipedReports(stdin: ByteStream, now: Date): Promise<StoredReports | { readonly stdin: ByteStream }> {
  const held: Buffer[] = [];
  let size = 0;
  const chunks = stdin[Symbol.asyncIterator]();
  const rest = async function* (): ByteStream & AsyncGenerator<Buffer> {
    yield* held;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    held.push(Buffer.from(next.value));
    size += next.value.length;
    // An archive shows by its first byte that it is none; what is too large is no report either.
    if (size > LARGEST_REPORT || /^\s*[^\s{\ufeff]/.test(held[0]!.toString('utf8', 0, 64))) return { stdin: rest() };
  }
  const bytes = Buffer.concat(held);
  return mayBeReport(bytes, false) ? readKept(bytes, '-', now) : { stdin: rest() };
}

async function readKept(bytes: Buffer, spec: string, written: Date): Promise<StoredReports> {
  if (!isLint(bytes)) return readStoredReports(bytes, spec);
  const { storedLint } = await import('./lint-document.ts');
  return { reports: [storedLint(bytes, spec, written)], hidden: 0, every: false, failed: [] };
}

/** Of the targets only an SBOM is JSON too: any other has to be a report, in whatever order programs have put its keys, and so has what is called JSON. */
function mayBeReport(bytes: Buffer, called: boolean): boolean {
  const head = bytes.subarray(0, 4096).toString('utf8');
  if (!/^\s*(?:\ufeff)?\s*\{/.test(head)) return called && !head.startsWith('\ufffd');
  if (/"(?:tool|reports)"\s*:/.test(head) && /"schemaVersion"\s*:/.test(head)) return true;
  return !SBOM_KEYS.some((key) => bytes.includes(key) && new RegExp(`${key}\\s*:`).test(bytes.toString('utf8')));
}

const SBOM_KEYS = ['"bomFormat"', '"spdxVersion"', '"@context"'];

/** What `lint -f json` writes counts its files, and has no inventory. */
function isLint(bytes: Buffer): boolean {
  return bytes.includes('"files"') && !bytes.includes('"inventory"') && !bytes.includes('"reports"');
}

/** That of the platform, or the only one there is. */
export function chosenReport(reports: readonly Report[], platform: string | undefined, spec: string): Report {
  const of = (report: Report): string | undefined => {
    const { platform: each } = report.inventory.target;
    return each && formatPlatform(each);
  };
  const [only, another] = reports;
  const found = another === undefined ? only : reports.find((each) => of(each) === platform);
  if (found) return found;
  throw new PlimsollError('baseline-no-platform', { path: spec, platform: platform ?? '-' }, { exitCode: EXIT.usage });
}

function unreadable(path: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('baseline-unreadable', { path, detail }, { exitCode: EXIT.usage, ...(cause === undefined ? {} : { cause }) });
}
