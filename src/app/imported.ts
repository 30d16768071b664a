import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readSarif } from '../imported/sarif/index.ts';
import { type ImportedFinding, type ImportedReport, type ReportWarning, SEVERITIES } from '../model/index.ts';
import { compareText } from '../util/compare-text.ts';
import { PlimsollError } from '../util/errors.ts';

/** Bytes of one file: ten times what code hosts take. */
const LARGEST = 100_000_000;

/** What other tools found, and what of their files meant nothing. */
export interface Imports {
  readonly imported: ImportedReport;
  readonly warnings: readonly ReportWarning[];
}

/**
 * Reads SARIF files of other tools, in the order given, relative to `cwd`. Findings that two of the files have, by tool and fingerprint, stand once.
 *
 * @throws PlimsollError `sarif-unreadable`, `sarif-malformed`, `sarif-unsupported`
 */
export async function readImports(files: readonly string[], cwd = process.cwd()): Promise<Imports> {
  const sources: ImportedReport['sources'][number][] = [];
  const warnings: ReportWarning[] = [];
  const findings = new Map<string, ImportedFinding>();
  for (const file of files) {
    const { runs, malformed } = readSarif(await contentOf(file, cwd), file);
    for (const { tool, version, findings: found } of runs) {
      sources.push({ file, tool, ...(version === undefined ? {} : { version }), findings: found.length });
      for (const each of found) findings.set(`${tool}\0${each.fingerprint}`, findings.get(`${tool}\0${each.fingerprint}`) ?? each);
    }
    if (malformed.count > 0) {
      const params = { file, count: malformed.count, examples: malformed.examples.join(', ') };
      warnings.push({ code: 'imported-results-malformed', params });
    }
  }
  return { imported: { sources, findings: [...findings.values()].sort(byDisplayOrder) }, warnings };
}

async function contentOf(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  try {
    const { size } = await stat(path);
    if (size > LARGEST) throw new PlimsollError('sarif-unsupported', { path: file, detail: `more than ${LARGEST} bytes` });
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    throw new PlimsollError('sarif-unreadable', { path: file, detail: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  }
}

function byDisplayOrder(a: ImportedFinding, b: ImportedFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.tool, b.tool) ||
    compareText(a.location?.file ?? '', b.location?.file ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    compareText(a.id, b.id) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
