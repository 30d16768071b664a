import type { CvssScore, KevEntry, SeverityLevel, SsvcDecision } from '../../model/index.ts';
import { scoreV2, scoreV3 } from './older.ts';
import { scoreV4 } from './v4.ts';
import { type Metrics, type ParsedVector, parseVector } from './vector.ts';

/** What is known of exploitation: `active` by CISA's KEV catalogue or SSVC, `poc` by SSVC. */
export type Exploitation = 'active' | 'poc' | undefined;

/** SSVC `none` is no evidence of the opposite, so it gives no input: scores are never lowered by it. */
export function exploitationOf(flaw: { readonly kev?: KevEntry; readonly ssvc?: SsvcDecision }): Exploitation {
  if (flaw.kev || flaw.ssvc?.exploitation === 'active') return 'active';
  return flaw.ssvc?.exploitation === 'poc' ? 'poc' : undefined;
}

/**
 * Scores of a vector of any version; undefined where it is not one with all base metrics, each given once. `temporalScore`
 * is there where `exploitation` is: the exploit metric becomes E:H (v2, v3) or E:A (v4) when active, E:POC (v2) or E:P when
 * there is a proof of concept and the vector itself does not state more.
 * Sources: CVSS v2 guide 2.2.1; v3.0 and v3.1 specification 3.1; v4.0 specification 3.1.
 */
export function scoreCvss(vector: string, source: string, exploitation?: Exploitation): CvssScore | undefined {
  if (vector.length > MAX_LENGTH) return undefined;
  const key = `${exploitation} ${vector}`;
  let score = known.get(key);
  if (score === undefined) {
    score = scoreOf(vector, exploitation) ?? NONE;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, score);
  }
  return score === NONE ? undefined : { ...score, source };
}

function scoreOf(vector: string, exploitation: Exploitation): CvssScore | undefined {
  const parsed = parseVector(vector);
  if (!parsed) return undefined;
  const { version } = parsed;
  const metrics = exploitation ? withMaturity(parsed, exploitation) : parsed.metrics;
  if (version === '4.0') {
    const threat = exploitation && scoreV4(metrics, metrics.get('E'));
    return { version, vector, baseScore: scoreV4(metrics), ...(threat === undefined ? {} : { temporalScore: threat }), source: '' };
  }
  const { base, temporal } = version === '2.0' ? scoreV2(metrics) : scoreV3(metrics, version);
  return { version, vector, baseScore: base, ...(exploitation ? { temporalScore: temporal } : {}), source: '' };
}

/** The metrics with what is known of exploitation as E, unless it states more. */
function withMaturity({ version, metrics }: ParsedVector, exploitation: NonNullable<Exploitation>): Metrics {
  const { active, poc, more } = MATURITY[version === '2.0' || version === '4.0' ? version : '3'];
  if (exploitation === 'active') return new Map(metrics).set('E', active);
  return more.includes(metrics.get('E') ?? '') ? metrics : new Map(metrics).set('E', poc);
}

const MATURITY = {
  '2.0': { active: 'H', poc: 'POC', more: ['F', 'H'] },
  '3': { active: 'H', poc: 'P', more: ['F', 'H'] },
  '4.0': { active: 'A', poc: 'P', more: ['A'] },
};

/** Few vectors make up most of what feeds hold. */
const known = new Map<string, CvssScore>();
const MAX_KNOWN = 4096;
const NONE: CvssScore = { version: '4.0', vector: '', baseScore: 0, source: '' };

/** Qualitative rating. Sources: CVSS v3.1 specification 5, v4.0 specification 6; v2 by NVD's scale, which knows no critical. */
export function levelOf(score: Pick<CvssScore, 'version' | 'baseScore'>): SeverityLevel {
  const { version, baseScore } = score;
  if (baseScore >= 9 && version !== '2.0') return 'critical';
  if (baseScore >= 7) return 'high';
  if (baseScore >= 4) return 'medium';
  return baseScore > 0 ? 'low' : 'negligible';
}

const MAX_LENGTH = 512;
