import { type BuiltImage, checkImage, type LayerFacts, type Visible } from '../../checks/image/index.ts';
import type { LayerShadow } from '../../image/merge/index.ts';
import type { ChecksReport, Gap, ImageConfig, LayerInfo, TargetInfo } from '../../model/index.ts';
import { layerRef } from '../inventory/layer-ref.ts';
import { type PlacedFact, visibleFacts } from '../inventory/visible-facts.ts';
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
  const refs = infos.map(layerRef);
  const withLayer = <T>({ fact, layer }: PlacedFact<T>): Visible<T> => ({ ...fact, ...(refs[layer] ? { layer: refs[layer] } : {}) });
  const { files, ...facts } = visibleFacts(layers, {
    modes: (layer: FactsOfLayer) => layer.modes,
    left: (layer) => layer.left,
    present: (layer) => layer.present,
    accounts: (layer) => layer.accounts,
    files: (layer) => layer.files,
  });
  const built: BuiltImage = {
    target,
    ...(config ? { config } : {}),
    modes: facts.modes.map(withLayer),
    left: facts.left.map(withLayer),
    present: facts.present.map(withLayer),
    accounts: facts.accounts.map(withLayer),
    now,
  };
  const inFiles = files.flatMap(({ fact, layer }) => {
    const ref = refs[layer];
    return fact.findings.map((finding) => (ref ? { ...finding, location: { ...finding.location, layer: ref } } : finding));
  });
  const findings = [...checkImage(built), ...inFiles].sort(worstFirst);
  return { findings, files: layers.reduce((sum, layer) => sum + layer.read, 0) };
}
