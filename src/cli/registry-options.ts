import type { RegistryAccess } from '../app/registry-access.ts';
import type { Settings } from '../settings/index.ts';
import type { Io } from './io.ts';

/** How the settings say registries are reached. */
export function registryAccess(settings: Settings, password: string | undefined): RegistryAccess {
  return {
    plainHttp: settings.plainHttp,
    ...(settings.caFile === undefined ? {} : { caFile: settings.caFile }),
    ...(settings.clientCert === undefined ? {} : { clientCert: settings.clientCert }),
    ...(settings.clientKey === undefined ? {} : { clientKey: settings.clientKey }),
    ...(settings.mirrors === undefined ? {} : { mirrors: settings.mirrors }),
    ...(settings.registryUsername === undefined ? {} : { username: settings.registryUsername }),
    ...(password === undefined ? {} : { password }),
    ...(settings.registryToken === undefined ? {} : { token: settings.registryToken }),
    ...(settings.registryHost === undefined ? {} : { host: settings.registryHost }),
  };
}

/** The first line of standard input where `--registry-password-stdin` was given, else the variable's value. */
export async function registryPassword(settings: Settings, fromStdin: boolean, io: Io): Promise<string | undefined> {
  if (!fromStdin) return settings.registryPassword;
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/)[0] ?? '';
}
