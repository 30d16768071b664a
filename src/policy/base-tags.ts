import { compareText } from '../util/compare-text.ts';

/** What a tag says of an image: `3.12.4-slim-bookworm`, `20-alpine3.19`, `bookworm-slim`. */
export interface TagMeaning {
  readonly tag: string;
  /** `[3, 12, 4]`; of a release named by its codename alone that release's number; empty where there is none. */
  readonly version: readonly number[];
  /** The distribution's family and release, where the tag names one. */
  readonly distro?: { readonly family: 'debian' | 'ubuntu' | 'alpine'; readonly release?: readonly number[] };
  /** What the image's makers count builds by: a date, or the time: `bookworm-20250113`, `9.5-1738814488`. */
  readonly build?: number;
  readonly slim: boolean;
  /** Every other part, sorted: `fpm`, `jre`. */
  readonly flavours: readonly string[];
}

/** Why an image is worth looking at instead of the base. */
export type CandidateKind = 'rebuilt' | 'newer' | 'slimmer' | 'other-distribution' | 'next-major';

export interface TagCandidate {
  readonly tag: string;
  readonly kind: CandidateKind;
}

/** Releases by codename. Source: wiki.debian.org/DebianReleases, wiki.ubuntu.com/Releases. */
const CODENAMES: Readonly<Record<string, NonNullable<TagMeaning['distro']>>> = {
  buster: { family: 'debian', release: [10] },
  bullseye: { family: 'debian', release: [11] },
  bookworm: { family: 'debian', release: [12] },
  trixie: { family: 'debian', release: [13] },
  forky: { family: 'debian', release: [14] },
  xenial: { family: 'ubuntu', release: [16, 4] },
  bionic: { family: 'ubuntu', release: [18, 4] },
  focal: { family: 'ubuntu', release: [20, 4] },
  jammy: { family: 'ubuntu', release: [22, 4] },
  noble: { family: 'ubuntu', release: [24, 4] },
};

/** Neither a release nor for everybody: of one platform, of one day, not done yet. */
const NEVER =
  /(?:^|[-.\d])(?:rc|alpha|beta|pre|dev|nightly|snapshot|windows|nanoserver|windowsservercore|ltsc|amd64|arm64|arm32|i386|s390x|ppc64le|sid|testing|unstable|experimental|rolling|edge)(?:[-.\d]|v\d|$)|^sha256-/i;

/** Undefined for what names no version and no release. */
export function tagMeaning(tag: string): TagMeaning | undefined {
  if (tag.length > 128 || NEVER.test(tag) || /\d(?:a|b)\d/.test(tag)) return undefined;
  const [head = '', ...rest] = tag.toLowerCase().split('-');
  const number = /^v?(\d{1,6}(?:[._]\d{1,10}){0,4})$/.exec(head)?.[1];
  const parts = number === undefined ? [head, ...rest] : rest;
  const flavours: string[] = [];
  let distro: TagMeaning['distro'];
  let slim = false;
  let build: number | undefined;
  for (const part of parts) {
    const alpine = /^alpine(\d+(?:\.\d+)*)?$/.exec(part);
    if (part === 'slim') slim = true;
    else if (alpine) distro = { family: 'alpine', ...(alpine[1] === undefined ? {} : { release: numbers(alpine[1]) }) };
    else if (CODENAMES[part]) distro = CODENAMES[part];
    else if (/^\d{8,10}$/.test(part)) build = Number(part);
    else if (part !== '') flavours.push(part);
  }
  const version = number === undefined ? (distro?.release ?? []) : numbers(number);
  if (version.length === 0) return undefined;
  return {
    tag,
    version,
    ...(distro ? { distro } : {}),
    ...(build === undefined ? {} : { build }),
    slim,
    flavours: flavours.sort(compareText),
  };
}

/**
 * Pure. Tags of a base's repository that are worth trying in its place, best first and each kind in its turn: the tag itself (it may have been
 * built anew), newer versions of the same major, slimmer variants of the same distribution, then other distributions; the newest of the
 * next major last. A tag that says less than the current one (`3` for `3.12.4`) moves further than asked for and is none.
 */
export function tagCandidates(current: string, tags: readonly string[], most: number): readonly TagCandidate[] {
  const rebuilt: TagCandidate = { tag: current, kind: 'rebuilt' };
  const now = tagMeaning(current);
  if (!now) return [rebuilt].slice(0, most);
  const known = tags.flatMap((tag) => {
    const meaning = tag === current ? undefined : tagMeaning(tag);
    const isAlike = meaning && sameFlavours(meaning, now) && (meaning.build === undefined) === (now.build === undefined);
    return isAlike ? [meaning] : [];
  });
  const alike = known.filter((each) => each.version.length === now.version.length);
  const sameMajor = alike.filter(({ version }) => version[0] === now.version[0] && compareNumbers(version, now.version) >= 0);
  const groups: Record<Exclude<CandidateKind, 'rebuilt'>, readonly TagMeaning[]> = {
    'newer': sameMajor.filter((each) => each.slim === now.slim && sameFamily(each, now) && isNewer(each, now)),
    'slimmer': now.slim ? [] : sameMajor.filter((each) => each.slim && sameFamily(each, now)),
    'other-distribution': sameMajor.filter((each) => each.distro?.family === 'alpine' && !sameFamily(each, now)),
    'next-major': alike.filter((each) => (each.version[0] ?? 0) > (now.version[0] ?? 0) && each.slim === now.slim && sameFamily(each, now)),
  };
  const chosen: TagCandidate[] = [rebuilt];
  const limits = { 'newer': 2, 'slimmer': 2, 'other-distribution': 1, 'next-major': 1 };
  for (const [kind, meanings] of Object.entries(groups) as [Exclude<CandidateKind, 'rebuilt'>, readonly TagMeaning[]][]) {
    // What changes least comes first: the newest patch of the same minor version, where the tag has three parts.
    const isNear = ({ version }: TagMeaning): boolean =>
      now.version.length > 2 && version[0] === now.version[0] && version[1] === now.version[1];
    const sorted = [...meanings].sort((a, b) => newestFirst(a, b, now));
    const near = sorted.find(isNear);
    const newest = near ? [near, ...sorted.filter((each) => !isNear(each))] : sorted;
    chosen.push(...newest.slice(0, limits[kind]).map(({ tag }) => ({ tag, kind })));
  }
  return chosen.slice(0, most);
}

function sameFlavours(a: TagMeaning, b: TagMeaning): boolean {
  return a.flavours.join('\0') === b.flavours.join('\0');
}

/** A tag without a distribution is of the one that the image's makers prefer, Debian mostly. */
function sameFamily(a: TagMeaning, b: TagMeaning): boolean {
  return (a.distro?.family ?? 'debian') === (b.distro?.family ?? 'debian');
}

function isNewer(a: TagMeaning, now: TagMeaning): boolean {
  const order = compareNumbers(a.version, now.version);
  return order > 0 || (order === 0 && isNewerBuild(a, now));
}

function isNewerBuild(a: TagMeaning, now: TagMeaning): boolean {
  if (a.build !== undefined && a.build !== now.build) return a.build > (now.build ?? 0);
  return compareNumbers(a.distro?.release ?? [], now.distro?.release ?? []) > 0 && now.distro !== undefined;
}

/** Newest version first; of one version the one that says as much of its distribution as the current tag does. */
function newestFirst(a: TagMeaning, b: TagMeaning, now: TagMeaning): number {
  const shape = ({ distro }: TagMeaning): number => Math.abs((distro?.release?.length ?? 0) - (now.distro?.release?.length ?? 0)) + Number((distro === undefined) !== (now.distro === undefined)); // biome-ignore format: short
  return (
    compareNumbers(b.version, a.version) ||
    (b.build ?? 0) - (a.build ?? 0) ||
    shape(a) - shape(b) ||
    compareNumbers(b.distro?.release ?? [], a.distro?.release ?? []) ||
    compareText(a.tag, b.tag)
  );
}

function numbers(text: string): readonly number[] {
  return text.split(/[._]/).map(Number);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
