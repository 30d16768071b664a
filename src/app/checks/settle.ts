import { type BuiltImage, checkImage, type LayerFacts, type Visible } from '../../checks/image/index.ts';
import { hidingLayers, type LayerShadow } from '../../image/merge/index.ts';
import type { ChecksReport, Gap, ImageConfig, LayerInfo, TargetInfo } from '../../model/index.ts';
import { layerRef } from '../inventory/packages.ts';
import { worstFirst } from './order.ts';

/** What the reading of one layer, or of a folder, told. */
export interface FactsOfLayer extends LayerFacts {
  readonly gaps: readonly Gap[];
  /** Absent for folders. */
  readonly shadow?: LayerShadow;
}

export interface SettlingChecks {
  /** Bottom first; a folder is one without a shadow. */
  readonly layers: readonly FactsOfLayer[];
  readonly infos: readonly LayerInfo[];
  readonly target: TargetInfo;
  /** Absent for folders. */
  readonly config?: ImageConfig;
  readonly now: Date;
}

/** What is wrong with how an image is made and with the configuration in it, of its final file system. Pure. */
export function settleChecks({ layers, infos, target, config, now }: SettlingChecks): ChecksReport {
  const visible = visibleIn(layers, infos);
  const built: BuiltImage = {
    target,
    ...(config ? { config } : {}),
    modes: visible((layer) => layer.modes),
    left: visible((layer) => layer.left),
    present: visible((layer) => layer.present),
    accounts: visible((layer) => layer.accounts),
    now,
  };
  const files = visible((layer) => layer.files);
  const inFiles = files.flatMap(({ findings, layer }) =>
    findings.map((finding) => (layer ? { ...finding, location: { ...finding.location, layer } } : finding)),
  );
  const findings = [...checkImage(built), ...inFiles].sort(worstFirst);
  return { findings, files: layers.reduce((sum, layer) => sum + layer.read, 0) };
}

type Facts<T> = (layer: FactsOfLayer) => readonly T[];

/** Tells which facts of any kind the final file system has, each with its layer. */
function visibleIn(layers: readonly FactsOfLayer[], infos: readonly LayerInfo[]) {
  const refs = infos.map(layerRef);
  const shadows = layers.flatMap(({ shadow }) => shadow ?? []);
  return <T extends { readonly path: string }>(of: Facts<T>): Visible<T>[] => {
    const all = layers.flatMap((layer, index) => of(layer).map((fact) => ({ fact, path: fact.path, layer: index })));
    const hiding = shadows.length === 0 ? [] : hidingLayers(shadows, all);
    return all.flatMap(({ fact, layer }, i) => {
      const ref = refs[layer];
      return hiding[i] === undefined ? [ref ? { ...fact, layer: ref } : fact] : [];
    });
  };
}
