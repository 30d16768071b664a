import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { type Measured, runCommand } from './measure.ts';

export interface Peer {
  cold(layout: string): Promise<Measured>;
  /** After a cold one on the same image. */
  warm(layout: string): Promise<Measured>;
  close(): void;
}

/**
 * A Trivy binary that somebody built, over a copy of the database in `data` (`trivy.db.gz`, `trivy-metadata.json`), in folders of
 * its own. Its index of jars by checksum is empty, as there is none to be had without a network: that can only make it quicker.
 */
export function trivyPeer(binary: string, data: string, scanners = 'vuln'): Peer {
  const cache = mkdtempSync(join(tmpdir(), 'plimsoll-bench-trivy-'));
  mkdirSync(join(cache, 'db'));
  const packed = join(data, 'trivy.db.gz');
  writeFileSync(
    join(cache, 'db', 'trivy.db'),
    existsSync(packed) ? gunzipSync(readFileSync(packed)) : readFileSync(join(data, 'trivy.db')),
  );
  writeFileSync(join(cache, 'db', 'metadata.json'), readFileSync(join(data, 'trivy-metadata.json')));
  emptyJavaIndex(join(cache, 'java-db'));
  const scan = (layout: string): Promise<Measured> =>
    runCommand(binary, [
      'image',
      ...['--input', layout, '--cache-dir', cache, '--scanners', scanners, '--format', 'json', '--quiet'],
      ...['--skip-db-update', '--skip-java-db-update', '--offline-scan', '--skip-version-check'],
    ]);
  return {
    cold(layout) {
      rmSync(join(cache, 'fanal'), { recursive: true, force: true });
      return scan(layout);
    },
    warm: scan,
    close: () => rmSync(cache, { recursive: true, force: true }),
  };
}

/** The tables that it asks. Source: aquasecurity/trivy-java-db, pkg/db/db.go. */
function emptyJavaIndex(folder: string): void {
  mkdirSync(folder);
  const index = new DatabaseSync(join(folder, 'trivy-java.db'));
  index.exec('CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT)');
  index.exec('CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT)');
  index.close();
  const [now, never] = [new Date().toISOString(), '2100-01-01T00:00:00Z'];
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify({ Version: 1, NextUpdate: never, UpdatedAt: now, DownloadedAt: now }));
}
