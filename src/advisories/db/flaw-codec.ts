import type { Flaw, SeverityLevel } from '../../model/index.ts';
import { trim } from './statement-codec.ts';

/*
 * Values of the common shard: a JSON string or list of strings sends a name to the flaws it belongs to; a list that starts
 * with a list is a flaw: [aliases, [vector, source]..., EPSS, KEV, SSVC, CWEs, published, [level, source, level, source...]]. A
 * repository stands under U+0001 and its name with the list of its products.
 */
type StoredFlaw = readonly [
  aliases?: readonly string[],
  cvss?: readonly (readonly [vector: string, source: string])[],
  epss?: readonly [score: number, percentile: number, date: string] | 0,
  kev?: readonly [dateAdded: string, dueDate: string, ransomware: 0 | 1] | 0,
  ssvc?: readonly [exploitation: number, automatable: 0 | 1, total: 0 | 1, date: string] | 0,
  cwes?: readonly string[],
  published?: string,
  severities?: readonly (SeverityLevel | string)[] | 0,
];

const EXPLOITATION = ['none', 'poc', 'active'] as const;

/** Key of a repository in the common shard; sorts before every name of a flaw. */
export function repositoryKey(name: string): string {
  return `\u0001${name}`;
}

/** JSON of what is known of a flaw, its id aside. */
export function encodeFlaw(flaw: Omit<Flaw, 'id'>): string {
  const { epss, kev, ssvc } = flaw;
  const stored = trim([
    flaw.aliases,
    flaw.cvss.map(({ vector, source }) => [vector, source]),
    epss ? [epss.score, epss.percentile, epss.date] : 0,
    kev ? [kev.dateAdded, kev.dueDate ?? '', kev.ransomware ? 1 : 0] : 0,
    ssvc
      ? [EXPLOITATION.indexOf(ssvc.exploitation), ssvc.automatable ? 1 : 0, ssvc.technicalImpact === 'total' ? 1 : 0, ssvc.date ?? '']
      : 0,
    flaw.cwes ?? [],
    flaw.published ?? '',
    (flaw.severities ?? []).flatMap(({ level, source }) => [level, source]),
  ]);
  return JSON.stringify(stored.length === 0 ? [[]] : stored);
}

/** JSON of the flaws a name belongs to. */
export function encodeNames(flaws: readonly string[]): string {
  return JSON.stringify(flaws.length === 1 ? flaws[0] : flaws);
}

export type Common = { readonly kind: 'flaw'; readonly flaw: Flaw } | { readonly kind: 'names'; readonly flaws: readonly string[] };

/** What the common shard says of `id`. */
export function decodeCommon(id: string, text: string): Common {
  const value = JSON.parse(text) as string | readonly string[] | StoredFlaw;
  if (typeof value === 'string') return { kind: 'names', flaws: [value] };
  if (typeof value[0] === 'string') return { kind: 'names', flaws: value as readonly string[] };
  return { kind: 'flaw', flaw: decodeFlaw(id, value as StoredFlaw) };
}

function pairs(list: readonly string[]): NonNullable<Flaw['severities']> {
  return list.flatMap((level, i) => (i % 2 === 0 ? [{ level: level as SeverityLevel, source: list[i + 1] ?? '' }] : []));
}

function decodeFlaw(id: string, stored: StoredFlaw): Flaw {
  const [aliases = [], cvss = [], epss = 0, kev = 0, ssvc = 0, cwes = [], published = '', severities = 0] = stored;
  return {
    id,
    aliases,
    cvss: cvss.map(([vector, source]) => ({ vector, source })),
    ...(epss ? { epss: { score: epss[0], percentile: epss[1], date: epss[2] } } : {}),
    ...(kev ? { kev: { dateAdded: kev[0], ...(kev[1] ? { dueDate: kev[1] } : {}), ransomware: kev[2] === 1 } } : {}),
    ...(ssvc
      ? {
          ssvc: {
            exploitation: EXPLOITATION[ssvc[0]] ?? 'none',
            automatable: ssvc[1] === 1,
            technicalImpact: ssvc[2] === 1 ? ('total' as const) : ('partial' as const),
            ...(ssvc[3] ? { date: ssvc[3] } : {}),
          },
        }
      : {}),
    ...(cwes.length > 0 ? { cwes } : {}),
    ...(published ? { published } : {}),
    ...(severities ? { severities: pairs(severities) } : {}),
  };
}
