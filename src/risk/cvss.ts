import calculator from 'ae-cvss-calculator';
import type { CvssScore, KevEntry, SeverityLevel, SsvcDecision } from '../model/index.ts';

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
  const version = versionOf(vector);
  if (!version || repeats(vector)) return undefined;
  return version === '4.0' ? scoreV4(vector, exploitation) : scoreOlder(version, vector, exploitation);
}

/** Few vectors make up most of what feeds hold, and scoring one takes up to 0.1 ms. */
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

function versionOf(vector: string): CvssScore['version'] | undefined {
  const prefix = /^CVSS:(2\.0|3\.0|3\.1|4\.0)\//.exec(vector)?.[1];
  if (prefix) return prefix as CvssScore['version'];
  return /^\(?AV:/.test(vector) ? '2.0' : undefined;
}

/** A metric may stand once only (v3.1 specification 6: a vector must not include a metric more than once). */
function repeats(vector: string): boolean {
  const metrics = vector
    .replace(/[()]/g, '')
    .split('/')
    .map((part) => part.split(':')[0]);
  return new Set(metrics).size !== metrics.length;
}

function scoreV4(vector: string, exploitation: Exploitation): CvssScore | undefined {
  const parsed = parse(calculator.Cvss4P0, vector);
  if (!parsed) return undefined;
  const baseScore = parsed.calculateScores().baseMetricsOnly;
  if (baseScore === undefined) return undefined;
  const maturity = parsed.getComponentByStringOpt('E')?.shortName;
  if (exploitation === 'active') parsed.applyComponentString('E', 'A');
  else if (exploitation === 'poc' && maturity !== 'A') parsed.applyComponentString('E', 'P');
  const threat = exploitation && parsed.calculateScores().threat;
  return { version: '4.0', vector, baseScore, ...(threat === undefined ? {} : { temporalScore: threat }), source: '' };
}

function scoreOlder(version: '2.0' | '3.0' | '3.1', vector: string, exploitation: Exploitation): CvssScore | undefined {
  const parsed = parse<Older>(OLDER[version], vector);
  if (!parsed) return undefined;
  const baseScore = parsed.calculateScores().base;
  if (baseScore === undefined) return undefined;
  const maturity = parsed.getComponentByStringOpt('E')?.shortName;
  if (exploitation === 'active') parsed.applyComponentString('E', 'H');
  else if (exploitation === 'poc' && maturity !== 'F' && maturity !== 'H')
    parsed.applyComponentString('E', version === '2.0' ? 'POC' : 'P');
  const temporal = exploitation && parsed.calculateScores().temporal;
  return { version, vector, baseScore, ...(temporal === undefined ? {} : { temporalScore: temporal }), source: '' };
}

type Older = InstanceType<(typeof OLDER)[keyof typeof OLDER]>;
const OLDER = { '2.0': calculator.Cvss2, '3.0': calculator.Cvss3P0, '3.1': calculator.Cvss3P1 } as const;

/** The library throws on values it does not know. */
function parse<V extends { isBaseFullyDefined(): boolean }>(Vector: new (text: string) => V, text: string): V | undefined {
  try {
    const parsed = new Vector(text);
    return parsed.isBaseFullyDefined() ? parsed : undefined;
  } catch {
    return undefined;
  }
}
