import { type Advice, listed } from './advice.ts';
import { type InstallFacts, normalised } from './facts.ts';
import { pypiAdmits } from './ranges.ts';

/** What keeps a package from versions beyond some: pins, upper bounds, compatible releases. Source: PyPA, version specifiers. */
const BOUND = /(?:^|,)\s*(?:===?|~=|<=?)/;

export function pypiAdvice(name: string, version: string, { pypi }: InstallFacts): Advice {
  const asked = normalised(name);
  const parents = pypi.filter(({ requires }) => Object.hasOwn(requires, asked));
  const blocking = parents.filter(({ requires }) => !pypiAdmits(requires[asked] ?? '', version)).map((each) => each.name);
  if (blocking.length > 0) {
    const keepers = [...new Set(blocking)].sort();
    // What keeps those back in turn has to go along: pip then looks for versions that fit each other.
    const all = new Set(keepers);
    for (const one of all)
      for (const { name: above, requires } of pypi) if (above !== '' && BOUND.test(requires[one] ?? '')) all.add(above);
    const words = [...all];
    return { code: 'pypi-parent', parents: listed(words), brings: words, command: `pip install --upgrade ${words.join(' ')}`, words };
  }
  const wanted = `${name}==${version}`;
  return { code: parents.length > 0 ? 'pypi-refresh' : 'pypi-direct', command: `pip install --upgrade ${wanted}`, words: [wanted] };
}
