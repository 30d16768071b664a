import type { Extractor, Wants } from './types.ts';

/** Indexes into the list of extractors, ascending. */
export type Candidates = readonly number[];

const NONE: Candidates = [];

/**
 * All extractors' {@link Wants} as a few maps, so that an entry costs the same however many extractors there are: 40
 * predicates over 76,000 entries took 235 to 435 ms, maps take 18 to 29 ms.
 */
export class Dispatch {
  readonly #byName = new Map<string, Rule[]>();
  /** By the extension, dot included, lower case: `.jar`. */
  readonly #byExtension = new Map<string, Rule[]>();
  /** Suffixes that have no dot to find them by. */
  readonly #looseSuffixes: Rule[] = [];
  readonly #byFolder = new Map<string, Rule[]>();
  /** Of each extractor. */
  readonly #minSizes: readonly number[];
  readonly #largestMinSize: number;
  readonly #executables: Candidates;
  readonly #namedExecutables: readonly { readonly extractor: number; readonly name: RegExp }[];
  /** Entries of a folder follow each other: its rules are looked up once. */
  #folder = '';
  #folderRules: readonly Rule[] | undefined;

  constructor(extractors: readonly Pick<Extractor, 'wants'>[]) {
    const executables: number[] = [];
    const named: { extractor: number; name: RegExp }[] = [];
    extractors.forEach(({ wants }, index) => {
      this.#add(wants, index);
      if (wants.executable) executables.push(index);
      if (wants.executableNames) named.push({ extractor: index, name: wants.executableNames });
    });
    this.#minSizes = extractors.map(({ wants }) => wants.minSize ?? 0);
    this.#largestMinSize = Math.max(0, ...this.#minSizes);
    this.#executables = executables;
    this.#namedExecutables = named;
    this.#folderRules = this.#byFolder.get('');
  }

  /** The extractors that want a file with this path (normalised), these permission bits and this size (where known), content unseen. */
  find(path: string, mode: number, size = Number.POSITIVE_INFINITY): Candidates {
    const found = this.#match(path, mode);
    if (size >= this.#largestMinSize || found.length === 0) return found;
    return found.filter((extractor) => size >= (this.#minSizes[extractor] as number));
  }

  #match(path: string, mode: number): Candidates {
    const slash = path.lastIndexOf('/');
    const name = slash < 0 ? path : path.slice(slash + 1);
    let found = (mode & 0o111) === 0 ? NONE : this.#executable(name);

    const named = this.#byName.get(name);
    if (named) found = matching(named, path, found);
    const dot = name.lastIndexOf('.');
    if (dot >= 0) {
      const suffixed = this.#byExtension.get(lower(name.slice(dot)));
      if (suffixed) found = matching(suffixed, lower(name), found);
    }
    if (this.#looseSuffixes.length > 0) found = matching(this.#looseSuffixes, lower(name), found);
    const inFolder = this.#rulesOfFolder(path, slash);
    return inFolder ? matching(inFolder, name, found) : found;
  }

  #executable(name: string): Candidates {
    let found = this.#executables;
    for (const { extractor, name: pattern } of this.#namedExecutables) if (pattern.test(name)) found = including(found, extractor);
    return found;
  }

  #rulesOfFolder(path: string, slash: number): readonly Rule[] | undefined {
    const length = Math.max(0, slash);
    if (length !== this.#folder.length || !path.startsWith(this.#folder)) {
      this.#folder = path.slice(0, length);
      this.#folderRules = this.#byFolder.get(this.#folder);
    }
    return this.#folderRules;
  }

  #add(wants: Wants, extractor: number): void {
    for (const name of wants.basenames ?? []) add(this.#byName, name, { extractor });
    for (const path of wants.paths ?? []) add(this.#byName, path.slice(path.lastIndexOf('/') + 1), { extractor, path });
    for (const { dir, suffix } of wants.under ?? []) add(this.#byFolder, dir, { extractor, ...(suffix ? { suffix } : {}) });
    for (const suffix of wants.suffixes ?? []) {
      const dot = suffix.lastIndexOf('.');
      if (dot < 0) this.#looseSuffixes.push({ extractor, suffix });
      else add(this.#byExtension, suffix.slice(dot), { extractor, suffix });
    }
  }
}

/** A condition beyond the map's key: the whole path, or the end of the name. */
interface Rule {
  readonly extractor: number;
  readonly path?: string;
  readonly suffix?: string;
}

function matching(rules: readonly Rule[], text: string, found: Candidates): Candidates {
  for (const { extractor, path, suffix } of rules) {
    if (path !== undefined && path !== text) continue;
    if (suffix !== undefined && !text.endsWith(suffix)) continue;
    found = including(found, extractor);
  }
  return found;
}

function including(found: Candidates, extractor: number): Candidates {
  return found.includes(extractor) ? found : [...found, extractor].sort((a, b) => a - b);
}

function add(map: Map<string, Rule[]>, key: string, rule: Rule): void {
  const rules = map.get(key);
  if (rules) rules.push(rule);
  else map.set(key, [rule]);
}

/** Most names are lower case already, and then this makes no new string. */
function lower(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 0x41 && c <= 0x5a) || c > 0x7f) return text.toLowerCase();
  }
  return text;
}
