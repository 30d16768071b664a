import { hidingLayers, type LayerShadow } from '../../image/merge/index.ts';

interface ReadLayer {
  /** Absent for folders. */
  readonly shadow?: LayerShadow;
}

type Facts = readonly { readonly path: string }[];

/** A fact with the index of the layer that it is of. */
export interface PlacedFact<T> {
  readonly fact: T;
  readonly layer: number;
}

type Kinds<L> = Readonly<Record<string, (layer: L) => Facts>>;
type Visible<F extends Kinds<never>> = { readonly [N in keyof F]: readonly PlacedFact<ReturnType<F[N]>[number]>[] };

/**
 * Of each kind of facts of layers those that the final file system has, in the layers' order. Layers are bottom first; a folder is one
 * without a shadow. What layers hide is read once for all kinds: it takes longer than all else.
 */
export function visibleFacts<L extends ReadLayer, F extends Kinds<L>>(layers: readonly L[], kinds: F & Kinds<L>): Visible<F> {
  const named = Object.entries(kinds);
  const all = named.flatMap(([kind, of]) =>
    layers.flatMap((read, layer) => of(read).map((fact) => ({ kind, fact, path: fact.path, layer }))),
  );
  const shadows = layers.flatMap(({ shadow }) => shadow ?? []);
  const hiding = shadows.length === 0 ? [] : hidingLayers(shadows, all);
  const seen = Map.groupBy(
    all.filter((_, i) => hiding[i] === undefined),
    ({ kind }) => kind,
  );
  return Object.fromEntries(named.map(([kind]) => [kind, seen.get(kind) ?? []])) as unknown as Visible<F>;
}
