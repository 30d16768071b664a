import { DOCKER_HUB } from '../reference.ts';

/** Where a registry's API is: Docker Hub's is on another host than its name. */
export function apiHost(registry: string): string {
  return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
}

/** True for names that cannot leave this machine. Sources: RFC 6761, 6.3 (localhost); RFC 1122, 3.2.1.3 (127/8); RFC 4291, 2.5.3. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

export function isPlain(registry: string, plainHttp: boolean | readonly string[] | undefined): boolean {
  return typeof plainHttp === 'boolean' ? plainHttp : (plainHttp ?? []).includes(registry);
}
