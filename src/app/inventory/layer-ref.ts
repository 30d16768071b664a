import type { LayerRef } from '../../model/index.ts';

/** What a package or a finding says of its layer. */
export function layerRef({ index, digest, diffId, createdBy }: LayerRef): LayerRef {
  return { index, digest, ...(diffId === undefined ? {} : { diffId }), ...(createdBy === undefined ? {} : { createdBy }) };
}
