import { nodeNet } from './node.ts';

/**
 * Whether NO_PROXY keeps `url` from the proxy, as curl and Go's programs read it: names with all below them (`.x` and `*.x`: only
 * those below), addresses, networks (`10.0.0.0/8`, `fd00::/8`), each with a port where it is for that port alone; `*` for everything.
 * This machine itself is never asked for through a proxy.
 */
export function bypassesProxy(url: URL, noProxy: string | undefined): boolean {
  const { isIP } = nodeNet();
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return true;
  const rules = (noProxy ?? '').split(/[\s,]+/).filter((rule) => rule !== '');
  return rules.some((rule) => rule === '*' || matches(rule.toLowerCase(), host, port));
}

function matches(rule: string, host: string, port: string): boolean {
  const { isIP } = nodeNet();
  if (isIP(rule) !== 0) return rule === host;
  const [network = '', bits] = rule.split('/');
  if (bits !== undefined) return contains(network, Number(bits), host);
  const [, name = rule, own] = /^\[?(.*?)\]?:(\d+)$/.exec(rule) ?? [];
  if (own !== undefined && own !== port) return false;
  if (isIP(name) !== 0) return name === host;
  const below = name.replace(/^\*?\./, '');
  return host.endsWith(`.${below}`) || (below === name && host === name);
}

function contains(network: string, bits: number, host: string): boolean {
  const { BlockList, isIP } = nodeNet();
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, bits, type);
  return list.check(host, type);
}
