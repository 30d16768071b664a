import type { ArchiveFile } from '../../oci/archive/file.ts';
import type { Bytes } from '../../util/bytes.ts';
import { decompress } from '../../util/compression/index.ts';
import { PlimsollError } from '../../util/errors.ts';
import type { SbomTarget } from '../types.ts';

/** The largest SBOM known has some 100 MB. */
const MAX_DOCUMENT = 2 ** 28;

export function sbomTarget(spec: string, file: ArchiveFile): SbomTarget {
  return {
    kind: 'sbom',
    info: { kind: 'sbom', spec, name: file.path },
    read: () => wholeDocument(file),
    close: () => file.close(),
  };
}

/** JSON, XML and tag-value begin so, white space, comments and a byte order mark aside. No archive does. */
const BEGINNING = /^\uFEFF?(?:\s*\{|\s*<(?:\?xml\s|!--|(?:\w+:)?bom\s)|(?:\s|#[^\n]*\n)*(?:SPDXVersion|SPDXID|DataLicense|DocumentName):)/;

/** True where a document begins that could be an SBOM. */
export async function looksLikeSbom(file: ArchiveFile): Promise<boolean> {
  for await (const chunk of decompress(file.stream(), { what: file.path })) return BEGINNING.test(chunk.toString('utf8', 0, 1024));
  return false;
}

async function wholeDocument(file: ArchiveFile): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of decompress(file.stream(), { what: file.path })) {
    size += chunk.length;
    if (size > MAX_DOCUMENT) throw new PlimsollError('sbom-too-large', { path: file.path, limit: MAX_DOCUMENT });
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
