import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeServer, type Intercept, send, sendRange, startServer } from './registry/index.ts';

/** A web server that hands out the files of a folder, with ranges, below `/db/`. */
export function serveFolder(
  folder: string,
  intercept: Intercept = () => false,
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeServer> {
  return startServer((request, response) => {
    if (intercept(request, response)) return;
    const path = join(folder, new URL(request.url ?? '/', 'http://host').pathname.replace(/^\/db\//, ''));
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) sendRange(response, readFileSync(path), {});
    else send(response, 404, Buffer.from('not found'));
  }, tls);
}
