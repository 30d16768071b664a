import type { LockedPackage, LockGap } from '../../lock-file.ts';

/** `  - Name/Sub (1.2.3):`, in quotes where YAML wants them. */
const POD = /^ {2}- "?([^\s"/()]{1,256})(?:\/[^\s"()]+)* \(([^\s()]{1,256})\)"?:?$/;
const DEPENDENCY = /^ {2}- "?([^\s"/()]+)/;
const EXTERNAL = /^ {2}"?([^\s"/:]+)(?:\/[^\s":]+)*"?:$/;

/** Lists and maps in block form, as the CocoaPods tool writes them. Source: CocoaPods/Core, lockfile.rb. */
export function parsePodfileLock(text: string, gap: LockGap): LockedPackage[] | undefined {
  const pods = new Map<string, string>();
  const direct = new Set<string>();
  const own = new Set<string>();
  let section = '';
  let external = '';
  let seen = false;
  let broken = false;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      section = line.slice(0, line.indexOf(':'));
      seen ||= section === 'PODS';
    } else if (section === 'PODS') {
      const [, name, version] = POD.exec(line) ?? [];
      if (name !== undefined && version !== undefined) pods.set(name, version);
      else if (!line.startsWith('    - ')) broken = true;
    } else if (section === 'DEPENDENCIES') {
      const name = DEPENDENCY.exec(line)?.[1];
      if (name !== undefined) direct.add(name);
    } else if (section === 'EXTERNAL SOURCES') {
      external = EXTERNAL.exec(line)?.[1] ?? external;
      if (/^ {4}:path:/.test(line)) own.add(external);
    }
  }
  if (!seen) return undefined;
  // DEPENDENCIES stands behind all pods: without it, some of them may be cut off.
  if (broken || (pods.size > 0 && direct.size === 0)) {
    gap({ code: 'malformed', params: { what: 'part of a Podfile.lock' }, incomplete: true });
  }
  return [...pods]
    .filter(([name]) => !own.has(name))
    .map(([name, version]) => ({ name, version, role: direct.has(name) ? 'direct' : 'indirect' }));
}
