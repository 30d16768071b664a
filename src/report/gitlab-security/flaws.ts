import type { Issue } from '../issues.ts';
import { type Identifier, identifier, weakness, withUrl } from './kind.ts';

/** What a flaw of a package is called: by all of its names. */
export function nameOfFlaw({ rule, aliases }: Issue): string {
  return [rule, ...aliases].join(', ');
}

/** The CVE first where there is one, then other names, then weaknesses. */
export function namesOfFlaw({ finding, rule, aliases }: Issue): readonly Identifier[] {
  const own = finding?.kind === 'end-of-life' ? (name: string) => identifier(name, 'plimsoll') : (name: string) => identifier(name);
  return [withUrl(own(rule), finding?.url), ...aliases.map((name) => own(name)), ...(finding?.cwes ?? []).flatMap(weakness)];
}
