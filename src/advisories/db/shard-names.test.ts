import { expect, it } from 'vitest';
import { shardFiles, shardOf } from './shard-names.ts';

it.each([
  ['npm', 'npm'],
  ['Debian:12', 'Debian:12'],
  ['Alpine:v3.20', 'Alpine:v3.20'],
  ['Ubuntu:22.04:LTS', 'Ubuntu:22.04:LTS'],
  ['Red Hat:enterprise_linux:8::appstream', 'Red Hat:8'],
  ['Red Hat:rhel_eus:8.6::baseos', 'Red Hat:8'],
  ['Red Hat:rhel_software_collections:3::el7', 'Red Hat:7'],
  ['Red Hat:jboss_enterprise_application_platform:7.4', 'Red Hat:other'],
  ['SUSE:Linux Enterprise Server 15 SP3-LTSS', 'SUSE:15'],
  ['openSUSE:Leap 15.6', 'openSUSE:Leap 15.6'],
])('%s is in %s', (ecosystem, shard) => {
  expect(shardOf(ecosystem)).toBe(shard);
});

it('gives every shard a plain file name of its own', () => {
  const files = shardFiles(['common', 'openSUSE:Leap 15.6', 'opensuse-leap-15.6', '../../etc/passwd', '::', 'Ünïcode']);
  expect([...files.values()]).toEqual([
    'common.tbl',
    'opensuse-leap-15.6.tbl',
    'opensuse-leap-15.6-2.tbl',
    'etc-passwd.tbl',
    'shard.tbl',
    'n-code.tbl',
  ]);
});
