import { createHash } from 'node:crypto';
import { PlimsollError } from '../util/errors.ts';
import { readXml } from '../util/xml/index.ts';
import type { Mirror } from './types.ts';

/** A file that a repository's repomd.xml names. */
interface Named {
  readonly href: string;
  readonly algorithm: string;
  readonly checksum: string;
}

const CHECKSUMS: Readonly<Record<string, string>> = { sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' };
const MAX_UPDATEINFO = 256 * 1024 * 1024;
const MAX_REPOMD = 4 * 1024 * 1024;

/**
 * Mirrors the updateinfo of the repository at `base` as `folder/updateinfo.xml` with its extension, once its checksum is the one
 * that repomd.xml names; it is fetched again only where that has changed. False where there is no such repository, or it has no
 * updateinfo. Source: the format of `createrepo_c`, repomd.xml.
 *
 * @throws PlimsollError feed-malformed
 */
export async function mirrorUpdateinfo(mirror: Mirror, upstream: string, base: string, folder: string): Promise<boolean> {
  const index = `${base}repodata/repomd.xml`;
  const bytes = await mirror.get(index, { limit: MAX_REPOMD });
  if (bytes === undefined) return false;
  const named = updateinfoIn(bytes.toString('utf8'));
  if (typeof named === 'string') throw new PlimsollError('feed-malformed', { upstream, file: index, detail: named });
  if (named === undefined) return false;
  const extension = /\.xml(?:\.(?:gz|zst|bz2|xz))?$/.exec(named.href)?.[0] ?? '';
  const name = `${folder}/updateinfo${extension}`;
  const cursor = `checksum:${folder}`;
  if (mirror.recall(cursor) === named.checksum && mirror.names().includes(name)) return true;
  const address = `${base}${named.href}`;
  const content = await mirror.get(address, { limit: MAX_UPDATEINFO });
  const found = content && createHash(named.algorithm).update(content).digest('hex');
  if (content === undefined || found !== named.checksum) {
    const detail = content === undefined ? 'repomd.xml names it, and it is not there' : `its checksum is ${found}, not ${named.checksum}`;
    throw new PlimsollError('feed-malformed', { upstream, file: address, detail });
  }
  mirror.write(name, content);
  mirror.remember(cursor, named.checksum);
  for (const other of mirror.names()) if (other !== name && other.startsWith(`${folder}/updateinfo.`)) mirror.remove(other);
  return true;
}

/** Undefined where the repository has none; why repomd.xml is none where it is a text. */
function updateinfoIn(document: string): Named | string | undefined {
  let kind = '';
  let text = '';
  let type = '';
  let href = '';
  let checksum = '';
  const wrong = readXml(document, {
    open(name, attributes) {
      text = '';
      if (name === 'data') kind = attributes.type ?? '';
      if (kind !== 'updateinfo') return;
      if (name === 'checksum') type = attributes.type ?? '';
      if (name === 'location') href = attributes.href ?? '';
    },
    text(part) {
      text += part;
    },
    close(name) {
      if (kind === 'updateinfo' && name === 'checksum') checksum = text.toLowerCase();
      if (name === 'data') kind = '';
    },
  });
  if (wrong !== undefined) return wrong;
  if (href === '') return undefined;
  const algorithm = CHECKSUMS[type];
  if (algorithm === undefined || !/^[0-9a-f]{64,128}$/.test(checksum))
    return `no checksum of updateinfo that counts (${type.slice(0, 20)})`;
  if (!/^repodata\/[\w.-]+$/.test(href)) return `a place outside the repository: ${href.slice(0, 100)}`;
  return { href, algorithm, checksum };
}
