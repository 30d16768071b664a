import { PlimsollError } from '../../util/errors.ts';
import type { ImageReference } from '../reference.ts';
import { mirrorsOf } from './mirrors.ts';
import { openAt, type Repository } from './repository.ts';
import type { RegistryOptions } from './types.ts';

/**
 * One repository, for reading, by way of its mirrors: each request goes to the first of them that answers it, and to the registry itself
 * when none does. A mirror may say what a tag stands for; all that is asked for by digest is checked, wherever it comes from.
 */
export function openRepository(where: Pick<ImageReference, 'registry' | 'repository'>, options: RegistryOptions): Repository {
  const origin = openAt(where, options);
  const places = mirrorsOf(where, options.mirrors ?? []);
  if (places.length === 0) return origin;
  const credentials = options.mirrorCredentials ?? options.credentials;
  const sources = new Sources([...places.map((place) => openAt(place, { ...options, credentials })), origin]);
  return {
    name: origin.name,
    resolve: (reference) => sources.first((one) => one.resolve(reference)),
    manifest: (descriptor) => sources.first((one) => one.manifest(descriptor)),
    blob: (descriptor) => sources.first((one) => one.blob(descriptor)),
    blobRange: (descriptor, range) => sources.first((one) => one.blobRange?.(descriptor, range) ?? Promise.resolve(undefined)),
    attached: (digest) => sources.first((one) => one.attached?.(digest) ?? Promise.resolve([])),
    has: (descriptor) => origin.has(descriptor),
  };
}

/** Repositories that ought to hold the same, in the order in which they are asked. */
class Sources {
  readonly #all: readonly Repository[];
  /** Could not be reached at all: asked no more. */
  readonly #dead = new Set<Repository>();

  constructor(all: readonly Repository[]) {
    this.#all = all;
  }

  /** The first answer; the error of the last one, the registry itself, where none has any. */
  async first<T>(ask: (repository: Repository) => Promise<T>): Promise<T> {
    const last = this.#all.at(-1) as Repository;
    for (const repository of this.#all) {
      if (repository === last || this.#dead.has(repository)) continue;
      try {
        return await ask(repository);
      } catch (error) {
        if (!(error instanceof PlimsollError) || error.code === 'offline' || error.code === 'aborted') throw error;
        if (error.code.startsWith('network-') || error.code.startsWith('tls-')) this.#dead.add(repository);
      }
    }
    return ask(last);
  }
}
