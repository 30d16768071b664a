import type { LayerCache } from '../../cache/types.ts';
import { maskSecrets } from '../../checks/mask.ts';
import type { Target } from '../../image/types.ts';
import type { ChecksReport } from '../../model/index.ts';
import type { LayerPass } from '../inventory/layer-pass.ts';
import { lint } from '../lint.ts';
import { ChecksPass } from './checks-pass.ts';
import { settleChecks } from './settle.ts';

/** Looks at how one target is made. */
export interface CheckingOne {
  /** To be run with the reading of the target; absent where nothing but its own files is looked at. */
  readonly pass?: LayerPass;
  /** To be called when all layers were read. */
  finish(): Promise<ChecksReport | undefined>;
}

/** An image or a root file system is judged by what is in it, somebody's project by its Dockerfiles and manifests. */
export function checkTarget(target: Target, cache: LayerCache | undefined, now: Date): CheckingOne {
  if (target.kind === 'sbom') return { finish: async () => undefined };
  if (target.kind === 'tree' && target.info.kind === 'dir') return { finish: () => checkFolder(target.root) };
  const pass = new ChecksPass(cache, { mask: maskSecrets });
  const finish = async (): Promise<ChecksReport> => {
    const { info } = target;
    const infos = target.kind === 'image' ? target.layers.map((layer) => layer.info) : [];
    return settleChecks({ layers: pass.layers, infos, target: info, ...(target.kind === 'image' ? { config: target.config } : {}), now });
  };
  return { pass, finish };
}

async function checkFolder(root: string): Promise<ChecksReport> {
  const nothing = (async function* () {})();
  const { checks } = await lint({ paths: ['.'], cwd: root, stdin: nothing });
  return checks;
}
