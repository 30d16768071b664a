import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An authority and what it has signed, as PEM files in `folder`: `ca.pem`, `server.pem` with `server.key` for 127.0.0.1, localhost and
 * registry.example, `client.pem` with `client.key`. Needs openssl.
 */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test Authority');
  const signed = (name: string, extensions: string): void => {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(join(folder, `${name}.ext`), `${extensions}\n`);
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...authority, '-out', `${name}.pem`, '-extfile', `${name}.ext`);
  };
  signed('server', 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:registry.example');
  signed('client', 'extendedKeyUsage=clientAuth');
}
