import { createHash } from 'node:crypto';
import type { BuiltImage, BuiltIndex } from '../image-builder/index.ts';

export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** What the registry holds: blobs and manifests by digest, tags, a repository each. */
export class Content {
  readonly #repositories = new Map<
    string,
    { blobs: Map<string, Buffer>; manifests: Map<string, StoredManifest>; tags: Map<string, string> }
  >();

  has(repository: string): boolean {
    return this.#repositories.has(repository);
  }

  blob(repository: string, digest: string): Buffer | undefined {
    return this.#repositories.get(repository)?.blobs.get(digest);
  }

  putBlob(repository: string, bytes: Buffer, digest: string = digestOf(bytes)): void {
    this.#repository(repository).blobs.set(digest, bytes);
  }

  manifest(repository: string, reference: string): (StoredManifest & { readonly digest: string }) | undefined {
    const stored = this.#repositories.get(repository);
    const digest = reference.includes(':') ? reference : stored?.tags.get(reference);
    const manifest = digest === undefined ? undefined : stored?.manifests.get(digest);
    return manifest === undefined || digest === undefined ? undefined : { ...manifest, digest };
  }

  putManifest(repository: string, reference: string, bytes: Buffer, mediaType: string): string {
    const digest = digestOf(bytes);
    const stored = this.#repository(repository);
    stored.manifests.set(digest, { bytes, mediaType });
    if (!reference.includes(':')) stored.tags.set(reference, digest);
    return digest;
  }

  /** Descriptors of the manifests with this subject. Source: OCI distribution specification 1.1, "Listing Referrers". */
  referrers(repository: string, digest: string): readonly object[] {
    return [...(this.#repositories.get(repository)?.manifests ?? [])].flatMap(([own, { bytes, mediaType }]) => {
      const { subject, artifactType, annotations, config } = JSON.parse(bytes.toString());
      if (subject?.digest !== digest) return [];
      return [{ mediaType, digest: own, size: bytes.length, artifactType: artifactType ?? config?.mediaType, annotations }];
    });
  }

  tags(repository: string): readonly string[] {
    return [...(this.#repositories.get(repository)?.tags.keys() ?? [])].sort();
  }

  /** An image of the builder, or an index with all its images, under a tag. */
  putImage(repository: string, tag: string, image: BuiltImage | BuiltIndex): void {
    for (const [digest, bytes] of image.blobs) {
      const type = manifestType(bytes);
      if (type === undefined) this.putBlob(repository, bytes, digest);
      else this.putManifest(repository, digest, bytes, type);
    }
    this.putManifest(repository, tag, image.blobs.get(image.descriptor.digest)!, image.descriptor.mediaType);
  }

  #repository(name: string) {
    const stored = this.#repositories.get(name) ?? { blobs: new Map(), manifests: new Map(), tags: new Map() };
    this.#repositories.set(name, stored);
    return stored;
  }
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Manifests and indexes of the builder say what they are. */
function manifestType(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x7b) return undefined;
  const json = JSON.parse(bytes.toString()) as { schemaVersion?: number; mediaType?: string };
  return json.schemaVersion === 2 ? json.mediaType : undefined;
}
