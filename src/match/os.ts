import type { Advisory, AdvisoryKey, Inventory, Match, Package, Unassessed } from '../model/index.ts';
import { normaliseName } from '../model/index.ts';
import { schemeFor } from '../versions/index.ts';
import { type DistroImage, type DistroPlugin, imageOf, type Lookup, pluginFor } from './distros/index.ts';
import type { Coverage } from './distros/types.ts';
import { type Subject, subject } from './judge.ts';
import { type Assessment, assess, type Flaws, type Held, toMatches } from './statements.ts';
import type { Knowledge } from './types.ts';

/**
 * Matches packages of a distribution by what the distribution says of them in this very release. How its statements are
 * read is its plug-in's business (src/match/distros).
 */
export class OsMatcher {
  readonly #db: Knowledge;
  readonly #flaws: Flaws;
  readonly #image: DistroImage | undefined;
  readonly #plugin: DistroPlugin | undefined;
  /** Those of the release that the database covers, in the plug-in's order. */
  readonly #ecosystems: readonly string[];
  readonly #inContainer: boolean;
  /** Packages that ask the same questions share the answers. */
  readonly #known = new Map<string, Assessment>();

  constructor(db: Knowledge, flaws: Flaws, inventory: Inventory) {
    this.#db = db;
    this.#flaws = flaws;
    this.#image = imageOf(inventory);
    this.#plugin = this.#image && pluginFor(this.#image.distro);
    this.#ecosystems = this.#image && this.#plugin ? covered(this.#plugin, this.#image, db) : [];
    this.#inContainer = inventory.target.kind !== 'dir';
  }

  /** Why nobody assesses the package; undefined where the distribution does. */
  unassessed(pkg: Package): Unassessed['reason'] | undefined {
    if (!this.#image) return 'unknown-distribution';
    const { distro } = this.#image;
    if (this.#plugin?.packageType !== pkg.type) return 'unknown-distribution';
    if (this.#plugin.builder?.(pkg, distro)) return 'third-party-origin';
    if (this.#ecosystems.length === 0) return 'no-data-for-release';
    return pkg.version === '' ? 'no-version' : undefined;
  }

  /** All verdicts of the distribution on the package, those that clear it included. */
  assessment(pkg: Package): Assessment {
    const plugin = this.#plugin;
    if (!plugin) return { verdicts: new Map() };
    const lookups = plugin.lookups(pkg);
    const key = [pkg.module ?? '', pkg.arch ?? '', ...lookups.flatMap(({ as, name, version }) => [as, name, version])].join('\0');
    let found = this.#known.get(key);
    if (!found) {
      const held = lookups.flatMap((lookup) => this.#ecosystems.flatMap((ecosystem) => this.#ask(plugin, pkg, lookup, ecosystem)));
      found = assess(withoutCopies(held, plugin), (advisory) => plugin.rank(advisory, pkg), this.#flaws);
      this.#known.set(key, found);
    }
    return found;
  }

  /** What is asked of the database about a package. */
  keys(pkg: Package): readonly AdvisoryKey[] {
    const lookups = this.#plugin?.lookups(pkg) ?? [];
    return lookups.flatMap(({ name }) => this.#ecosystems.map((ecosystem) => ({ ecosystem, name: normaliseName(ecosystem, name) })));
  }

  match(pkg: Package, { verdicts }: Assessment): readonly Match[] {
    const matches: Match[] = [];
    const kernel = this.#inContainer && this.#plugin?.kernel?.test(pkg.name) === true;
    for (const verdict of verdicts.values()) {
      if (verdict.kind === 'not-affected' && verdict.opinions.length === 1) continue;
      for (const each of toMatches(pkg, verdict, this.#flaws)) {
        const match = this.#withCaveats(each);
        matches.push(kernel ? notApplicable(match) : match);
      }
    }
    return matches;
  }

  /** Says in the evidence what the reader must know besides, and withholds a fix that cannot be installed. */
  #withCaveats(match: Match): Match {
    const caveat = this.#plugin?.caveat?.(match.advisory, match.package);
    const notes = [caveat?.note, this.#image && derivation(this.#image)].filter((note) => note !== undefined);
    const { verdict } = match;
    if (notes.length === 0 || verdict.kind === 'not-affected') return match;
    const told = (detail: string) => [detail, ...notes].join('; ');
    return {
      ...match,
      verdict:
        verdict.kind === 'undecided'
          ? { ...verdict, reason: told(verdict.reason) }
          : { ...verdict, because: { ...verdict.because, detail: told(verdict.because.detail) } },
      ...(caveat?.outOfReach ? { fixedVersions: [] } : {}),
    };
  }

  /** What an ecosystem says of the package under one of its names. */
  #ask(plugin: DistroPlugin, pkg: Package, lookup: Lookup, ecosystem: string): readonly Held[] {
    const scheme = schemeFor(ecosystem);
    const image = this.#image;
    if (!scheme || !image) return [];
    const statements = this.#db.lookup({ ecosystem, name: normaliseName(ecosystem, lookup.name) });
    let version: Subject | undefined;
    return statements.flatMap((advisory: Advisory) => {
      if (plugin.applies && !plugin.applies(advisory, { package: pkg, lookup, image })) return [];
      version ??= subject(lookup.version, scheme);
      return [{ advisory, version }];
    });
  }
}

/** Drops what a feed only repeats of a record, and of its flaws, that the original was heard on. */
function withoutCopies(held: readonly Held[], { copies }: DistroPlugin): readonly Held[] {
  if (!copies) return held;
  const flawsOf = ({ id, flaws }: Advisory) => (flaws.length > 0 ? flaws : [id]);
  const ids = new Set(held.flatMap(({ advisory }) => (copies[advisory.feed] ? [advisory.id] : [])));
  if (ids.size === 0) return held;
  const heard = new Set<string>();
  for (const { advisory } of held) {
    if (ids.has(advisory.id)) for (const flaw of flawsOf(advisory)) heard.add(`${advisory.feed}\0${advisory.id}\0${flaw}`);
  }
  return held.flatMap((each) => {
    const { advisory } = each;
    const originals = [copies[advisory.feed] ?? []].flat();
    const rest = flawsOf(advisory).filter((flaw) => !originals.some((feed) => heard.has(`${feed}\0${advisory.id}\0${flaw}`)));
    if (rest.length === 0) return [];
    return rest.length < advisory.flaws.length ? [{ ...each, advisory: { ...advisory, flaws: rest } }] : [each];
  });
}

/** The ecosystems that speak of the inventory's distribution; none where no plug-in knows it. */
export function osEcosystems(inventory: Inventory, db: Coverage): readonly string[] {
  const image = imageOf(inventory);
  const plugin = image && pluginFor(image.distro);
  return image && plugin ? covered(plugin, image, db) : [];
}

function derivation({ distro, derivative }: DistroImage): string | undefined {
  if (!derivative) return undefined;
  const { id, versionId = '' } = derivative.distro;
  return `${id} ${versionId} installs packages of ${distro.id} ${distro.versionId} (${derivative.source})`;
}

function covered(plugin: DistroPlugin, image: DistroImage, db: Coverage): readonly string[] {
  return plugin.ecosystems(image, db).filter((ecosystem) => db.covers(ecosystem));
}

function notApplicable(match: Match): Match {
  if (match.verdict.kind === 'not-affected') return match;
  const said = match.verdict.kind === 'undecided' ? match.verdict.reason : match.verdict.because.detail;
  const detail = `${match.package.name} in a container: the host's kernel runs, not this one (${said})`;
  return { ...match, verdict: { kind: 'not-applicable', because: { rule: 'kernel-in-container', detail } } };
}
