/** Alternatives, each a list of comparisons that all hold. */
export type VersionRange = readonly (readonly VersionComparison[])[];

export interface VersionComparison {
  readonly operator: '<' | '<=' | '=' | '>=' | '>';
  readonly version: string;
}

/** Orders two versions as their ecosystem does; undefined where it cannot be told. */
export type CompareVersions = (a: string, b: string) => number | undefined;

/** `>=1.2 <2`, `1.2.3`, `<1.0 || =1.4`; commas divide as spaces do. Undefined for what is none. */
export function parseVersionRange(text: string): VersionRange | undefined {
  const alternatives = text.split('||').map(comparisons);
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
}

/** `undecided`: it hangs on a comparison that the ecosystem does not define. */
export function inRange(range: VersionRange, version: string, compare: CompareVersions): 'yes' | 'no' | 'undecided' {
  let doubt = false;
  for (const alternative of range) {
    const answers = alternative.map((each) => holds(each, version, compare));
    if (answers.includes('no')) continue;
    if (!answers.includes('undecided')) return 'yes';
    doubt = true;
  }
  return doubt ? 'undecided' : 'no';
}

function comparisons(text: string): VersionComparison[] | undefined {
  const words = text
    .replace(/([<>=]=?)\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const parsed = words.map((word) => {
    const [, operator, version] = /^(<=|>=|==|<|>|=)?([^<>=\s|]+)$/.exec(word) ?? [];
    if (version === undefined) return undefined;
    return {
      operator: operator === undefined || operator === '==' ? ('=' as const) : (operator as VersionComparison['operator']),
      version,
    };
  });
  return parsed.length > 0 && parsed.every((each) => each !== undefined) ? parsed : undefined;
}

function holds({ operator, version: limit }: VersionComparison, version: string, compare: CompareVersions): 'yes' | 'no' | 'undecided' {
  if (version === limit) return operator.includes('=') ? 'yes' : 'no';
  const order = compare(version, limit);
  if (order === undefined) return 'undecided';
  const held = { '<': order < 0, '<=': order <= 0, '=': order === 0, '>=': order >= 0, '>': order > 0 }[operator];
  return held ? 'yes' : 'no';
}
