import { join } from 'node:path';

/** What of the machine decides where files go. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Where the database and the layer cache live unless told otherwise. Source: XDG Base Directory Specification 0.8 (absolute
 * values only), Apple's File System Programming Guide, Windows' known folders.
 */
export function defaultCacheDir(machine: Machine): string {
  return join(base(machine, 'XDG_CACHE_HOME', '.cache', 'Library/Caches', 'LOCALAPPDATA', 'AppData/Local'), 'plimsoll');
}

/** Where the user's own plimsoll.yaml is looked for. */
export function userConfigDir(machine: Machine): string {
  return join(base(machine, 'XDG_CONFIG_HOME', '.config', 'Library/Application Support', 'APPDATA', 'AppData/Roaming'), 'plimsoll');
}

function base({ env, home, platform }: Machine, xdg: string, unix: string, mac: string, variable: string, windows: string): string {
  if (platform === 'win32') return env[variable] || join(home, windows);
  const given = env[xdg];
  if (given?.startsWith('/')) return given;
  return join(home, platform === 'darwin' ? mac : unix);
}
