import type { Ecosystem } from './advisory.ts';

/**
 * OSV's name for an Ubuntu release (`22.04`): `Ubuntu:22.04:LTS`, `Ubuntu:23.10`, and `Ubuntu:Pro:22.04:LTS` for what only
 * subscribers get (ESM). Source: OSV schema, "Ubuntu".
 */
export function ubuntuEcosystem(release: string, archive: 'public' | 'pro'): Ecosystem {
  return `${archive === 'pro' ? PRO : 'Ubuntu:'}${release}${isLts(release) ? ':LTS' : ''}`;
}

/** True for the archives of Ubuntu Pro. */
export function isUbuntuPro(ecosystem: Ecosystem): boolean {
  return ecosystem.startsWith(PRO);
}

const PRO = 'Ubuntu:Pro:';

/** The release of April in every even year since 2008, and the one that came late in 2006. Source: wiki.ubuntu.com/Releases. */
function isLts(release: string): boolean {
  const [year = '', month] = release.split('.');
  return release === '6.06' || (month === '04' && Number(year) >= 8 && Number(year) % 2 === 0);
}

/** The release with a code name (`jammy`, the first word of it in lower case): `22.04`. */
export function ubuntuReleaseOf(codename: string): string | undefined {
  return Object.hasOwn(RELEASES, codename) ? RELEASES[codename] : undefined;
}

/** Source: https://wiki.ubuntu.com/Releases */
const RELEASES: Readonly<Record<string, string>> = {
  dapper: '6.06',
  edgy: '6.10',
  feisty: '7.04',
  gutsy: '7.10',
  hardy: '8.04',
  intrepid: '8.10',
  jaunty: '9.04',
  karmic: '9.10',
  lucid: '10.04',
  maverick: '10.10',
  natty: '11.04',
  oneiric: '11.10',
  precise: '12.04',
  quantal: '12.10',
  raring: '13.04',
  saucy: '13.10',
  trusty: '14.04',
  utopic: '14.10',
  vivid: '15.04',
  wily: '15.10',
  xenial: '16.04',
  yakkety: '16.10',
  zesty: '17.04',
  artful: '17.10',
  bionic: '18.04',
  cosmic: '18.10',
  disco: '19.04',
  eoan: '19.10',
  focal: '20.04',
  groovy: '20.10',
  hirsute: '21.04',
  impish: '21.10',
  jammy: '22.04',
  kinetic: '22.10',
  lunar: '23.04',
  mantic: '23.10',
  noble: '24.04',
  oracular: '24.10',
  plucky: '25.04',
  questing: '25.10',
  resolute: '26.04',
};
