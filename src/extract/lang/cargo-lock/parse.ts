import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

/** A `[[package]]` table. */
interface Crate {
  name?: string;
  version?: string;
  source?: string;
  readonly dependencies: string[];
}

const NAME = /^[\w-]{1,256}$/;
const CRATES_IO = /^(registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io)\/?$/;

/** The crates of the TOML that Cargo itself writes: a value a line, lists one item a line. Source: cargo, resolver/encode.rs. */
export function parseCargoLock(text: string, gap: LockGap): LockedPackage[] | undefined {
  const read = readCrates(text);
  if (!read) return undefined;
  const { crates } = read;
  const direct = new Set(crates.filter(({ source }) => source === undefined).flatMap((own) => own.dependencies.map(nameAndVersion)));
  const found: LockedPackage[] = [];
  let broken = read.broken;
  for (const { name, version, source } of crates) {
    if (name === undefined || version === undefined || !NAME.test(name) || !isVersion(version)) broken = true;
    else if (source !== undefined) {
      const role = direct.has(name) || direct.has(`${name} ${version}`) ? 'direct' : 'indirect';
      found.push({ name, version, role, ...(CRATES_IO.test(source) ? {} : { qualifiers: originOf(source) }) });
    }
  }
  if (broken) gap({ code: 'malformed', params: { what: 'part of a Cargo.lock' }, incomplete: true });
  return found;
}

/** Undefined where there is no package at all: the file names at least the crate it belongs to. */
function readCrates(text: string): { crates: Crate[]; broken: boolean } | undefined {
  const crates: Crate[] = [];
  let crate: Crate | undefined;
  let inList = false;
  let broken = false;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (inList) {
      const item = /^"([^"\\]*)",?$/.exec(line);
      if (item) crate?.dependencies.push(item[1]!);
      else if (line === ']') inList = false;
      else [inList, broken] = [false, true];
    } else if (line.startsWith('[')) {
      crate = line === '[[package]]' || line === '[root]' ? { dependencies: [] } : undefined;
      if (crate) crates.push(crate);
    } else if (crate) {
      const [, key, value = ''] = /^(\w+) = (.+)$/.exec(line) ?? [];
      const string = /^"([^"\\]*)"$/.exec(value)?.[1];
      if (key === 'dependencies' && value === '[') inList = true;
      else if (key === 'dependencies' && value.endsWith(']')) {
        crate.dependencies.push(...[...value.matchAll(/"([^"\\]*)"/g)].map((item) => item[1]!));
      } else if (key === undefined || string === undefined) broken = true;
      else if (key === 'name' || key === 'version' || key === 'source') crate[key] = string;
    }
  }
  return crates.length > 0 ? { crates, broken: broken || inList } : undefined;
}

/** `name`, or `name version` where several versions are locked; the source behind them is left out. */
function nameAndVersion(dependency: string): string {
  return dependency.split(' ', 2).join(' ');
}

/** Source: purl specification, qualifiers `vcs_url` and `repository_url`. */
function originOf(source: string): Record<string, string> {
  const git = /^git\+([^?#]+)(?:\?[^#]*)?(?:#(.*))?$/.exec(source);
  if (git) return { vcs_url: `git+${git[1]}${git[2] ? `@${git[2]}` : ''}` };
  return { repository_url: source.replace(/^(registry|sparse)\+/, '') };
}
