import { PlimsollError } from '../../util/errors.ts';
import { type ImageReference, parseReference, repositoryName } from '../reference.ts';
import type { Mirror } from './types.ts';

type Where = Pick<ImageReference, 'registry' | 'repository'>;

/** Mirrors as settings write them, `docker.io=mirror.example.com/hub`. @throws PlimsollError setting-mirror */
export function parseMirrors(texts: readonly string[]): readonly Mirror[] {
  return texts.map((text) => {
    const [prefix = '', location = '', ...rest] = text.split('=').map((part) => part.replace(/\/+$/, ''));
    if (rest.length > 0 || !isPlace(prefix) || !isPlace(location)) {
      throw new PlimsollError('setting-mirror', { where: 'registry.mirrors', value: text }, { exitCode: 2 });
    }
    return { prefix, location };
  });
}

/** A host, or the beginning of a repository's name with its host. */
function isPlace(text: string): boolean {
  const host = text.split('/', 1)[0] ?? '';
  if (!/[.:]/.test(host) && host !== 'localhost') return false;
  try {
    return repositoryName(parseReference(`${text}/x/x`)).endsWith(`${text}/x/x`);
  } catch {
    return false;
  }
}

/** Where the repository is mirrored: by the longest prefix that its name has, in the order in which its mirrors were given. */
export function mirrorsOf(where: Where, mirrors: readonly Mirror[]): readonly Where[] {
  const name = repositoryName(where);
  const fitting = mirrors.filter(({ prefix }) => name.startsWith(`${prefix}/`) || name === prefix);
  const longest = Math.max(0, ...fitting.map(({ prefix }) => prefix.length));
  return fitting
    .filter(({ prefix }) => prefix.length === longest)
    .map(({ prefix, location }) => parseReference(location + name.slice(prefix.length)))
    .map(({ registry, repository }) => ({ registry, repository }));
}
