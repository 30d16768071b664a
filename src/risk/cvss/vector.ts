import type { CvssScore } from '../../model/index.ts';

export type CvssVersion = CvssScore['version'];

/** Values of a vector's metrics by their names, all known to the version. */
export type Metrics = ReadonlyMap<string, string>;

export interface ParsedVector {
  readonly version: CvssVersion;
  readonly metrics: Metrics;
}

/**
 * The metrics of a vector; undefined where one is unknown, has an unknown value or stands twice (v3.1 specification 6: a vector must not
 * include a metric more than once), or where a base metric is missing.
 */
export function parseVector(vector: string): ParsedVector | undefined {
  const prefix = /^CVSS:(2\.0|3\.0|3\.1|4\.0)\//.exec(vector);
  const version = (prefix?.[1] ?? (/^\(?AV:/.test(vector) ? '2.0' : undefined)) as CvssVersion | undefined;
  if (version === undefined) return undefined;
  const { base, further } = METRICS[version];
  const metrics = new Map<string, string>();
  let missing = base.size;
  for (const part of vector
    .slice(prefix?.[0].length ?? 0)
    .replace(/[()]/g, '')
    .split('/')) {
    if (part === '') continue;
    const colon = part.indexOf(':');
    const [name, value] = [part.slice(0, colon), part.slice(colon + 1)];
    const values = base.get(name);
    if (values) missing -= 1;
    if (metrics.has(name) || !(values ?? further.get(name))?.includes(value)) return undefined;
    metrics.set(name, value);
  }
  return missing === 0 ? { version, metrics } : undefined;
}

interface MetricsOfVersion {
  /** Values that each metric may have. */
  readonly base: ReadonlyMap<string, readonly string[]>;
  /** Those that may be left out: temporal or threat, environmental, supplemental. */
  readonly further: ReadonlyMap<string, readonly string[]>;
}

/** `AV:N,A,L` as a list of values by name. */
function metricsOf(text: string, ...more: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(' ').map((each) => {
      const [name = '', values = ''] = each.split(':');
      return [name, [...values.split(','), ...more]];
    }),
  );
}

/** Source: CVSS v2 guide 2.4 */
const V2: MetricsOfVersion = {
  base: metricsOf('AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C'),
  further: metricsOf(
    'E:U,POC,F,H RL:OF,TF,W,U RC:UC,UR,C CDP:N,L,LM,MH,H TD:N,L,M,H CR:L,M,H IR:L,M,H AR:L,M,H',
    'ND', // "not defined"
  ),
};

/** Source: CVSS v3.1 specification 6, table 15 */
const V3: MetricsOfVersion = {
  base: metricsOf('AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N'),
  further: metricsOf(
    'E:H,F,P,U RL:U,W,T,O RC:C,R,U CR:H,M,L IR:H,M,L AR:H,M,L MAV:N,A,L,P MAC:L,H MPR:N,L,H MUI:N,R MS:U,C MC:N,L,H MI:N,L,H MA:N,L,H',
    'X',
  ),
};

/** Source: CVSS v4.0 specification 7, table 23 */
const V4: MetricsOfVersion = {
  base: metricsOf('AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N'),
  further: metricsOf(
    'E:A,P,U CR:H,M,L IR:H,M,L AR:H,M,L MAV:N,A,L,P MAC:L,H MAT:N,P MPR:N,L,H MUI:N,P,A MVC:H,L,N MVI:H,L,N MVA:H,L,N ' +
      'MSC:H,L,N MSI:S,H,L,N MSA:S,H,L,N S:N,P AU:N,Y R:A,U,I V:D,C RE:L,M,H U:Clear,Green,Amber,Red',
    'X',
  ),
};

const METRICS: Readonly<Record<CvssVersion, MetricsOfVersion>> = { '2.0': V2, '3.0': V3, '3.1': V3, '4.0': V4 };
