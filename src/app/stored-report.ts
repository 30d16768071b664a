import schema from '../../schema/report.json' with { type: 'json' };
import { type ErrorCode, errorsEn } from '../messages/errors.en.ts';
import type { Digest, Report } from '../model/index.ts';
import type { FailedPlatform, PlatformReports } from '../report/types.ts';
import { PlimsollError } from '../util/errors.ts';
import { isObject } from '../util/fields.ts';
import { conform, type JsonSchema, type Mismatch } from '../util/json-schema.ts';

/** What one text may be, by V8's longest string with room to spare. Reports of images with 100,000 findings have about 150 MB. */
export const LARGEST_REPORT = 2 ** 28;

/** The reports of a file that `-f json` wrote. */
export interface StoredReports extends PlatformReports {
  /** The file is that of all platforms, by schema/reports.json. */
  readonly every: boolean;
  /** Findings that the display filters of those who wrote it left out: they are not in the file. */
  readonly hidden: number;
}

/**
 * The reports in a file that `-f json` wrote, now or in an older version: one, or those of all platforms. What a newer version added is left
 * out. `path` is for the error.
 *
 * @throws PlimsollError `stored-report-malformed`, `stored-report-version`
 */
export function readStoredReports(bytes: Uint8Array, path: string): StoredReports {
  const document = parsed(bytes, path);
  if (!('reports' in document)) return { ...storedReports([document], path), failed: [], every: false };
  if (document.schemaVersion !== 1) throw otherVersion(document.schemaVersion, path);
  const { reports, failed = [] } = document;
  const mismatch = conform({ reports, failed }, ALL);
  if (mismatch) throw malformed(path, mismatch);
  return {
    ...storedReports(reports as readonly object[], path, '/reports'),
    failed: (failed as readonly StoredFailure[]).map(failure),
    every: true,
  };
}

const REPORT = schema as JsonSchema;
const ANY: JsonSchema = { type: 'object' };
const FAILURE: JsonSchema = {
  type: 'object',
  properties: {
    digest: REPORT.$defs?.digest ?? ANY,
    platform: { type: 'string' },
    code: { type: 'string' },
    params: REPORT.$defs?.params ?? ANY,
  },
  required: ['digest', 'code', 'params'],
};
/** schema/reports.json but for the reports, which are looked at one by one. */
const ALL: JsonSchema = {
  properties: { reports: { type: 'array', items: ANY, minItems: 1 }, failed: { type: 'array', items: FAILURE } },
};

function storedReports(documents: readonly object[], path: string, at = ''): Pick<StoredReports, 'reports' | 'hidden'> {
  const all = documents.map((document, i) => storedReport(document, path, at && `${at}/${i}`));
  return { reports: all.map(({ report }) => report), hidden: all.reduce((sum, { hidden }) => sum + hidden, 0) };
}

function storedReport(document: object, path: string, at: string): { readonly report: Report; readonly hidden: number } {
  const { schemaVersion } = document as Partial<Report>;
  if (schemaVersion === undefined) throw malformed(path, { at: at || '/', expected: 'required: schemaVersion' });
  if (schemaVersion !== 1) throw otherVersion(schemaVersion, path);
  // Reports that programs wrote with the library's types were not filtered and have no `display`.
  const { display = { ignoreUnfixed: false, hidden: 0 }, ...rest } = document as { readonly display?: unknown };
  const whole = { ...rest, display };
  const mismatch = conform(whole, REPORT);
  if (mismatch) throw malformed(path, { ...mismatch, at: `${at}${mismatch.at}` });
  const { display: shown, ...report } = whole as unknown as Report & { readonly display: { readonly hidden: number } };
  return { report, hidden: shown.hidden };
}

interface StoredFailure {
  readonly digest: Digest;
  readonly platform?: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A code that this version does not know keeps its name. */
function failure({ digest, platform, code, params }: StoredFailure): FailedPlatform {
  const known = Object.hasOwn(errorsEn, code);
  const error = known ? new PlimsollError(code as ErrorCode, params) : new PlimsollError('internal', { detail: code });
  return { digest, ...(platform === undefined ? {} : { platform }), error };
}

function parsed(bytes: Uint8Array, path: string): Record<string, unknown> {
  if (bytes.length > LARGEST_REPORT) throw malformed(path, { at: '/', expected: `maxLength: ${LARGEST_REPORT}` });
  let document: unknown;
  try {
    // A byte order mark is passed over: shells of Windows write one.
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PlimsollError('stored-report-malformed', { path, at: '/', expected: 'JSON' }, { cause });
  }
  if (isObject(document)) return document;
  throw malformed(path, { at: '/', expected: 'type: object' });
}

function malformed(path: string, { at, expected }: Mismatch): PlimsollError {
  return new PlimsollError('stored-report-malformed', { path, at, expected });
}

function otherVersion(version: unknown, path: string): PlimsollError {
  return new PlimsollError('stored-report-version', { path, version: String(version) });
}
