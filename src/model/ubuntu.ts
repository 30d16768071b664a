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
