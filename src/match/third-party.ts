import type { Distro, Package } from '../model/index.ts';

/** A sign that a package of the system's package manager was not built by the distribution. */
interface Sign {
  /** Who built it, for the reader. */
  readonly builder: string;
  readonly version?: RegExp;
  readonly maintainer?: RegExp;
}

/**
 * Positive signs only: Debian's maintainers are people with any mail address (`@google.com` and `@canonical.com` among
 * them), so an unknown address proves nothing. Version marks and maintainers are those of the vendors' own repositories.
 */
const SIGNS: readonly Sign[] = [
  { builder: 'PostgreSQL (apt.postgresql.org)', version: /\.pgdg(\d|\+|$)/ },
  { builder: 'deb.sury.org', version: /\+0~\d{8}\.\d+\+(debian|ubuntu)\d|\+deb\.sury\.org\+/ },
  { builder: 'NodeSource', version: /nodesource\d*$/, maintainer: /@nodesource\.com>/ },
  { builder: 'Raspberry Pi OS', version: /\+rp[it]\d/ },
  { builder: 'Devuan', version: /\+devuan\d|devuan\d+$/ },
  { builder: 'Linux Mint', version: /\+mint\d|mint\d+$/, maintainer: /@linuxmint\.com>/ },
  { builder: 'a personal package archive (Launchpad)', version: /~ppa\d*~|\+(trusty|xenial|bionic|focal|jammy|noble)\d+$/ },
  { builder: 'Docker', version: /-\d+~(debian|ubuntu|raspbian)\.\d+(\.\d+)?~[a-z]+$/, maintainer: /@docker\.com>|<help@containerd\.io>/ },
  { builder: 'NGINX (nginx.org)', maintainer: /nginx-packaging@(f5|nginx)\.com>|@nginx\.com>/ },
  { builder: 'MariaDB (mariadb.org)', version: /\+maria~/, maintainer: /@mariadb\.(org|com)>.*$/ },
  { builder: 'MySQL (mysql.com)', maintainer: /mysql-build@oss\.oracle\.com>/ },
  { builder: 'Percona', maintainer: /@percona\.com>/ },
  { builder: 'MongoDB', maintainer: /@mongodb\.com>/ },
  { builder: 'Redis (packages.redis.io)', version: /rl\d+~[a-z]+\d*$/, maintainer: /@(redis|redislabs)\.com>/ },
  { builder: 'HashiCorp', maintainer: /@hashicorp\.com>/ },
  { builder: 'Elastic', maintainer: /<(infra|info|dev_ops)@elastic\.co>/ },
  { builder: 'Google', maintainer: /^Chrome Linux Team|cloudsdk[\w-]*@google\.com>|^Google LLC|^Bazel Team/ },
  { builder: 'Microsoft', maintainer: /^Microsoft\b|<(nugetaspnet|dotnet\w*|msodbc\w*|gitbot)@microsoft\.com>/ },
  { builder: 'GitHub', maintainer: /^GitHub\b.*@github\.com>/ },
  { builder: 'GitLab', maintainer: /^GitLab,? Inc/ },
  { builder: 'Grafana', maintainer: /@grafana\.com>/ },
  { builder: 'Datadog', maintainer: /<package@datadoghq\.com>/ },
  { builder: 'Kubernetes (pkgs.k8s.io)', maintainer: /^Kubernetes Authors|@kubernetes\.io>/ },
  { builder: 'NVIDIA', maintainer: /<(cudatools|libnvidia-container|cuda-installer)@nvidia\.com>|^NVIDIA\b.*@nvidia\.com>/ },
  { builder: 'Eclipse Adoptium', maintainer: /<(adoptium-dev@eclipse\.org|adoptopenjdk.*)>/ },
  { builder: 'Azul', maintainer: /@azul(systems)?\.com>/ },
  { builder: 'Amazon Corretto', maintainer: /corretto[\w-]*@amazon\.com>/ },
  { builder: 'Yarn', maintainer: /<yarn@dan\.cx>/ },
  { builder: 'Confluent', maintainer: /@confluent\.io>/ },
  { builder: 'ClickHouse', maintainer: /@clickhouse\.com>/ },
  { builder: 'InfluxData', maintainer: /@influxdata\.com>/ },
  { builder: 'Cloudflare', maintainer: /^Cloudflare\b.*@cloudflare\.com>/ },
  { builder: 'deb-multimedia.org', version: /-dmo\d+/, maintainer: /@deb-multimedia\.org>/ },
  { builder: 'sgerrand (glibc for Alpine)', maintainer: /@sgerrand\.com>/ },
];

/** Who built the package where that is not the distribution; undefined where nothing says so. */
export function thirdPartyBuilder(pkg: Package, distro: Distro): string | undefined {
  if (pkg.origin && !isOwnOrigin(pkg.origin, distro)) return pkg.origin;
  const sign = SIGNS.find(({ version, maintainer }) => version?.test(pkg.version) || (pkg.maintainer && maintainer?.test(pkg.maintainer)));
  return sign?.builder;
}

/** The distribution's name (dpkg Origin, rpm Vendor), or a mirror of it (`https://mirror.example/alpine/v3.20/main`, the URL of a tagged apk repository). */
function isOwnOrigin(origin: string, distro: Distro): boolean {
  const names = [distro.id, ...(distro.idLike ?? []), ...(distro.id === 'rhel' ? ['red hat'] : [])];
  const text = origin.toLowerCase();
  if (!/^https?:\/\//.test(text)) return names.some((name) => text.includes(name));
  const { hostname, pathname } = new URL(text);
  return hostname.endsWith('alpinelinux.org') || names.some((name) => new RegExp(`^/((pub|mirrors?|linux)/)*${name}/`).test(pathname));
}
