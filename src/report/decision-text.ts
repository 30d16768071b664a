import { fill, type Params } from '../messages/fill.ts';
import type { Catalogues } from '../messages/index.ts';
import type { ReportKey } from '../messages/report.en.ts';
import { type Decision, type DecisionReason, SEVERITIES, type SeverityLevel } from '../model/index.ts';

/** What the gate says, in one line. */
export function decisionText(decision: Decision, words: Catalogues): string {
  return fill(words.report[`gate.${outcomeOf(decision)}`], { reasons: asSentence(reasonsText(decision, words)) });
}

/** What a heading says of the gate: nothing has passed where nobody asked for a gate. */
export function outcomeOf({ outcome, reasons }: Decision): Decision['outcome'] | 'none' {
  return outcome === 'allow' && reasons[0]?.code === 'no-gate' ? 'none' : outcome;
}

/** A capital letter after a full stop; never on a name that stands first, such as a tool's in Korean. */
function asSentence(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

const COUNTING = ['new-fixable', 'new', 'fixable'] as const;

/** Why it says so. */
export function reasonsText({ reasons }: Decision, words: Catalogues): string {
  const said = reasons.map((reason) => fill(words.report[wordingOf(reason)], localised(reason.params, words))).join('; ');
  const which = COUNTING.find((each) => reasons.some(({ params }) => params.counting === each));
  return which === undefined ? said : fill(words.report[`reason.only-${which}`], { reasons: said });
}

function wordingOf({ code, params }: DecisionReason): ReportKey {
  if (code === 'score-reached' && params.threshold === undefined) return 'reason.score-reached-plain';
  return code === 'below-threshold' && Number(params.unrated) > 0 ? 'reason.below-threshold-unrated' : `reason.${code}`;
}

/** A threshold is a severity: said in the reader's words. */
function localised(params: Params, words: Catalogues): Params {
  const level = params.threshold;
  if (typeof level !== 'string' || !SEVERITIES.includes(level as SeverityLevel)) return params;
  return { ...params, threshold: words.report[`severity.${level as SeverityLevel}`] };
}
