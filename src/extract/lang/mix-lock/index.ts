import { isVersion, type LockedPackage, lockFileExtractor } from '../../lock-file.ts';
import { Atom, ElixirReader, type Term } from './terms.ts';

const NAME = /^[a-z]\w{0,255}$/;

/**
 * mix.lock: an Elixir map, `"app": {:hex, :package, "version", checksum, managers, dependencies, repository, checksum}`. A
 * package of an organisation has its name before it; one from Git is locked to a commit and has no version.
 */
export const mixLock = lockFileExtractor({
  id: 'lang/mix-lock',
  version: 1,
  type: 'hex',
  what: 'mix.lock',
  wants: { basenames: ['mix.lock'] },
  parse(text, gap) {
    const reader = new ElixirReader(text);
    if (!reader.startsMap()) return undefined;
    const found: LockedPackage[] = [];
    let whole = true;
    try {
      for (const [key, value] of reader.pairs()) {
        const one = packageOf(key, value);
        if (one) found.push(one);
        else if (!isOwn(value)) whole = false;
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      whole = false;
    }
    if (!whole) gap({ code: 'malformed', params: { what: 'part of a mix.lock' }, incomplete: true });
    return found;
  },
});

function packageOf(key: Term, value: Term): LockedPackage | undefined {
  if (!Array.isArray(value)) return undefined;
  const [source, second, third] = value;
  if (textOfAtom(source) === 'git') {
    const name = textOfAtom(key);
    return name === undefined || !NAME.test(name) || typeof second !== 'string' ? undefined : { name, version: '', ...vcs(second, third) };
  }
  const name = textOfAtom(second);
  if (textOfAtom(source) !== 'hex' || name === undefined || !NAME.test(name) || !isVersion(third)) return undefined;
  const organisation = typeof value[6] === 'string' ? /^hexpm:(\w+)$/.exec(value[6])?.[1] : undefined;
  return { name: organisation === undefined ? name : `${organisation}/${name}`, version: third };
}

function vcs(address: string, commit: Term | undefined): Pick<LockedPackage, 'qualifiers'> {
  return { qualifiers: { vcs_url: `git+${address}${typeof commit === 'string' ? `@${commit}` : ''}` } };
}

function isOwn(value: Term): boolean {
  return Array.isArray(value) && textOfAtom(value[0]) === 'path';
}

function textOfAtom(term: Term | undefined): string | undefined {
  return term instanceof Atom ? term.text : typeof term === 'string' ? term : undefined;
}
