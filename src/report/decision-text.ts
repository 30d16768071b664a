import { fill, type Params } from '../messages/fill.ts';
import type { Catalogues } from '../messages/index.ts';
import type { ReportKey } from '../messages/report.en.ts';
import { serviceName } from '../messages/services.ts';
import { type Decision, type DecisionReason, SEVERITIES } from '../model/index.ts';

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

/** Thresholds and services in the reader's words. At the threshold `unknown` every finding counts, whatever its severity. */
function localised(params: Params, { report }: Catalogues): Params {
  const { threshold, services } = params;
  return {
    ...params,
    ...(threshold === undefined ? {} : { reach: reachOf(String(threshold), report) }),
    ...(services === undefined
      ? {}
      : {
          services: String(services)
            .split(', ')
            .map((each) => serviceName(each, report))
            .join(', '),
        }),
  };
}

function reachOf(threshold: string, report: Catalogues['report']): string {
  if (threshold === 'unknown') return report['reach.any'];
  const known = SEVERITIES.find((each) => each === threshold);
  return fill(report['reach.from'], { threshold: known === undefined ? threshold : report[`severity.${known}`] });
}
