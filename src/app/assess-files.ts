import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../model/index.ts';
import { cyclonedx } from '../report/cyclonedx/index.ts';
import { html } from '../report/html/index.ts';
import { json } from '../report/json/index.ts';
import { markdown } from '../report/markdown/index.ts';
import { plainTexts } from '../report/plain.ts';
import { sarif } from '../report/sarif/index.ts';
import { table } from '../report/table/index.ts';
import type { PlatformReports, Rendering, Reporter } from '../report/types.ts';
import { PlimsollError } from '../util/errors.ts';

export { closingLines } from '../report/plain.ts';
export { platformName } from '../report/platform-name.ts';

/** A file that was written. */
export interface WrittenFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** The files of a run in the order in which they are told; their names never change. */
const FORMATS: readonly (readonly [name: string, reporter: Reporter])[] = [
  ['report.html', html],
  ['summary.md', markdown],
  ['report.json', json],
  ['report.sarif', sarif],
  ['sbom.cdx.json', cyclonedx],
];

/** One image, or all platforms of one: one document of each form holds them all. */
export type Assessed = Report | PlatformReports;

/**
 * Writes all forms of a report into a folder of its own below `folder`, named by its time, and points `latest` at it. The folder is there
 * whole or not at all: it is filled under another name first. Where links cannot be made, `latest` is a file with the folder's name.
 *
 * @param assessed at least one report
 * @param how without colours
 * @throws PlimsollError output-unwritable
 */
export async function writeAssessment(assessed: Assessed, folder: string, how: Rendering): Promise<readonly WrittenFile[]> {
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    const names: string[] = [];
    const put = async (name: string, pieces: readonly string[]): Promise<void> => {
      await writeFile(join(temporary, name), pieces, { flag: 'wx' });
      names.push(name);
    };
    for (const [name, reporter] of FORMATS) await put(name, await rendered(reporter, assessed, how));
    await put('vulnerabilities.txt', await rendered(table, packagesOf(assessed), how));
    const reports = 'reports' in assessed ? assessed.reports : [assessed];
    const { secrets, configuration, licenses, image } = await plainTexts(reports, how);
    for (const [name, text] of Object.entries({ secrets, configuration, licenses, image })) await put(`${name}.txt`, [text]);
    const run = await settle(temporary, folder, timeStamp(reports[0]?.createdAt ?? ''));
    await point(folder, basename(run));
    return await Promise.all(names.map(async (name) => ({ path: join(run, name), size: (await stat(join(run, name))).size })));
  } catch (cause) {
    const { code: detail, syscall } = cause as NodeJS.ErrnoException;
    if (detail === undefined || syscall === undefined) throw cause;
    throw new PlimsollError('output-unwritable', { path: folder, detail }, { cause });
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

function packagesOf(assessed: Assessed): Assessed {
  if ('reports' in assessed) return { ...assessed, reports: assessed.reports.map(withPackagesOnly) };
  return withPackagesOnly(assessed);
}

function withPackagesOnly({ secrets: _secrets, checks: _checks, ...report }: Report): Report {
  return report;
}

async function rendered(reporter: Reporter, assessed: Assessed, how: Rendering): Promise<readonly string[]> {
  const pieces: string[] = [];
  const out = { write: (text: string) => void pieces.push(text) };
  await ('reports' in assessed ? reporter.writePlatforms(assessed, out, how) : reporter.write(assessed, out, how));
  return pieces;
}

/** `20261122-034106` of an RFC 3339 time. */
export function timeStamp(time: string): string {
  return time.replace(/\.\d+/, '').replace(/[-:Z]/g, '').replace('T', '-');
}

/** Two runs in one second are two folders. */
async function settle(temporary: string, folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  await rename(temporary, join(folder, free));
  return join(folder, free);
}

async function point(folder: string, run: string): Promise<void> {
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await symlink(run, temporary, 'dir').catch(() => writeFile(temporary, `${run}\n`));
    await rename(temporary, join(folder, 'latest'));
  } finally {
    await rm(temporary, { force: true });
  }
}
