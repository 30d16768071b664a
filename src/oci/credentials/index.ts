import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlimsollError } from '../../util/errors.ts';
import { isAbsent } from '../file-store.ts';
import { type AuthFile, parseAuthFile } from './docker-config.ts';
import { askHelper, type RunHelper, runProgram } from './helper.ts';
import type { CredentialStore, Credentials } from './types.ts';

const FILE_LIMIT = 4 << 20;

export interface CredentialSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly runHelper?: RunHelper;
}

/**
 * Credentials from, in this order: PLIMSOLL_REGISTRY_TOKEN, or _USERNAME with _PASSWORD (for the one host in PLIMSOLL_REGISTRY_HOST
 * where that is set); the file in REGISTRY_AUTH_FILE, and no other where it is set; Docker's config.json (DOCKER_CONFIG); Podman's
 * auth.json. Files are read when first asked for.
 */
export function credentialStore(settings: CredentialSettings): CredentialStore {
  const run = settings.runHelper ?? runProgram;
  let files: Promise<readonly AuthFile[]> | undefined;
  return {
    async find(registry, repository) {
      const given = fromEnvironment(settings.env, registry);
      if (given !== undefined) return given;
      files ??= readFiles(candidateFiles(settings));
      for (const file of await files) {
        const found = await findInFile(file, registry, repository, run);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** No credentials, for those who must not use any. */
export const noCredentials: CredentialStore = { find: async () => undefined };

function fromEnvironment(env: CredentialSettings['env'], registry: string): Credentials | undefined {
  const host = env.PLIMSOLL_REGISTRY_HOST;
  if (host && host !== registry) return undefined;
  const token = env.PLIMSOLL_REGISTRY_TOKEN;
  if (token) return { kind: 'bearer', token, origin: 'PLIMSOLL_REGISTRY_TOKEN' };
  const username = env.PLIMSOLL_REGISTRY_USERNAME;
  const password = env.PLIMSOLL_REGISTRY_PASSWORD;
  return username && password ? { kind: 'password', username, password, origin: 'PLIMSOLL_REGISTRY_USERNAME' } : undefined;
}

function candidateFiles({ env, home }: CredentialSettings): readonly string[] {
  if (env.REGISTRY_AUTH_FILE) return [env.REGISTRY_AUTH_FILE];
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json'),
  ];
}

async function readFiles(paths: readonly string[]): Promise<readonly AuthFile[]> {
  const files: AuthFile[] = [];
  for (const path of paths) {
    try {
      if ((await stat(path)).size > FILE_LIMIT)
        throw new PlimsollError('credentials-unreadable', { path, detail: `it is larger than ${FILE_LIMIT} bytes` });
      files.push(parseAuthFile(await readFile(path), path));
    } catch (error) {
      if (isAbsent(error)) continue;
      if (error instanceof PlimsollError) throw error;
      throw new PlimsollError(
        'credentials-unreadable',
        { path, detail: (error as NodeJS.ErrnoException).code ?? String(error) },
        { cause: error },
      );
    }
  }
  return files;
}

/** The registry's own helper, then the general one, then the entries, the most specific first (`quay.io/team/app`, `quay.io/team`, `quay.io`). */
async function findInFile(file: AuthFile, registry: string, repository: string, run: RunHelper): Promise<Credentials | undefined> {
  const own = file.credHelpers.get(registry);
  if (own !== undefined) return askHelper(own, registry, run);
  if (file.credsStore !== undefined) {
    const stored = await askHelper(file.credsStore, registry, run);
    if (stored !== undefined) return stored;
  }
  for (let key = `${registry}/${repository}`; ; key = key.slice(0, key.lastIndexOf('/'))) {
    const found = file.auths.get(key);
    if (found !== undefined || !key.includes('/')) return found;
  }
}
