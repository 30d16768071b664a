import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Which process a folder or a lock belongs to. Process ids mean something only on one host and within one process namespace:
 * both are part of it.
 */
export interface Owner {
  readonly pid: number;
  readonly space: string;
  /** When the process started, in clock ticks since boot where /proc tells: process ids are used again. */
  readonly started: string;
}

export function thisProcess(): Owner {
  return { pid: process.pid, space: processSpace(), started: startOf(process.pid) };
}

/** An owner from text that {@link thisProcess} was written as; undefined for anything else. Throws where it is not JSON. */
export function parseOwner(text: string): Owner | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, space, started } = value as Partial<Record<keyof Owner, unknown>>;
  const known = Number.isInteger(pid) && (pid as number) > 0 && typeof space === 'string' && typeof started === 'string';
  return known ? (value as Owner) : undefined;
}

/** True where the process certainly runs no more; false also for those of other hosts and containers, which cannot be judged. */
export function isGone(owner: Owner): boolean {
  if (owner.space !== processSpace()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return startOf(owner.pid) !== owner.started;
}

function processSpace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Field 22 of /proc/PID/stat, counted behind the command, which may contain spaces. Empty where there is no /proc. Source: proc(5). */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
