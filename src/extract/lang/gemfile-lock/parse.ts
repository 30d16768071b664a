import type { LockedPackage, LockGap } from '../../lock-file.ts';

const SECTION = /^[A-Z][A-Z ]*$/;
/** Sections whose `specs:` are gems from elsewhere. */
const SOURCES = new Set(['GEM', 'GIT', 'PLUGIN SOURCE']);
/** `    name (version)` or `    name (version-platform)`. Source: bundler, lockfile_parser.rb, NAME_VERSION. */
const SPEC = /^ {4}([\w.-]{1,256}) \(([^\s()-]{1,256})(?:-[^\s()]+)?\)!?$/;
const DEPENDENCY = /^ {2}([\w.-]+)(?: \(.*\))?!?$/;

/** The gems of the sections GEM, GIT and PLUGIN SOURCE; direct are those that DEPENDENCIES names. */
export function parseGemfileLock(text: string, gap: LockGap): LockedPackage[] | undefined {
  const gems = new Map<string, { name: string; version: string }>();
  const direct = new Set<string>();
  let section = '';
  let sections = 0;
  let broken = false;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      if (!SECTION.test(line)) broken = true;
      else {
        section = line;
        sections++;
      }
    } else if (section === 'DEPENDENCIES') {
      const name = DEPENDENCY.exec(line)?.[1];
      if (name === undefined) broken = true;
      else direct.add(name);
    } else if (SOURCES.has(section) && line.startsWith('    ') && line[4] !== ' ') {
      const [, name, version] = SPEC.exec(line) ?? [];
      if (name === undefined || version === undefined) broken = true;
      else gems.set(`${name} ${version}`, { name, version });
    }
  }
  if (sections === 0) return undefined;
  // DEPENDENCIES stands behind all gems: without it, some of them may be cut off.
  if (broken || (gems.size > 0 && direct.size === 0)) {
    gap({ code: 'malformed', params: { what: 'part of a Gemfile.lock' }, incomplete: true });
  }
  return [...gems.values()].map((gem) => ({ ...gem, role: direct.has(gem.name) ? 'direct' : 'indirect' }));
}
