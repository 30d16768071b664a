import type { Digest } from '../model/index.ts';
import { PlimsollError } from '../util/errors.ts';
import { isDigest } from './digest.ts';

/** A place in a registry. Always complete: `alpine` became `docker.io/library/alpine:latest`. */
export interface ImageReference {
  /** Host with port, as in the reference: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  readonly repository: string;
  /** Absent where only a digest is given. With a digest beside it, the digest decides and the tag is a name for people. */
  readonly tag?: string;
  readonly digest?: Digest;
}

export const DOCKER_HUB = 'docker.io';

/** Source: distribution's reference grammar (`reference/regexp.go` of github.com/distribution/reference), in our words. */
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const MAX_REPOSITORY = 255;

/** Reads `[registry/]repository[:tag][@digest]` with Docker's rules for short names; throws `reference-invalid`. */
export function parseReference(text: string): ImageReference {
  const { rest, digest } = splitDigest(text);
  const { rest: name, tag } = splitTag(rest, text);
  if (name === '') throw invalid(text, 'it has no repository');
  if (/^[a-f0-9]{64}$/.test(name)) throw invalid(text, 'an image id is not a name');
  const { registry, repository } = splitRegistry(name, text);
  checkRepository(repository, text);
  return {
    registry,
    repository,
    ...(tag === undefined ? (digest === undefined ? { tag: 'latest' } : {}) : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** `docker.io/library/alpine`. */
export function repositoryName(reference: Pick<ImageReference, 'registry' | 'repository'>): string {
  return `${reference.registry}/${reference.repository}`;
}

export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  return repositoryName(reference) + tag + (reference.digest === undefined ? '' : `@${reference.digest}`);
}

/** Undefined where the text is not a reference. */
export function tryReference(text: string): ImageReference | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}

function splitDigest(text: string): { rest: string; digest: Digest | undefined } {
  const at = text.indexOf('@');
  if (at < 0) return { rest: text, digest: undefined };
  const digest = text.slice(at + 1);
  if (!isDigest(digest)) throw invalid(text, 'what follows the @ is not a digest');
  return { rest: text.slice(0, at), digest };
}

/** A colon after the last slash starts the tag; one before it belongs to the registry's port. */
function splitTag(rest: string, text: string): { rest: string; tag: string | undefined } {
  const colon = rest.lastIndexOf(':');
  if (colon < 0 || colon < rest.lastIndexOf('/')) return { rest, tag: undefined };
  const tag = rest.slice(colon + 1);
  if (!TAG.test(tag)) throw invalid(text, 'the tag may have letters, digits, _, . and -, 128 at most');
  return { rest: rest.slice(0, colon), tag };
}

/** The first component is a registry where it has a dot, a port or a capital letter, or is `localhost`. */
function splitRegistry(name: string, text: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isRegistry = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  const registry = isRegistry ? first : DOCKER_HUB;
  const path = isRegistry ? name.slice(slash + 1) : name;
  if (!REGISTRY.test(registry)) throw invalid(text, `${first} is not a host name`);
  if (registry !== DOCKER_HUB && registry !== 'index.docker.io') return { registry, repository: path };
  return { registry: DOCKER_HUB, repository: path.includes('/') ? path : `library/${path}` };
}

function checkRepository(repository: string, text: string): void {
  if (repository.length > MAX_REPOSITORY) throw invalid(text, `the repository is longer than ${MAX_REPOSITORY} characters`);
  if (/[A-Z]/.test(repository)) throw invalid(text, 'the repository must be in lower case');
  const wrong = repository.split('/').find((component) => !COMPONENT.test(component));
  if (wrong !== undefined) throw invalid(text, wrong === '' ? 'a part of the repository is empty' : `${wrong} is not a repository name`);
}

function invalid(text: string, reason: string): PlimsollError {
  return new PlimsollError('reference-invalid', { reference: text.slice(0, 300) || "''", reason: reason.slice(0, 300) }, { exitCode: 2 });
}
