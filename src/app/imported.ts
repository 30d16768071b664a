import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSarif } from '../imported/sarif/index.ts';
import { type ImportedFinding, type ImportedReport, type ReportWarning, SEVERITIES } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { compareText } from '../util/compare-text.ts';
import { detectCompression } from '../util/compression/detect.ts';
import { PlimsollError } from '../util/errors.ts';

/** Bytes of one file: ten times what code hosts take. */
const LARGEST = 100_000_000;

/** What other tools found, and what of their files meant nothing. */
export interface Imports {
  readonly imported: ImportedReport;
  readonly warnings: readonly ReportWarning[];
}

/**
 * Reads SARIF files of other tools, in the order given, relative to `cwd`, gzipped or not. Findings that two of the files have, with tool, rule, words and place, stand once.
 *
 * @throws PlimsollError `sarif-unreadable`, `sarif-malformed`, `sarif-unsupported`
 */
export async function readImports(files: readonly string[], cwd = process.cwd()): Promise<Imports> {
  const sources: ImportedReport['sources'][number][] = [];
  const warnings: ReportWarning[] = [];
  const findings = new Findings();
  for (const file of files) {
    const { runs, malformed } = readSarif(await contentOf(file, cwd), file, cwd);
    for (const { tool, version, findings: found, failed } of runs) {
      const nothing = failed !== undefined && found.length === 0;
      sources.push({
        file,
        tool,
        ...(version === undefined ? {} : { version }),
        findings: found.length,
        ...(nothing ? { failed: true } : {}),
      });
      if (failed !== undefined) warnings.push({ code: 'imported-run-failed', params: { file, tool, said: failed } });
      findings.add(found);
    }
    if (malformed.count > 0) {
      const params = { file, count: malformed.count, examples: malformed.examples.join(', ') };
      warnings.push({ code: 'imported-results-malformed', params });
    }
  }
  return { imported: { sources, findings: findings.sorted() }, warnings };
}

/** Findings of all files, by tool, rule, words and place: those that two runs have stand once. */
class Findings {
  readonly #byPlace = new Map<string, ImportedFinding>();
  readonly #prints = new Set<string>();

  add(run: readonly ImportedFinding[]): void {
    const times = new Map<string, number>();
    for (const finding of run) {
      const { tool, id, message, location } = finding;
      const place = JSON.stringify([tool, id, message, location?.file, location?.line, location?.column]);
      const nth = times.get(place) ?? 0;
      times.set(place, nth + 1);
      const key = `${nth} ${place}`;
      if (!this.#byPlace.has(key)) this.#byPlace.set(key, { ...finding, fingerprint: this.#own(finding) });
    }
  }

  sorted(): readonly ImportedFinding[] {
    return [...this.#byPlace.values()].sort(byDisplayOrder);
  }

  /** Some tools give the same fingerprint to several findings; what reads ours may rely on them. */
  #own({ tool, fingerprint }: ImportedFinding): string {
    let own = fingerprint;
    for (let times = 1; this.#prints.has(`${tool}\0${own}`); times++) own = hash('sha256', `${fingerprint} of another run ${times}`, 'hex');
    this.#prints.add(`${tool}\0${own}`);
    return own;
  }
}

async function contentOf(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  const tooLarge = (cause?: unknown): PlimsollError =>
    new PlimsollError('sarif-unsupported', { path: file, detail: `more than ${LARGEST} bytes` }, { cause });
  try {
    const { size } = await stat(path);
    if (size > LARGEST) throw tooLarge();
    const bytes = await readFile(path);
    return decoded(detectCompression(bytes) === 'gzip' ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes);
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(cause);
    throw new PlimsollError('sarif-unreadable', { path: file, detail: code }, { cause });
  }
}

/** UTF-8, as JSON is (RFC 8259, 8.1); UTF-16 where a byte order mark says so: what Windows' shell makes of a redirected output. */
function decoded(bytes: Bytes): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
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
