import type { Descriptor } from '../model/index.ts';
import type { Bytes } from '../util/bytes.ts';
import { PlimsollError } from '../util/errors.ts';
import { parseDocument } from './schema.ts';
import type { BlobSource } from './source.ts';
import { readVerified } from './verify.ts';

/** Provenance with every step of a large build is some megabytes. */
const MAX_STATEMENT = 16 << 20;
const MAX_STATEMENTS = 8;
const PREDICATE = 'in-toto.io/predicate-type';
const IN_TOTO = 'application/vnd.in-toto+json';

/** Copies of one platform leave out what stands beside it. */
const ABSENT: ReadonlySet<string> = new Set([
  'blob-missing',
  'registry-blob-unknown',
  'registry-manifest-unknown',
  'containerd-blob-missing',
]);

/**
 * The statements on provenance in the attestation manifests, as stored; none where they were not copied. Source: BuildKit,
 * docs/attestations/attestation-storage.md.
 */
export async function statements(source: BlobSource, attestations: readonly Descriptor[]): Promise<readonly Bytes[]> {
  const found: Bytes[] = [];
  for (const descriptor of attestations) {
    const manifest = await here(async () =>
      parseDocument(await source.manifest(descriptor), `The attestation ${descriptor.digest} of ${source.name}`, descriptor.mediaType),
    );
    if (manifest?.kind !== 'manifest') continue;
    for (const layer of manifest.layers) {
      const provenance = layer.annotations?.[PREDICATE]?.startsWith('https://slsa.dev/provenance/');
      if (!provenance || layer.mediaType !== IN_TOTO || found.length >= MAX_STATEMENTS) continue;
      const what = `The provenance ${layer.digest} of ${source.name}`;
      const bytes = await here(() => readVerified(() => source.blob(layer), layer, MAX_STATEMENT, what));
      if (bytes) found.push(bytes);
    }
  }
  return found;
}

async function here<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PlimsollError && ABSENT.has(error.code)) return undefined;
    throw error;
  }
}
