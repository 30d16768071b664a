import type { ImageName } from '../document.ts';

/** Registries take 255 and a digest; whatever is longer is none. */
const MOST_NAME = 1000;

/** Splits an image's name as a Dockerfile has it, variables and slips included: what is before the first slash is a registry if it looks like one. */
export function imageName(written: string): ImageName {
  const text = written.slice(0, MOST_NAME);
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const slash = named.indexOf('/');
  const head = slash < 0 ? '' : named.slice(0, slash);
  const registry = /[.:]|^localhost$/.test(head) ? head : undefined;
  const path = registry === undefined ? named : named.slice(slash + 1);
  // A colon within `${x:-y}` parts nothing.
  const bare = path.replace(/\$\{[^}]*\}/g, (variable) => '_'.repeat(variable.length));
  const colon = bare.lastIndexOf(':');
  const tag = colon < 0 || bare.indexOf('/', colon) >= 0 ? undefined : path.slice(colon + 1);
  return { text, registry, name: tag === undefined ? path : path.slice(0, colon), tag, digest };
}
