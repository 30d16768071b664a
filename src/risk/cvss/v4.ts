import type { Metrics } from './vector.ts';

/**
 * Base score of a v4.0 vector, and with `maturity` (its `E`) the one that threat metrics give; environmental metrics do not enter.
 *
 * Vectors that are alike in five respects (EQ1 to EQ5; a sixth follows from the third where no environment is given) make a macro vector,
 * and experts have given each a score. The score of a vector is that of its macro vector, less the mean of what the steps from the
 * worst vector in it are worth on the way to the next milder one. Source: CVSS v4.0 specification 8.2
 */
export function scoreV4(metrics: Metrics, maturity = 'A'): number {
  const steps = stepsOf(metrics);
  if (IMPACTS.every((name) => steps[name] === 2)) return 0;
  const place: Place = { ...placeOf(metrics), eq5: Math.max(0, 'APU'.indexOf(maturity)) };
  const score = scoreAt(place) ?? 0;
  const ways = [
    fall(score, [{ ...place, eq1: place.eq1 + 1 }], distance(WORST.eq1[place.eq1], steps), DEPTH.eq1[place.eq1]),
    fall(score, [{ ...place, eq2: place.eq2 + 1 }], distance(WORST.eq2[place.eq2], steps), DEPTH.eq2[place.eq2]),
    fall(score, NEXT_IMPACT[place.eq36]?.map((eq36) => ({ ...place, eq36 })) ?? [], impactDistance(place, steps), DEPTH.eq36[place.eq36]),
    fall(score, [{ ...place, eq4: place.eq4 + 1 }], distance(WORST.eq4[place.eq4], steps), DEPTH.eq4[place.eq4]),
    fall(score, [{ ...place, eq5: place.eq5 + 1 }], 0, 1),
  ].filter((way) => way !== undefined);
  const mean = ways.length === 0 ? 0 : ways.reduce((sum, way) => sum + way, 0) / ways.length;
  // Halves round up, also where binary fractions leave them a little short.
  return Math.round((Math.min(10, Math.max(0, score - mean)) + 1e-6) * 10) / 10;
}

/** Where a vector lies: 0 is the worst of each respect. */
interface Place {
  readonly eq1: number;
  readonly eq2: number;
  /** EQ3 and EQ6, which depend on each other: 0 for `00`, 1 for `01`, 2 for `10`, 3 for `11`, 4 for `21`. */
  readonly eq36: number;
  /** From 0 for EQ4 `1`: `0` is for safety, an environmental metric. */
  readonly eq4: number;
  readonly eq5: number;
}

type Steps = Readonly<Record<string, number>>;

const IMPACTS = ['VC', 'VI', 'VA', 'SC', 'SI', 'SA'];

/** How many steps each metric is below its worst value. Source: table 28 */
function stepsOf(metrics: Metrics): Steps {
  return Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, values.indexOf(metrics.get(name) ?? '')]));
}

const VALUES = { AV: 'NALP', AC: 'LH', AT: 'NP', PR: 'NLH', UI: 'NPA', VC: 'HLN', VI: 'HLN', VA: 'HLN', SC: 'HLN', SI: 'HLN', SA: 'HLN' };

/** Source: tables 24 to 29 */
function placeOf(metrics: Metrics): Omit<Place, 'eq5'> {
  const is = (text: string): boolean => {
    const [name = '', value] = text.split(':');
    return metrics.get(name) === value;
  };
  const open = ['AV:N', 'PR:N', 'UI:N'].filter(is).length;
  const high = ['VC:H', 'VI:H', 'VA:H'].filter(is).length;
  return {
    eq1: open === 3 ? 0 : open > 0 && !is('AV:P') ? 1 : 2,
    eq2: is('AC:L') && is('AT:N') ? 0 : 1,
    eq36: is('VC:H') && is('VI:H') ? 0 : high > 0 ? 2 : 4,
    eq4: ['SC:H', 'SI:H', 'SA:H'].some(is) ? 0 : 1,
  };
}

/** What `distance` of `depth` steps takes off; undefined where there is no milder macro vector. Of two that are next, the worse counts. */
function fall(score: number, next: readonly Place[], distance: number, depth: number | undefined): number | undefined {
  const scores = next.map(scoreAt).filter((each) => each !== undefined);
  return scores.length === 0 || depth === undefined ? undefined : (score - Math.max(...scores)) * (distance / depth);
}

/** Steps below the first of the worst vectors that is worse than this one in no metric. */
function distance(worst: readonly Steps[] | undefined, steps: Steps): number {
  for (const each of worst ?? []) {
    const below = Object.entries(each).map(([name, step]) => (steps[name] ?? 0) - step);
    if (below.every((step) => step >= 0)) return below.reduce((sum, step) => sum + step, 0);
  }
  return 0;
}

function impactDistance({ eq36 }: Place, steps: Steps): number {
  return distance(WORST.eq36[eq36], steps);
}

/** The worst vectors of each, as steps. Source: table 30 */
const WORST: Readonly<Record<'eq1' | 'eq2' | 'eq36' | 'eq4', readonly (readonly Steps[])[]>> = {
  eq1: [
    [{ AV: 0, PR: 0, UI: 0 }],
    [
      { AV: 1, PR: 0, UI: 0 },
      { AV: 0, PR: 1, UI: 0 },
      { AV: 0, PR: 0, UI: 1 },
    ],
    [
      { AV: 3, PR: 0, UI: 0 },
      { AV: 1, PR: 1, UI: 1 },
    ],
  ],
  eq2: [
    [{ AC: 0, AT: 0 }],
    [
      { AC: 1, AT: 0 },
      { AC: 0, AT: 1 },
    ],
  ],
  // Without an environment, requirements are high, so places 1 and 3 hold no vector: they are only the next of others.
  eq36: [
    [{ VC: 0, VI: 0, VA: 0 }],
    [],
    [
      { VC: 1, VI: 0, VA: 0 },
      { VC: 0, VI: 1, VA: 0 },
    ],
    [],
    [{ VC: 1, VI: 1, VA: 1 }],
  ],
  eq4: [[{ SC: 0, SI: 0, SA: 0 }], [{ SC: 1, SI: 1, SA: 1 }]],
};

/** Steps that a macro vector is deep, one more than its mildest vector is away. Source: table 31 */
const DEPTH = { eq1: [1, 4, 5], eq2: [1, 2], eq36: [7, 6, 8, 8, 10], eq4: [5, 4] };

/** The next milder places of EQ3 and EQ6: of `00` they are `01` and `10`. */
const NEXT_IMPACT: readonly (readonly number[])[] = [[1, 2], [3], [3], [4], []];

/** Undefined beyond the mildest. */
function scoreAt({ eq1, eq2, eq36, eq4, eq5 }: Place): number | undefined {
  if (eq2 > 1 || eq4 > 1 || eq5 > 2) return undefined;
  const score = SCORES[eq1 * 2 + eq2]?.[eq36 * 6 + eq4 * 3 + eq5];
  return score === undefined ? undefined : score / 10;
}

/** Scores in tenths: rows by EQ1 and EQ2, in them EQ3 with EQ6, then EQ4, then EQ5. Source: table 27 */
const SCORES = [
  '100 93 91 93 89 81 96 87 81 90 80 68 93 89 81 88 78 69 92 81 65 80 70 48 79 69 50 69 55 27',
  '95 90 84 92 82 72 91 83 71 81 71 53 92 80 70 84 71 50 82 72 59 70 52 30 71 52 29 63 29 17',
  '94 86 77 87 74 63 89 74 64 75 63 49 86 74 59 72 57 52 76 58 50 57 52 25 65 58 26 53 21 13',
  '90 75 61 77 68 52 77 62 53 66 59 30 74 57 47 61 57 24 59 57 23 52 29 16 58 26 15 23 13 6',
  '86 74 56 70 52 40 74 61 34 54 40 22 72 55 46 53 34 19 57 41 19 36 19 8 47 21 11 24 9 4',
  '73 59 41 54 45 20 55 40 20 43 22 11 61 48 20 46 17 8 51 18 9 18 7 2 24 12 5 10 3 1',
].map((row) => row.split(' ').map(Number));
