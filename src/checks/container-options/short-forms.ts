import type { Span } from '../types.ts';
import type { Mount, Port } from './model.ts';

/** `[[ip:]host:]container[/protocol]`, an IPv6 address in brackets. Source: `docker run --publish`, Compose's short syntax. */
export function parsePort(written: string, at: Span): Port {
  const [, bracketed, rest = ''] = /^\[([^\]]*)\]:(.*)$/.exec(written) ?? [undefined, undefined, written];
  // A default value of a variable holds a colon of its own.
  const parts = rest
    .replace(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\0'))
    .split(':')
    .map((part) => part.replaceAll('\0', ':'));
  const containerPort = (parts.pop() ?? '').trim();
  const hostPort = parts.pop();
  const hostIp = bracketed ?? (parts.length > 0 ? parts.join(':') : undefined);
  return { containerPort, at, ...(hostPort ? { hostPort } : {}), ...(hostIp === undefined ? {} : { hostIp }) };
}

const PROPAGATIONS = /^r?(?:shared|slave|private|unbindable)$/;

/** `[source:]target[:options]`. A source that is a path is of the host, any other a volume. Source: `docker run --volume`. */
export function parseVolume(written: string, at: Span): Mount {
  const masked = written.replace(/\$\{[^}]*\}|\$\([^)]*\)|^[A-Za-z]:(?=[\\/])/g, (piece) => piece.replaceAll(':', '\0'));
  const parts = masked.split(':').map((part) => part.replaceAll('\0', ':'));
  const options = (parts[2] ?? '').split(',');
  const [first = '', second] = parts;
  const propagation = options.find((option) => PROPAGATIONS.test(option));
  return {
    type: second !== undefined && isPath(first) ? 'bind' : 'volume',
    target: second ?? first,
    readOnly: options.includes('ro') || options.includes('readonly'),
    at,
    ...(second === undefined ? {} : { source: first }),
    ...(propagation === undefined ? {} : { propagation }),
  };
}

/** `target[:options]`. */
export function parseTmpfs(written: string, at: Span): Mount {
  const [target = '', options = ''] = written.split(':');
  const words = options.split(',');
  return { type: 'tmpfs', target, readOnly: words.includes('ro'), exec: words.includes('exec'), at };
}

function isPath(source: string): boolean {
  return /^(?:[/.~\\$%`]|[A-Za-z]:[\\/])/.test(source);
}
