import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { missing } from '../programs.ts';
import { makeCertificates } from './certificates.ts';

const PROGRAMS = ['docker-registry', 'htpasswd', 'openssl'];

/** The programs that are not installed: Debian's docker-registry, apache2-utils, openssl. */
export function missingPrograms(): readonly string[] {
  return missing(...PROGRAMS);
}

export interface DebianRegistry {
  /** `127.0.0.1:1234`. */
  readonly host: string;
  /** PEM of the authority that signed its certificate. */
  readonly ca: string;
  close(): Promise<void>;
}

/** The reference implementation with TLS by an authority of its own and basic authentication; files below `folder`. */
export async function startDebianRegistry(folder: string, username: string, password: string): Promise<DebianRegistry> {
  makeCertificates(folder);
  const hash = execFileSync('htpasswd', ['-Bbn', username, password], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  writeFileSync(join(folder, 'htpasswd'), hash);
  const host = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(folder, 'config.yml'), configuration(folder, host));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: ['ignore', 'pipe', 'pipe'] });
  await listening(child);
  return {
    host,
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    close: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

/** JSON is YAML. Source: distribution, "Configuring a registry". */
function configuration(folder: string, addr: string): string {
  return JSON.stringify({
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'storage') } },
    http: { addr, secret: 'test', tls: { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') } },
    auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (text: Buffer) => {
      log += text;
      if (log.includes('listening on')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`docker-registry ended: ${log.slice(-2000)}`)));
  });
}
