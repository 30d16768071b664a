import { hash } from 'node:crypto';
import type { ImportedFinding } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type Fields, fields, list, text } from '../../util/fields.ts';
import type { ImportedFile } from '../types.ts';
import { locationOf, originsOf } from './location.ts';
import { messageOf } from './message.ts';
import { type Rule, rulesOf } from './rules.ts';
import { severityOf } from './severity.ts';

/** Results of one file that are taken; GitHub takes 25,000 of a run. */
export const MOST_RESULTS = 100_000;
const EXAMPLES = 3;

/**
 * The findings of other tools, as they wrote them: SARIF 2.1.0 (OASIS, with Errata 01). A result stands for a finding where its kind is
 * `fail`, the default, `open` or `review`; those that the file itself says are gone (`baselineState` absent) are left out.
 *
 * @param path for errors, and the tool's name where the file states none
 * @throws PlimsollError `sarif-malformed` where it is no SARIF, `sarif-unsupported` for other versions, results in other files, too many of them
 */
export function readSarif(source: string, path: string): ImportedFile {
  const log = parsed(source, path);
  const unsupported = (detail: string) => new PlimsollError('sarif-unsupported', { path, detail });
  const version = text(log.version);
  if (version === undefined && log.runs === undefined) throw new PlimsollError('sarif-malformed', { path, detail: 'no version, no runs' });
  if (version !== '2.1.0') throw unsupported(`version ${version ?? 'unstated'}`);
  if (!Array.isArray(log.runs)) throw new PlimsollError('sarif-malformed', { path, detail: 'no list of runs' });

  const malformed: string[] = [];
  const seen = new Map<string, number>();
  let count = 0;
  const runs = log.runs.map(fields).map((run) => {
    if (fields(run.externalPropertyFileReferences).results !== undefined) throw unsupported('its results are in other files');
    const driver = fields(fields(run.tool).driver);
    const tool = text(driver.name) ?? path;
    const toolVersion = text(driver.semanticVersion) ?? text(driver.version);
    const reading = { tool, ruleOf: rulesOf(fields(run.tool)), origins: originsOf(run), artifacts: list(run.artifacts).map(fields), seen };
    const findings: ImportedFinding[] = [];
    for (const [i, result] of list(run.results).entries()) {
      count += 1;
      if (count > MOST_RESULTS) throw unsupported(`more than ${MOST_RESULTS} results`);
      const finding = findingOf(fields(result), reading);
      if (finding === 'malformed') malformed.push(`${tool}: results[${i}]`);
      else if (finding !== 'none') findings.push(finding);
    }
    return { tool, ...(toolVersion === undefined ? {} : { version: toolVersion }), findings };
  });
  return { runs, malformed: { count: malformed.length, examples: malformed.slice(0, EXAMPLES) } };
}

interface Reading {
  readonly tool: string;
  readonly ruleOf: (result: Fields) => Rule;
  readonly origins: ReadonlyMap<string, string>;
  readonly artifacts: readonly Fields[];
  /** How often each fingerprint came up. */
  readonly seen: Map<string, number>;
}

const COUNTED: ReadonlySet<unknown> = new Set([undefined, 'fail', 'open', 'review']);

function findingOf(result: Fields, { tool, ruleOf, origins, artifacts, seen }: Reading): ImportedFinding | 'none' | 'malformed' {
  if (!COUNTED.has(result.kind) || result.baselineState === 'absent') return 'none';
  const rule = ruleOf(result);
  const message = messageOf(fields(result.message), rule.messages);
  if (message === undefined || rule.id === undefined) return 'malformed';
  const located = locationOf(fields(list(result.locations)[0]), origins, artifacts);
  const suppressed = suppressionOf(list(result.suppressions).map(fields));
  return {
    kind: 'imported',
    tool,
    id: rule.id,
    severity: severityOf(result, rule),
    title: rule.title ?? rule.id,
    message,
    ...(rule.help === undefined ? {} : { help: rule.help }),
    ...(rule.url === undefined ? {} : { url: rule.url }),
    ...(located === undefined ? {} : { location: located.place }),
    ...(located?.snippet === undefined ? {} : { snippet: located.snippet }),
    fingerprint: fingerprintOf([tool, rule.id, ownFingerprint(result) ?? [message, located?.place.file ?? '']], seen),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

/** Of equal ones the second and later get another each: they are findings of their own. */
function fingerprintOf(of: readonly unknown[], seen: Map<string, number>): string {
  const first = hash('sha256', JSON.stringify(of), 'hex');
  const times = seen.get(first) ?? 0;
  seen.set(first, times + 1);
  return times === 0 ? first : hash('sha256', `${first} ${times}`, 'hex');
}

/** What the tool itself tells findings apart by: `fingerprints` before `partialFingerprints` (SARIF 3.27.16, 3.27.17). */
function ownFingerprint({ fingerprints, partialFingerprints }: Fields): unknown {
  for (const each of [fingerprints, partialFingerprints]) {
    const stated = Object.entries(fields(each)).filter(([, value]) => text(value) !== undefined);
    if (stated.length > 0) return stated.sort(([a], [b]) => (a < b ? -1 : 1));
  }
  return undefined;
}

/** SARIF 3.27.23: suppressed where there are suppressions, and none of them is under review or rejected. */
function suppressionOf(suppressions: readonly Fields[]): ImportedFinding['suppressed'] {
  const decided = suppressions.every(({ status }) => status === undefined || status === 'accepted');
  if (suppressions.length === 0 || !decided) return undefined;
  const reason = suppressions.map(({ justification }) => text(justification)).find((each) => each !== undefined);
  return { by: 'origin', ...(reason === undefined ? {} : { reason }) };
}

function parsed(source: string, path: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new PlimsollError('sarif-malformed', { path, detail: String((cause as Error).message).slice(0, 200) }, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PlimsollError('sarif-malformed', { path, detail: 'no JSON object' });
  }
  return fields(value);
}
