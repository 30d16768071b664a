import type { Descriptor } from '../../model/index.ts';
import { MEDIA } from '../../oci/media-types.ts';
import { parseReference } from '../../oci/reference.ts';
import { openPusher, openRepository, type RegistryOptions } from '../../oci/registry/index.ts';
import { parseDocument } from '../../oci/schema.ts';
import { readVerified } from '../../oci/verify.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { MAX_ENTRY, type SharedStore } from './types.ts';

const ARTIFACT_TYPE = 'application/vnd.plimsoll.layer-results.v1';
const ENTRY_TYPE = 'application/vnd.plimsoll.layer-results.entry.v1';
const ENVELOPE_ANNOTATION = 'vnd.plimsoll.dsse';
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';
const EMPTY = Buffer.from('{}');

const ABSENT: ReadonlySet<string> = new Set(['registry-manifest-unknown', 'registry-repository-unknown']);

/**
 * Entries as OCI artifacts of one repository, each under a tag of its own. Source: OCI image specification 1.1, manifest.md,
 * "Guidelines for Artifact Usage".
 */
export function registryStore(text: string, options: RegistryOptions): SharedStore {
  const reference = parseReference(text);
  if (/:[^/]*$|@/.test(text.slice(text.indexOf('/') + 1)))
    throw new PlimsollError(
      'reference-invalid',
      { reference: text, reason: 'a cache is a repository, without tag' },
      { exitCode: EXIT.usage },
    );
  const repository = openRepository(reference, options);
  const pusher = openPusher(reference, options);
  return {
    name: repository.name,
    async get(tag) {
      try {
        const { digest: _, ...where } = reference;
        const descriptor = await repository.resolve({ ...where, tag });
        const what = `${repository.name}:${tag}`;
        const document = parseDocument(await repository.manifest(descriptor), what, descriptor.mediaType);
        if (document.kind === 'index' || document.artifactType !== ARTIFACT_TYPE) return undefined;
        const layer = document.layers[0];
        const envelope = layer?.annotations?.[ENVELOPE_ANNOTATION];
        if (layer === undefined || envelope === undefined) return undefined;
        return { envelope, entry: await readVerified(() => repository.blob(layer), layer, MAX_ENTRY, what) };
      } catch (error) {
        if (error instanceof PlimsollError && ABSENT.has(error.code)) return undefined;
        throw error;
      }
    },
    async put(tag, { envelope, entry }) {
      const config = await pusher.blob(EMPTY, EMPTY_TYPE);
      const layer: Descriptor = { ...(await pusher.blob(entry, ENTRY_TYPE)), annotations: { [ENVELOPE_ANNOTATION]: envelope } };
      const manifest = { schemaVersion: 2, mediaType: MEDIA.ociManifest, artifactType: ARTIFACT_TYPE, config, layers: [layer] };
      const bytes = Buffer.from(JSON.stringify(manifest));
      await pusher.manifest(bytes, MEDIA.ociManifest, tag);
    },
  };
}
