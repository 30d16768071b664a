import { fill, type Params } from '../messages/fill.ts';
import type { Catalogues } from '../messages/index.ts';
import type { ReportKey } from '../messages/report.en.ts';
import { type Decision, type DecisionReason, SEVERITIES, type SeverityLevel } from '../model/index.ts';

/** What the gate says, in one line. */
export function decisionText(decision: Decision, words: Catalogues): string {
  return fill(words.report[`gate.${decision.outcome}`], { reasons: reasonsText(decision, words) });
}

/** Why it says so. */
export function reasonsText({ reasons }: Decision, words: Catalogues): string {
  return reasons.map((reason) => fill(words.report[wordingOf(reason)], localised(reason.params, words))).join('; ');
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
