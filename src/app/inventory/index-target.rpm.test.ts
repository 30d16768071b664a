import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { writeTar } from '../../../testing/image-builder/index.ts';
import { imageOf } from '../../../testing/layers.ts';
import { rpmHeader, sqliteDatabase } from '../../../testing/rpm-databases.ts';
import { indexTarget } from './index-target.ts';

const UBI =
  'NAME="Red Hat Enterprise Linux"\nID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\nCPE_NAME="cpe:/o:redhat:enterprise_linux:9::baseos"\n';
const DATABASE = 'var/lib/rpm/rpmdb.sqlite';

const header = (name: string, version: string, description = ''): Buffer =>
  rpmHeader({
    1000: { text: name },
    1001: { text: version },
    1002: { text: '1.el9' },
    1003: { int32: [1] },
    1005: { text: description },
    1022: { text: 'x86_64' },
  });

describe('an image of an rpm distribution', () => {
  it('has packages with whole purls, the layers that brought them, and the repositories it names', async () => {
    const base = writeTar([
      { path: 'etc/os-release', content: UBI },
      { path: DATABASE, content: sqliteDatabase([header('openssl', '3.0.7')]) },
      { path: 'root/buildinfo/content_manifests/ubi9.json', content: '{"content_sets":["rhel-9-for-x86_64-baseos-rpms"]}' },
    ]);
    const upper = writeTar([
      { path: DATABASE, content: sqliteDatabase([header('openssl', '3.0.7'), header('httpd', '2.4')]) },
      { path: 'root/buildinfo/content_manifests/httpd.json', content: '{"content_sets":["rhel-9-for-x86_64-appstream-rpms"]}' },
    ]);
    const inventory = await indexTarget(imageOf(base, upper));
    expect(inventory.gaps).toEqual([]);
    expect(inventory.repositories).toEqual(['rhel-9-for-x86_64-appstream-rpms', 'rhel-9-for-x86_64-baseos-rpms']);
    expect(inventory.packages.map(({ purl, layer, version }) => [purl, version, layer?.index])).toEqual([
      ['pkg:rpm/redhat/httpd@2.4-1.el9?arch=x86_64&distro=rhel-9.4&epoch=1', '1:2.4-1.el9', 1],
      ['pkg:rpm/redhat/openssl@3.0.7-1.el9?arch=x86_64&distro=rhel-9.4&epoch=1', '1:3.0.7-1.el9', 0],
    ]);
  });

  it('may have a database so large that it is read from disk', async () => {
    const headers = Array.from({ length: 300 }, (_, i) => header(`p${i}`, '1', 'long '.repeat(16_000 + i)));
    const database = sqliteDatabase(headers);
    expect(database.length).toBeGreaterThan(20e6);
    const { packages, gaps } = await indexTarget(imageOf(writeTar([{ path: DATABASE, content: database }])));
    expect(gaps).toEqual([]);
    expect(packages.length).toBe(300);
  });

  it('says so where changes are in the write-ahead log alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
    const path = join(folder, 'rpmdb.sqlite');
    const database = new DatabaseSync(path);
    database.exec(
      "PRAGMA journal_mode = WAL; CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY, blob BLOB); PRAGMA wal_checkpoint(TRUNCATE)",
    );
    database.prepare("INSERT INTO 'Packages' (blob) VALUES (?)").run(header('unseen', '1'));
    const files = [path, `${path}-wal`].map((from) => ({
      path: `var/lib/rpm/${from.slice(folder.length + 1)}`,
      content: readFileSync(from),
    }));
    database.close();
    rmSync(folder, { recursive: true });
    const { packages, gaps } = await indexTarget(imageOf(writeTar(files)));
    expect(packages).toEqual([]);
    expect(gaps).toMatchObject([{ code: 'unsupported', path: `${DATABASE}-wal`, stage: 'os/rpm', incomplete: true }]);
    const [saved] = files;
    const checkpointed = await indexTarget(imageOf(writeTar([saved!, { path: `${DATABASE}-wal`, content: '' }])));
    expect(checkpointed.gaps).toEqual([]);
    // An upper layer that wrote it all into the database.
    const later = await indexTarget(imageOf(writeTar(files), writeTar([saved!, { path: `${DATABASE}-wal`, content: '' }])));
    expect(later.gaps).toEqual([]);
  });
});
