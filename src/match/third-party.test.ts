import { describe, expect, it } from 'vitest';
import { ALPINE_320, DEBIAN_12, osPackage } from '../../testing/fixtures/inventory.ts';
import { thirdPartyBuilder } from './third-party.ts';

const deb = (version: string, maintainer?: string, origin?: string) =>
  thirdPartyBuilder(osPackage('deb', 'x', version, { ...(maintainer ? { maintainer } : {}), ...(origin ? { origin } : {}) }), DEBIAN_12);

/** Versions and maintainers as the vendors' own repositories state them. */
describe("other people's packages", () => {
  it.each([
    ['NodeSource', '18.20.4-1nodesource1', 'NSolid <nsolid-gpg@nodesource.com>'],
    ['PostgreSQL (apt.postgresql.org)', '16.2-1.pgdg120+2', 'Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>'],
    ['deb.sury.org', '8.2.16-1+0~20240216.36+debian12~1.gbpe7b0ab', 'Debian PHP Maintainers <team+pkg-php@tracker.debian.org>'],
    ['Docker', '5:25.0.3-1~debian.12~bookworm', 'Docker <support@docker.com>'],
    ['Docker', '1.6.28-1', 'Containerd team <help@containerd.io>'],
    ['NGINX (nginx.org)', '1.25.4-1~bookworm', 'NGINX Packaging <nginx-packaging@f5.com>'],
    ['MariaDB (mariadb.org)', '1:11.2.2+maria~deb12', 'MariaDB Developers <maria-developers@lists.launchpad.net>'],
    ['MySQL (mysql.com)', '8.0.36-1debian12', 'MySQL Release Engineering <mysql-build@oss.oracle.com>'],
    ['Microsoft', '8.0.2-1', 'Microsoft Corporation <dotnetpackages@microsoft.com>'],
    ['HashiCorp', '1.7.4-1', 'HashiCorp <hello@hashicorp.com>'],
    ['Elastic', '8.12.2', 'Elasticsearch Team <info@elastic.co>'],
    ['Google', '122.0.6261.69-1', 'Chrome Linux Team <chromium-dev@chromium.org>'],
    ['Redis (packages.redis.io)', '6:7.2.4-1rl1~bookworm1', 'Redis Core Team <redis@redis.com>'],
    ['Grafana', '10.3.3', 'Grafana Labs <contact@grafana.com>'],
    ['GitLab', '16.9.1-ce.0', 'GitLab, Inc. <support@gitlab.com>'],
  ])('%s %s', (builder, version, maintainer) => {
    expect(deb(version, maintainer)).toBe(builder);
  });

  it('believes an Origin that names somebody else', () => {
    expect(deb('1.0', undefined, 'Acme')).toBe('Acme');
    const pinned = osPackage('apk', 'x', '1-r0', { origin: 'https://packages.example.com/alpine-extras' });
    expect(thirdPartyBuilder(pinned, ALPINE_320)).toBe('https://packages.example.com/alpine-extras');
  });
});

/** Debian's maintainers write from anywhere; versions of backports, security and binary rebuilds are its own. */
describe("the distribution's own packages", () => {
  it.each([
    ['3.9.1-2', 'Brandon Weeks <bweeks@google.com>'],
    ['20230522.00-1', 'Google Cloud Team <gce-team@google.com>'],
    ['1.7-1', 'Nazia <someone@microsoft.com>'],
    ['15.6-0+deb12u1', 'Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>'],
    ['6.6.13-1~bpo12+1', 'Debian Kernel Team <debian-kernel@lists.debian.org>'],
    ['1.22.1-9', 'Debian Nginx Maintainers <pkg-nginx-maintainers@alioth-lists.debian.net>'],
    ['20.10.24+dfsg1-1+b3', 'Debian Go Packaging Team <team+pkg-go@tracker.debian.org>'],
    ['5:7.0.15-1~deb12u1', 'Chris Lamb <lamby@debian.org>'],
    ['1:10.11.6-0+deb12u1', 'Debian MySQL Maintainers <pkg-mysql-maint@lists.alioth.debian.org>'],
  ])('%s of %s', (version, maintainer) => {
    expect(deb(version, maintainer)).toBeUndefined();
  });

  it('knows mirrors of a distribution', () => {
    const origin = 'https://mirror.example.com/pub/alpine/edge/community';
    expect(thirdPartyBuilder(osPackage('apk', 'x', '1-r0', { origin }), ALPINE_320)).toBeUndefined();
    expect(deb('1', undefined, 'Debian')).toBeUndefined();
  });
});
