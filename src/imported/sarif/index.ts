import { hash } from 'node:crypto';
import type { ImportedFinding } from '../../model/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import { type Fields, fields, isObject, list, records, text } from '../../util/fields.ts';
import type { ImportedFile } from '../types.ts';
import { failureOf } from './invocation.ts';
import { locationOf, logicalOf, type Places, placesOf } from './location.ts';
import { messageOf } from './message.ts';
import { type Rule, rulesOf } from './rules.ts';
import { severityOf } from './severity.ts';
import { weaknessesOf } from './weaknesses.ts';

/** Results of one file that are taken; GitHub takes 25,000 of a run. */
export const MOST_RESULTS = 100_000;
const EXAMPLES = 3;

/**
 * The findings of other tools, as they wrote them: SARIF 2.1.0 (OASIS, with Errata 01). A result stands for a finding where its kind is
 * `fail`, the default, `open` or `review`; those that the file itself says are gone (`baselineState` absent) are left out.
 *
 * @param path for errors, and the tool's name where the file states none
 * @param root the folder that absolute paths are told from, besides those that the tool states; none where it is not given
 * @throws PlimsollError `sarif-malformed` where it is no SARIF, `sarif-unsupported` for other versions, results in other files, too many of them
 */
export function readSarif(source: string, path: string, root?: string): ImportedFile {
  const log = parsed(source, path);
  const unsupported = (detail: string) => new PlimsollError('sarif-unsupported', { path, detail });
  const version = text(log.version);
  if (version === undefined && log.runs === undefined) throw new PlimsollError('sarif-malformed', { path, detail: 'no version, no runs' });
  if (version !== '2.1.0') throw unsupported(`version ${version ?? 'unstated'}`);
  if (!Array.isArray(log.runs)) throw new PlimsollError('sarif-malformed', { path, detail: 'no list of runs' });

  // SARIF 3.13.5: a run's results may stand beside it too.
  if (list(log.inlineExternalProperties).some((each) => list(fields(each).results).length > 0))
    throw unsupported('its results are beside its runs');

  const malformed: string[] = [];
  let count = 0;
  const runs = log.runs.map(fields).map((run) => {
    if (fields(run.externalPropertyFileReferences).results !== undefined) throw unsupported('its results are in other files');
    const driver = fields(fields(run.tool).driver);
    const tool = text(driver.name) ?? path;
    const toolVersion = text(driver.semanticVersion) ?? text(driver.version);
    const reading = {
      run,
      tool,
      ruleOf: rulesOf(run),
      cwesOf: weaknessesOf(run),
      places: placesOf(run, root),
      seen: new Map<string, number>(),
    };
    const findings: ImportedFinding[] = [];
    for (const [i, result] of list(run.results).entries()) {
      count += 1;
      if (count > MOST_RESULTS) throw unsupported(`more than ${MOST_RESULTS} results`);
      const finding = findingOf(fields(result), reading);
      if (finding === 'malformed') malformed.push(`${tool}: results[${i}]`);
      else if (finding !== 'none') findings.push(finding);
    }
    const failed = failureOf(run);
    return { tool, ...(toolVersion === undefined ? {} : { version: toolVersion }), findings, ...(failed === undefined ? {} : { failed }) };
  });
  return { runs, malformed: { count: malformed.length, examples: malformed.slice(0, EXAMPLES) } };
}

interface Reading {
  readonly run: Fields;
  readonly tool: string;
  readonly ruleOf: (result: Fields) => Rule;
  readonly cwesOf: (result: Fields, rule: Fields) => readonly string[];
  readonly places: Places;
  /** How often each fingerprint came up in the run. */
  readonly seen: Map<string, number>;
}

const COUNTED: ReadonlySet<unknown> = new Set([undefined, 'fail', 'open', 'review']);

function findingOf(result: Fields, { run, tool, ruleOf, cwesOf, places, seen }: Reading): ImportedFinding | 'none' | 'malformed' {
  if (!COUNTED.has(result.kind) || result.baselineState === 'absent') return 'none';
  const rule = ruleOf(result);
  const stated = messageOf(fields(result.message), rule.messages);
  // SARIF 3.27.5: a result need not have a rule. It is left out only where there is nothing to be told of it.
  const message = stated ?? rule.title ?? rule.id;
  if (message === undefined) return 'malformed';
  const id = rule.id ?? tool;
  const located = locationOf(result, places);
  const logical = located ? undefined : logicalOf(result, run);
  const cwes = cwesOf(result, rule.described);
  const suppressed = suppressionOf(records(result.suppressions));
  return {
    kind: 'imported',
    tool,
    id,
    severity: severityOf(result, rule),
    title: rule.title ?? id,
    message,
    ...(rule.help === undefined ? {} : { help: rule.help }),
    ...(rule.url === undefined ? {} : { url: rule.url }),
    ...(located === undefined ? {} : { location: located.place }),
    ...(logical === undefined ? {} : { logical }),
    ...(cwes.length === 0 ? {} : { cwes }),
    ...(located?.snippet === undefined ? {} : { snippet: located.snippet }),
    fingerprint: fingerprintOf([tool, id, ...identityOf(result, message, located?.place.file ?? logical ?? '')], seen),
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

/** What Semgrep writes as the fingerprint of every result, where nobody is signed in. */
const NO_FINGERPRINT = 'requires login';
/** What GitHub knows alerts by; what stands beside it changes with the indentation. */
const LINE_HASH = 'primaryLocationLineHash';

/**
 * What tells a finding of a rule apart: the tool's own `fingerprints`, or its `correlationGuid`, which do so by themselves (SARIF 3.27.4, 3.27.16); else
 * `partialFingerprints`, which only help to (3.27.17: equal lines of two files have equal ones), or the message, and the file with either.
 */
function identityOf({ fingerprints, correlationGuid, partialFingerprints }: Fields, message: string, file: string): readonly unknown[] {
  const whole = statedIn(fingerprints);
  if (whole.length > 0) return [whole];
  const guid = text(correlationGuid);
  if (guid !== undefined) return [guid];
  const parts = statedIn(partialFingerprints);
  const line = parts.find(([name]) => name === LINE_HASH);
  return [line ?? (parts.length > 0 ? parts : message), file];
}

function statedIn(fingerprints: unknown): readonly (readonly [string, unknown])[] {
  const stated = Object.entries(fields(fingerprints)).filter(([, value]) => text(value) !== undefined && value !== NO_FINGERPRINT);
  return stated.sort(([a], [b]) => (a < b ? -1 : 1));
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
  if (!isObject(value)) {
    throw new PlimsollError('sarif-malformed', { path, detail: 'no JSON object' });
  }
  return value;
}
