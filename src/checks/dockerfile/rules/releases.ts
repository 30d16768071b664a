import { operands } from '../shell/calls.ts';
import { isInstall } from './apt.ts';
import { allCalls, ancestry, type DockerfileRule, inStage, rule } from './kit.ts';

/** A release of a distribution, its number, and the names of its images' tags. */
interface Release {
  readonly name: string;
  readonly image: 'debian' | 'ubuntu';
  readonly tags: readonly string[];
  /** When the distribution stopped to publish updates of it for everybody; absent: not at the time of writing. */
  readonly ended?: string;
}

const release = (image: Release['image'], name: string, tags: string, ended?: string): Release => ({
  name,
  image,
  tags: tags.split(' '),
  ...(ended === undefined ? {} : { ended }),
});

/** Ends of standard support: wiki.ubuntu.com/Releases and wiki.debian.org/LTS. */
const BUSTER = release('debian', 'Debian 10', '10 buster', '2024-06-30');
const BULLSEYE = release('debian', 'Debian 11', '11 bullseye', '2026-08-31');
const BOOKWORM = release('debian', 'Debian 12', '12 bookworm');
const TRIXIE = release('debian', 'Debian 13', '13 trixie');
const STRETCH = release('debian', 'Debian 9', '9 stretch', '2022-06-30');
const XENIAL = release('ubuntu', 'Ubuntu 16.04', '16.04 xenial', '2021-04-30');
const BIONIC = release('ubuntu', 'Ubuntu 18.04', '18.04 bionic', '2023-05-31');
const FOCAL = release('ubuntu', 'Ubuntu 20.04', '20.04 focal', '2025-05-31');
const JAMMY = release('ubuntu', 'Ubuntu 22.04', '22.04 jammy');
const NOBLE = release('ubuntu', 'Ubuntu 24.04', '24.04 noble');
const RELEASES = [STRETCH, BUSTER, BULLSEYE, BOOKWORM, TRIXIE, XENIAL, BIONIC, FOCAL, JAMMY, NOBLE];

/** Upstream versions that a release of Ubuntu has from its first day to its last, by packages.ubuntu.com; `-1ubuntu2` keeps those of Debian out. */
const UPSTREAM: Readonly<Record<string, readonly (readonly [string, Release])[]>> = {
  curl: [
    ['7.47.0-1ubuntu2', XENIAL],
    ['7.58.0-2ubuntu3', BIONIC],
    ['7.68.0-1ubuntu2', FOCAL],
    ['7.81.0-1ubuntu1', JAMMY],
    ['8.5.0-2ubuntu10', NOBLE],
  ],
  git: [
    ['1:2.7.4-0ubuntu1', XENIAL],
    ['1:2.17.1-1ubuntu0', BIONIC],
    ['1:2.25.1-1ubuntu3', FOCAL],
    ['1:2.34.1-1ubuntu1', JAMMY],
    ['1:2.43.0-1ubuntu7', NOBLE],
  ],
  wget: [
    ['1.17.1-1ubuntu1', XENIAL],
    ['1.19.4-1ubuntu2', BIONIC],
    ['1.20.3-1ubuntu2', FOCAL],
    ['1.21.2-2ubuntu1', JAMMY],
    ['1.21.4-1ubuntu4', NOBLE],
  ],
};
const SAME: Readonly<Record<string, string>> = { libcurl4: 'curl', 'libcurl4-openssl-dev': 'curl', 'git-man': 'git' };

/** The release that a version was made for; undefined where that is not certain. */
function releaseOf(name: string, version: string): Release | undefined {
  const debian = /(?:\+|~)deb(\d+)u\d+/.exec(version)?.[1];
  if (debian !== undefined) return RELEASES.find((one) => one.image === 'debian' && one.tags[0] === debian);
  const numbered = /~(\d\d\.\d\d)(?:\.\d+)?(?:$|[^\d.])/.exec(version)?.[1];
  if (numbered !== undefined && /ubuntu/.test(version)) return RELEASES.find((one) => one.tags[0] === numbered);
  const known = UPSTREAM[SAME[name] ?? name];
  return known?.find(([start]) => version === start || version.startsWith(`${start}.`) || version.startsWith(`${start}*`))?.[1];
}

/** A version of another release than the image is of, or of one that has ended: the archive has it no more, or nothing newer. */
const otherRelease = rule(
  'version-of-other-release',
  'low',
  [],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      if (!isInstall(call, 'apt-get', 'apt')) continue;
      const base = ancestry(stage).at(-1)?.resolved;
      const image = base?.name.replace(/^library\//, '');
      const tag = base?.tag?.split('-')[0] ?? '';
      const own = RELEASES.find((one) => one.image === image && (one.tags.includes(tag) || tag.startsWith(`${one.tags[0]}.`)));
      for (const word of operands(call, ['t', 'target-release'])) {
        const [name = '', version] = word.text.split(/=(.*)/s);
        const made = version === undefined ? undefined : releaseOf(name, version);
        if (!made || version === undefined) continue;
        const params = { package: name, version, release: made.name, ended: made.ended ?? '' };
        if (own && own !== made) report(word, { params: { ...params, image: base?.text ?? '' }, ...inStage(stage) });
        else if (!own && made.ended !== undefined) report(word, { params: { ...params, image: base?.text ?? '' }, ...inStage(stage) });
      }
    }
  },
  { references: ['https://wiki.ubuntu.com/Releases', 'https://wiki.debian.org/LTS'] },
);

/** The image's own release gets no fixes any more. */
const endedRelease = rule(
  'release-ended',
  'medium',
  [],
  (document, report) => {
    for (const stage of document.stages) {
      const { resolved, image: at, base } = stage;
      if (!resolved || !at || base || (resolved.registry !== undefined && resolved.registry !== 'docker.io')) continue;
      const name = resolved.name.replace(/^library\//, '');
      const tag = resolved.tag?.split('-')[0] ?? '';
      const found = RELEASES.find((one) => one.image === name && one.tags.includes(tag));
      if (found?.ended !== undefined) report(at, { params: { release: found.name, ended: found.ended }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.4'], references: ['https://wiki.ubuntu.com/Releases', 'https://wiki.debian.org/LTS'] },
);

export const releaseRules: readonly DockerfileRule[] = [otherRelease, endedRelease];
