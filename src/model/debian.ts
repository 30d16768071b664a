/** Debian's releases by codename; the last ones are not released yet. Source: https://www.debian.org/releases/ */
const RELEASES: Readonly<Record<string, string>> = {
  woody: '3.0',
  sarge: '3.1',
  etch: '4.0',
  lenny: '5.0',
  squeeze: '6.0',
  wheezy: '7',
  jessie: '8',
  stretch: '9',
  buster: '10',
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
  duke: '15',
};

/** Version of the release with this codename; undefined for `sid`, which is never released, and for unknown ones. */
export function debianVersionOf(codename: string | undefined): string | undefined {
  return codename !== undefined && Object.hasOwn(RELEASES, codename) ? RELEASES[codename] : undefined;
}
