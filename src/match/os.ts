import { type Advisory, type Distro, distroEcosystem, type Match, normaliseName, type Package, type Unassessed } from '../model/index.ts';
import { schemeFor } from '../versions/index.ts';
import { subject } from './judge.ts';
import { isKernelPackage } from './kernel.ts';
import { type Assessment, assess, type Flaws, toMatches } from './statements.ts';
import { thirdPartyBuilder } from './third-party.ts';
import type { Knowledge } from './types.ts';

/** The packages that each distribution's package manager installs. */
const FORMATS: Readonly<Record<string, Package['type']>> = { Debian: 'deb', Ubuntu: 'deb', Alpine: 'apk' };

/**
 * Matches packages of a distribution by what the distribution says of the source package in this very release.
 * Debian: the tracker's CVE record decides, its errata (DSA, DLA) stand beside it;
 * Alpine: secdb names the fixed version by branch and origin, `0` meaning never affected. See docs/decisions/0006.
 */
export class OsMatcher {
  readonly #db: Knowledge;
  readonly #flaws: Flaws;
  readonly #distro: Distro | undefined;
  readonly #ecosystem: string | undefined;
  readonly #inContainer: boolean;
  /** Binary packages of one source package share what is said of it. */
  readonly #bySource = new Map<string, Assessment>();

  constructor(db: Knowledge, flaws: Flaws, distro: Distro | undefined, inContainer: boolean) {
    this.#db = db;
    this.#flaws = flaws;
    this.#distro = distro;
    this.#ecosystem = distro && distroEcosystem(distro);
    this.#inContainer = inContainer;
  }

  /** Why nobody assesses the package; undefined where the distribution does. */
  unassessed(pkg: Package): Unassessed['reason'] | undefined {
    const name = this.#ecosystem?.split(':')[0];
    if (!this.#distro || (this.#ecosystem && FORMATS[name ?? ''] !== pkg.type)) return 'unknown-distribution';
    if (thirdPartyBuilder(pkg, this.#distro)) return 'third-party-origin';
    if (!this.#ecosystem)
      return this.#distro.versionId || RELEASELESS.has(this.#distro.id) ? 'no-data-for-release' : 'unknown-distribution';
    if (!this.#db.covers(this.#ecosystem)) return 'no-data-for-release';
    return pkg.version === '' ? 'no-version' : undefined;
  }

  /** All verdicts of the distribution on the package, those that clear it included. */
  assessment(pkg: Package): Assessment {
    const ecosystem = this.#ecosystem ?? '';
    const scheme = schemeFor(ecosystem);
    const { name, version } = pkg.source ?? pkg;
    const key = `${name}\0${version}`;
    let found = this.#bySource.get(key);
    if (!found) {
      const statements = scheme ? this.#db.lookup({ ecosystem, name: normaliseName(ecosystem, name) }) : [];
      found = scheme ? assess(statements, subject(version, scheme), rankOfDistribution, this.#flaws) : { verdicts: new Map() };
      this.#bySource.set(key, found);
    }
    return found;
  }

  match(pkg: Package): readonly Match[] {
    const matches: Match[] = [];
    const kernel = this.#inContainer && isKernelPackage(pkg);
    for (const verdict of this.assessment(pkg).verdicts.values()) {
      if (verdict.kind === 'not-affected' && verdict.opinions.length === 1) continue;
      for (const match of toMatches(pkg, verdict, this.#flaws)) matches.push(kernel ? notApplicable(match) : match);
    }
    return matches;
  }
}

/** Rolling releases state no VERSION_ID, and are known nevertheless. */
const RELEASELESS = new Set(['debian', 'arch', 'wolfi']);

/** The distribution's word on a flaw, from its own files before copies of them, comes before its errata. */
function rankOfDistribution(advisory: Advisory): number {
  if (advisory.form === 'errata') return 2;
  return advisory.feed === 'alpine-osv' ? 1 : 0;
}

function notApplicable(match: Match): Match {
  if (match.verdict.kind === 'not-affected') return match;
  const said = match.verdict.kind === 'undecided' ? match.verdict.reason : match.verdict.because.detail;
  const detail = `${match.package.name} in a container: the host's kernel runs, not this one (${said})`;
  return { ...match, verdict: { kind: 'not-applicable', because: { rule: 'kernel-in-container', detail } } };
}
