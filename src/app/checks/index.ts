import type { LayerCache } from '../../cache/types.ts';
import { maskSecrets } from '../../checks/mask.ts';
import type { Target } from '../../image/types.ts';
import type { ChecksReport, Gap } from '../../model/index.ts';
import type { LayerPass } from '../inventory/layer-pass.ts';
import { ChecksPass } from './checks-pass.ts';
import { settleChecks } from './settle.ts';

/** Looks at how one target is made. */
export interface CheckingOne {
  /** To be run with the reading of the target; absent where nothing but its own files is looked at. */
  readonly pass?: LayerPass;
  /** To be called when all layers were read. */
  finish(): Promise<Checked>;
}

export interface Checked {
  /** Absent for documents, of which nobody knows how they are made. */
  readonly checks?: ChecksReport;
  /** What could not be read. */
  readonly gaps: readonly Gap[];
}

/** An image or a root file system is judged by what is in it, somebody's project by its Dockerfiles and manifests. */
export function checkTarget(target: Target, cache: LayerCache | undefined, now: Date): CheckingOne {
  if (target.kind === 'sbom') return { finish: async () => ({ gaps: [] }) };
  if (target.kind === 'tree' && target.info.kind === 'dir') {
    return { finish: async () => (await import('../lint/index.ts')).lint({ paths: ['.'], cwd: target.root }) };
  }
  const pass = new ChecksPass(cache, { mask: maskSecrets });
  const finish = async (): Promise<Checked> => {
    const { info } = target;
    const infos = target.kind === 'image' ? target.layers.map((layer) => layer.info) : [];
    const config = target.kind === 'image' ? { config: target.config } : {};
    const checks = settleChecks({ layers: pass.layers, infos, target: info, ...config, now });
    return { checks, gaps: pass.layers.flatMap((layer) => layer.gaps) };
  };
  return { pass, finish };
}
