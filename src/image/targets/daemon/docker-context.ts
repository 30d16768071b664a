import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from '../../../oci/file-store.ts';
import { asObject, type JsonObject, Malformed, optionalObject, optionalText, parseJsonObject } from '../../../oci/json.ts';
import { EXIT, PlimsollError } from '../../../util/errors.ts';
import type { Surroundings } from './types.ts';

/** The context that stands for DOCKER_HOST and the usual sockets, and has no folder. */
const DEFAULT = 'default';

export interface ContextAddress {
  readonly host: string;
  /** For messages. */
  readonly source: string;
  /** True where the context has certificates. */
  readonly tls: boolean;
}

/**
 * The address of the Docker context in use: that of DOCKER_CONTEXT, else `currentContext` in Docker's config.json; undefined for the
 * default one. A context's folder is the SHA-256 of its name. Throws `daemon-context`. Source: docs.docker.com, "Docker contexts", and
 * the files that `docker context create` writes.
 */
export async function contextAddress({ env, home }: Surroundings): Promise<ContextAddress | undefined> {
  const folder = env.DOCKER_CONFIG || join(home, '.docker');
  const settings = env.DOCKER_CONTEXT ? undefined : await readJson(join(folder, 'config.json'), 'config.json');
  const name = env.DOCKER_CONTEXT || text(settings, 'currentContext');
  if (!name || name === DEFAULT) return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const path = join(folder, 'contexts', 'meta', id, 'meta.json');
  const meta = await readJson(path, name);
  if (meta === undefined) throw unusable(name, path, 'it is not there');
  const host = guarded(name, path, () => {
    const docker = asObject(optionalObject(meta.Endpoints, 'Endpoints')?.docker, 'Endpoints.docker');
    return optionalText(docker.Host, 'Endpoints.docker.Host');
  });
  if (!host) throw unusable(name, path, 'it names no host');
  return { host, source: `context ${name}`, tls: existsSync(join(folder, 'contexts', 'tls', id, 'docker')) };
}

async function readJson(path: string, name: string): Promise<JsonObject | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw unusable(name, path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  return guarded(name, path, () => parseJsonObject(bytes));
}

function text(json: JsonObject | undefined, field: string): string | undefined {
  const value = json?.[field];
  return typeof value === 'string' ? value : undefined;
}

function guarded<T>(name: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw unusable(name, path, error.message);
    throw error;
  }
}

function unusable(name: string, path: string, reason: string): PlimsollError {
  return new PlimsollError('daemon-context', { name: name.slice(0, 200), path, reason }, { exitCode: EXIT.usage });
}
