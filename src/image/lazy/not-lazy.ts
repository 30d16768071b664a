/**
 * Why a layer has to be read whole although lazy reading was asked for:
 * - `no-registry`: its source has no use for ranges: a layout, an archive, a daemon
 * - `no-table`: the manifest names no table of contents by its digest
 * - `no-ranges`: the registry sends whole blobs whatever range is asked for
 * - `bad-table`: the table is what the manifest names, but nothing that can be relied on
 * - `no-gain`: the wanted files and the table come to as many bytes as the layer
 */
export type WholeReason = 'no-registry' | 'no-table' | 'no-ranges' | 'bad-table' | 'no-gain';

/** Thrown where lazy reading ends before the layer is done; the whole layer is read instead, from the start. */
export class NotLazy extends Error {
  readonly reason: WholeReason;

  constructor(reason: WholeReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export function badTable(detail: string): NotLazy {
  return new NotLazy('bad-table', detail);
}
