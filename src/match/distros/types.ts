import type { Advisory, Distro, Ecosystem, Package } from '../../model/index.ts';
import type { Knowledge } from '../types.ts';

/** What an image says of the distribution it is made of. */
export interface DistroImage {
  /** The distribution that speaks for the packages: of a derivative that installs its parent's packages, the parent's release. */
  readonly distro: Distro;
  /** What the image calls itself, where that is a derivative, and the page on which it says whose packages it installs. */
  readonly derivative?: { readonly distro: Distro; readonly source: string };
  /** Repositories (Red Hat content sets) that the image names; empty where it names none. */
  readonly repositories: readonly string[];
}

/** What a database knows before any package is looked up. */
export type Coverage = Pick<Knowledge, 'covers' | 'ecosystemsOf' | 'productsOf'>;

/** One name that a package's statements are filed under, and the version to hold against them. */
export interface Lookup {
  readonly as: 'source' | 'binary';
  readonly name: string;
  readonly version: string;
}

/** A package asked after under one of its names. */
export interface Question {
  readonly package: Package;
  readonly lookup: Lookup;
  readonly image: DistroImage;
}

export interface Caveat {
  /** In words, for the evidence. */
  readonly note: string;
  /** The image's own repositories do not have the fix, so it is told and not offered. */
  readonly outOfReach?: boolean;
}

/** How one distribution's statements are read. Pure; a plug-in is its folder below src/match/distros. */
export interface DistroPlugin {
  /** Equal to its folder. */
  readonly id: string;
  /** The ID of os-release, those of derivatives that share all data included. */
  readonly ids: readonly string[];
  /** What its package manager installs. */
  readonly packageType: Package['type'];
  /**
   * The ecosystems that speak of this release and its repositories. Empty where the release cannot be told. The database may
   * cover some of them or none.
   */
  ecosystems(image: DistroImage, known: Coverage): readonly Ecosystem[];
  /** The names to ask for, in every ecosystem. A package without one is assessed, and nothing speaks of it. */
  lookups(pkg: Package): readonly Lookup[];
  /** False where a statement found under the name speaks of something else: another module stream, architecture, kind of name. */
  applies?(advisory: Advisory, question: Question): boolean;
  /**
   * Feeds that repeat another one's records under the same ids, and that one. Where both speak of a package and a flaw in one
   * record, the copy is not heard.
   */
  readonly copies?: Readonly<Record<string, string | readonly string[]>>;
  /** Lower is heard first; within one rank the worse opinion counts. */
  rank(advisory: Advisory, pkg: Package): number;
  /** What a reader must know of a statement that counts against a package, beside the comparison itself. */
  caveat?(advisory: Advisory, pkg: Package): Caveat | undefined;
  /** Who built the package where that is not the distribution; the distribution does not speak for it. */
  builder?(pkg: Package, distro: Distro): string | undefined;
  /** Names of the packages of the kernel itself, its live patches included; programs from its sources are not among them. */
  readonly kernel?: RegExp;
}
