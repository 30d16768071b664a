import { isVersion, type LockedPackage, type LockGap } from '../../lock-file.ts';

interface Required {
  readonly path: string;
  readonly version: string;
  readonly indirect: boolean;
}

interface Replacement {
  readonly path: string;
  /** Empty: every version. */
  readonly version: string;
  readonly by: string;
  /** Empty where `by` is a folder. */
  readonly byVersion: string;
}

interface GoMod {
  go: string;
  toolchain: string;
  readonly required: Required[];
  readonly replaced: Replacement[];
  module: boolean;
  broken: boolean;
}

/** An empty file is no project: it keeps the go command out of a folder. Source: Go Modules Reference, "go.mod files". */
export function parseGoMod(text: string, gap: LockGap): LockedPackage[] | undefined {
  const mod = readGoMod(text);
  if (!mod.module) return text.trim() === '' ? [] : undefined;
  if (mod.broken) gap({ code: 'malformed', params: { what: 'part of a go.mod' }, incomplete: true });
  if (mod.required.length > 0 && !isPruned(mod.go)) {
    gap({ code: 'unsupported', params: { what: 'indirect modules of a go.mod from before Go 1.17' }, incomplete: true });
  }
  const modules = mod.required.map(({ path, version, indirect }): LockedPackage => {
    const role = indirect ? 'indirect' : 'direct';
    const by = replacementOf(mod.replaced, path, version);
    if (by?.byVersion === '') return { name: path, version: '', role };
    return by ? { name: by.by, version: by.byVersion, role } : { name: path, version, role };
  });
  const library = /^go(\d+(\.\d+)*((rc|beta)\d+)?)(?=$|[^\w.])/.exec(mod.toolchain)?.[1];
  return library === undefined ? modules : [...modules, { name: 'stdlib', version: library }];
}

function readGoMod(text: string): GoMod {
  const mod: GoMod = { go: '', toolchain: '', required: [], replaced: [], module: false, broken: false };
  let block = '';
  for (const raw of text.split('\n')) {
    const comment = raw.indexOf('//');
    const words = (comment < 0 ? raw : raw.slice(0, comment)).trim().split(/\s+/).map(unquoted);
    if (words[0] === '') continue;
    if (block !== '' && words[0] === ')') block = '';
    else if (block === '' && words[1] === '(') block = words[0]!;
    else if (block === '' && words[1] === '()') continue;
    else addDirective(mod, block === '' ? words.shift()! : block, words, comment < 0 ? '' : raw.slice(comment));
  }
  if (block !== '') mod.broken = true;
  return mod;
}

function addDirective(mod: GoMod, directive: string, words: readonly string[], comment: string): void {
  const [first = '', second = ''] = words;
  switch (directive) {
    case 'module':
      mod.module = first !== '';
      break;
    case 'go':
      mod.go = first;
      break;
    case 'toolchain':
      mod.toolchain = first;
      break;
    case 'require':
      if (words.length !== 2 || !isPath(first) || !isVersion(second)) mod.broken = true;
      else mod.required.push({ path: first, version: second, indirect: /^\/\/\s*indirect\b/.test(comment) });
      break;
    case 'replace': {
      const arrow = words.indexOf('=>');
      const [by = '', byVersion = ''] = words.slice(arrow + 1);
      if (arrow < 1 || arrow > 2 || !isPath(by)) mod.broken = true;
      else mod.replaced.push({ path: first, version: arrow === 2 ? second : '', by, byVersion: isFolder(by) ? '' : byVersion });
      break;
    }
  }
}

/** One that names the version goes before one that does not. */
function replacementOf(all: readonly Replacement[], path: string, version: string): Replacement | undefined {
  const own = all.filter((one) => one.path === path);
  return own.find((one) => one.version === version) ?? own.find((one) => one.version === '');
}

/** Module graph pruning, and with it the whole list of modules, came with Go 1.17; without a `go` line 1.16 is meant. */
function isPruned(go: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(go) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 17);
}

function isFolder(path: string): boolean {
  return /^(\.{0,2}\/|[a-zA-Z]:[\\/]|\.{1,2}$)/.test(path);
}

function isPath(text: string): boolean {
  return text.length <= 1024 && /[^/\s]$/.test(text);
}

function unquoted(word: string): string {
  return /^(["`]).*\1$/.test(word) && word.length > 1 ? word.slice(1, -1) : word;
}
