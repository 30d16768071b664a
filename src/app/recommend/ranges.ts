import { compareVersions, schemeFor } from '../../versions/index.ts';
import type { VersionScheme } from '../../versions/types.ts';

/** True where a range of npm admits the version; ranges that are none (addresses, tags, aliases) admit nothing that is known. Source: npm, node-semver, "Ranges". */
export function npmAdmits(range: string, version: string): boolean {
  const scheme = schemeFor('npm');
  if (!scheme || range.length > 1000) return false;
  return range.split('||').some((part) => {
    const comparators = expanded(part.trim());
    return comparators?.every(([operator, than]) => holds(scheme, operator, version, than)) ?? false;
  });
}

/** True where a version specifier of Python admits the version. Source: PyPA, version specifiers. */
export function pypiAdmits(specifier: string, version: string): boolean {
  const scheme = schemeFor('PyPI');
  if (!scheme || specifier.length > 1000) return false;
  return specifier
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .every((each) => {
      const [, operator, than = ''] = /^(===|~=|==|!=|<=|>=|<|>)\s*(\S+)$/.exec(each) ?? [];
      if (operator === undefined) return false;
      if (than.endsWith('.*')) {
        const below = isWithin(scheme, version, than.slice(0, -2));
        return operator === '==' ? below : operator === '!=' && !below;
      }
      if (operator === '~=') return holds(scheme, '>=', version, than) && isWithin(scheme, version, than.split('.').slice(0, -1).join('.'));
      return holds(scheme, operator === '===' || operator === '==' ? '=' : operator, version, than);
    });
}

type Comparator = readonly [operator: string, version: string];

/** Comparators of which all must hold; undefined for what is no range. */
function expanded(part: string): readonly Comparator[] | undefined {
  const hyphen = /^(\S+)\s+-\s+(\S+)$/.exec(part);
  if (hyphen) return [...(simple('>=', hyphen[1] ?? '') ?? []), ...(simple('<=', hyphen[2] ?? '') ?? [])];
  const all: Comparator[] = [];
  for (const token of part
    .replace(/([<>=^~]+)\s+/g, '$1')
    .split(/\s+/)
    .filter(Boolean)) {
    const [, operator = '', version = ''] = /^(\^|~>?|>=|<=|>|<|=)?(.+)$/.exec(token) ?? [];
    const comparators = simple(operator.replace('~>', '~'), version);
    if (!comparators) return undefined;
    all.push(...comparators);
  }
  return all;
}

function simple(operator: string, text: string): readonly Comparator[] | undefined {
  const match = /^v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
  if (!match) return undefined;
  const [major, minor, patch] = [match[1], match[2], match[3]].map((one) =>
    one === undefined || /[xX*]/.test(one) ? undefined : Number(one),
  );
  if (major === undefined) return operator === '<' || operator === '>' ? [['<', '0.0.0']] : [];
  const low = `${major}.${minor ?? 0}.${patch ?? 0}${match[4] ?? ''}`;
  const [nextMajor, nextMinor, nextPatch] = [
    `${major + 1}.0.0`,
    `${major}.${(minor ?? 0) + 1}.0`,
    `${major}.${minor ?? 0}.${(patch ?? 0) + 1}`,
  ];
  const whole = minor === undefined ? nextMajor : patch === undefined ? nextMinor : undefined;
  if (operator === '^') {
    const end = major > 0 || minor === undefined ? nextMajor : minor > 0 || patch === undefined ? nextMinor : nextPatch;
    return [['>=', low], ['<', end]]; // biome-ignore format: short
  }
  if (operator === '~') return [['>=', low], ['<', minor === undefined ? nextMajor : nextMinor]]; // biome-ignore format: short
  if (operator === '' || operator === '=') return whole === undefined ? [['=', low]] : [['>=', low], ['<', whole]]; // biome-ignore format: short
  if (operator === '>' && whole !== undefined) return [['>=', whole]];
  if (operator === '<=' && whole !== undefined) return [['<', whole]];
  return [[operator, low]];
}

function holds(scheme: VersionScheme, operator: string, version: string, than: string): boolean {
  const ordering = compareVersions(scheme, version, than);
  if (ordering.kind === 'undecided') return false;
  const { order } = ordering;
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}

/** True for `1.2.9` within `1.2`. */
function isWithin(scheme: VersionScheme, version: string, prefix: string): boolean {
  const parts = prefix.split('.');
  const last = Number(parts.at(-1));
  if (!Number.isInteger(last)) return false;
  return holds(scheme, '>=', version, `${prefix}.0`) && holds(scheme, '<', version, [...parts.slice(0, -1), last + 1].join('.'));
}
