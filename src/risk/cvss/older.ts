import type { Metrics } from './vector.ts';

/** Base and temporal score of v2, v3.0 and v3.1. `E` in `metrics` is exploit maturity, so callers may set it to ask for the temporal score. */
export interface OlderScores {
  readonly base: number;
  readonly temporal: number;
}

/** Source: CVSS v2 guide 3.2.1 and 3.2.2 */
export function scoreV2(metrics: Metrics): OlderScores {
  const weight = weights(V2, metrics);
  const impact = 10.41 * (1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A')));
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au');
  const base = nearest((0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176));
  return { base, temporal: nearest(base * weight('E') * weight('RL') * weight('RC')) };
}

/** Source: CVSS v3.1 specification 7.1 and 7.2, appendix A; v3.0 differs in these scores by how they are rounded up */
export function scoreV3(metrics: Metrics, version: '3.0' | '3.1'): OlderScores {
  const weight = weights(V3, metrics);
  const up = version === '3.0' ? upV30 : upV31;
  const changed = metrics.get('S') === 'C';
  const iss = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'));
  const impact = changed ? 7.52 * (iss - 0.029) - 3.25 * (iss - 0.02) ** 15 : 6.42 * iss;
  const privileges = changed && metrics.get('PR') !== 'N' ? PRIVILEGES_CHANGED[metrics.get('PR') ?? ''] : undefined;
  const exploitability = 8.22 * weight('AV') * weight('AC') * (privileges ?? weight('PR')) * weight('UI');
  const base = impact <= 0 ? 0 : up(Math.min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10));
  return { base, temporal: up(base * weight('E') * weight('RL') * weight('RC')) };
}

type Weights = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** 1 for what is not defined or left out. */
function weights(table: Weights, metrics: Metrics): (name: string) => number {
  return (name) => table[name]?.[metrics.get(name) ?? ''] ?? 1;
}

const IMPACT_V2 = { N: 0, P: 0.275, C: 0.66 };

const V2: Weights = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: IMPACT_V2,
  I: IMPACT_V2,
  A: IMPACT_V2,
  E: { U: 0.85, POC: 0.9, F: 0.95, H: 1 },
  RL: { OF: 0.87, TF: 0.9, W: 0.95, U: 1 },
  RC: { UC: 0.9, UR: 0.95, C: 1 },
};

const IMPACT_V3 = { H: 0.56, L: 0.22, N: 0 };
/** Where a scope changes, privileges weigh more. */
const PRIVILEGES_CHANGED: Readonly<Record<string, number>> = { L: 0.68, H: 0.5 };

const V3: Weights = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: IMPACT_V3,
  I: IMPACT_V3,
  A: IMPACT_V3,
  E: { H: 1, F: 0.97, P: 0.94, U: 0.91 },
  RL: { U: 1, W: 0.97, T: 0.96, O: 0.95 },
  RC: { C: 1, R: 0.96, U: 0.92 },
};

function nearest(value: number): number {
  return Math.round(value * 10) / 10;
}

function upV30(value: number): number {
  return Math.ceil(value * 10) / 10;
}

/** In whole numbers, so that what binary fractions add does not round up. */
function upV31(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}
