import type { Weights } from '../../model/index.ts';
import { gate, path, percent, weights } from '../kinds.ts';
import { define } from '../setting.ts';

/** How an image is assessed, and where its report goes. */
export const assessSettings = {
  assessOutput: define({
    key: 'assess.output',
    flags: '-o, --output <folder>',
    env: 'PLIMSOLL_ASSESS_OUTPUT',
    kind: path,
    fallback: './plimsoll-report',
    commands: ['assess'],
    description: 'setting.assess-output',
  }),
  assessFailOn: define({
    key: 'assess.fail-on',
    flags: '--fail-on <severity>',
    env: 'PLIMSOLL_ASSESS_FAIL_ON',
    kind: gate,
    fallback: 'critical' as const,
    commands: ['assess'],
    description: 'setting.assess-fail-on',
  }),
  minScore: define({
    key: 'assess.min-score',
    flags: '--min-score <points>',
    env: 'PLIMSOLL_MIN_SCORE',
    kind: percent,
    fallback: 70,
    commands: ['assess'],
    description: 'setting.min-score',
  }),
  scoreWeights: define({
    key: 'assess.score-weights',
    flags: '--score-weights <list>',
    env: 'PLIMSOLL_SCORE_WEIGHTS',
    kind: weights,
    fallback: undefined as Weights | undefined,
    commands: ['assess'],
    description: 'setting.score-weights',
  }),
} as const;
