import type { LayerCache } from '../../cache/types.ts';
import type { ContentTarget, Target } from '../../image/types.ts';
import type { Gap, Inventory, ReportWarning, SecretFinding, SecretsReport } from '../../model/index.ts';
import type { FoundSecret, SecretScanner } from '../../secrets/types.ts';
import { readFor, withGaps } from '../inventory/layer-pass.ts';
import { familyVersion } from '../inventory/packages-version.ts';
import type { ConfigSecret } from './configuration.ts';
import { lookedAt } from './known-configuration.ts';
import type { Liveness } from './liveness.ts';
import { SecretsPass } from './secrets-pass.ts';
import { countsOf, settleSecrets } from './settle.ts';

/** What decides which secrets are told. */
export interface LookerOptions {
  readonly scanner: SecretScanner;
  /** Instead of the scanner's own, where that is cheaper to tell: any text. */
  readonly version?: string | undefined;
  /** `final`: only what the final file system or the configuration has. */
  readonly where: 'any-layer' | 'final';
  /** By which certificates are judged. */
  readonly now: Date;
  /** Marks what is not to be counted. */
  readonly suppress?: ((findings: readonly SecretFinding[]) => SecretFinding[]) | undefined;
  readonly warnings: readonly ReportWarning[];
  /** Asks services whether what was found is alive; absent where nobody wants that. */
  readonly liveness?: Liveness | undefined;
}

/** Looks for secrets in one target. */
export interface Looking {
  /** The target with the secrets of its configuration masked: everything else is to be read from this one. */
  readonly target: Target;
  readonly pass: SecretsPass;
  /** To be called when all layers were read. */
  finish(inventory: Inventory): Promise<{ readonly secrets: SecretsReport; readonly inventory: Inventory }>;
}

/** Looks for secrets in one target after another. */
export class SecretsLooker {
  readonly warnings: readonly ReportWarning[];
  readonly #options: LookerOptions;
  readonly #version: string;

  constructor(options: LookerOptions) {
    this.#options = options;
    this.#version = familyVersion(options.version ?? options.scanner.version);
    this.warnings = options.warnings;
  }

  async begin(target: Target, cache: LayerCache | undefined): Promise<Looking> {
    const { scanner, liveness } = this.#options;
    const suffices = liveness && ((secret: FoundSecret) => liveness.has(secret));
    const pass = new SecretsPass({ scanner, cache, version: this.#version, suffices });
    const looked = target.kind === 'image' ? await lookedAt(target, scanner, this.#version, liveness ? undefined : cache) : undefined;
    const { target: masked, secrets: configuration } = looked ?? { target, secrets: [] };
    const finish = async (inventory: Inventory) => ({
      secrets: await this.#report(masked, pass, configuration),
      inventory: withGaps(inventory, gapsOf(pass)),
    });
    return { target: masked, pass, finish };
  }

  /** Of what has neither layers nor packages. */
  async content(target: ContentTarget, options: Omit<Parameters<ContentTarget['read']>[1], 'onGap'>) {
    const pass = new SecretsPass({ scanner: this.#options.scanner, version: this.#version });
    await readFor([pass], undefined, async (receiver, _, onGap) => {
      await target.read(receiver, { ...options, onGap });
      return {};
    });
    const inventory: Inventory = { schemaVersion: 1, target: target.info, layers: [], packages: [], gaps: gapsOf(pass) };
    return { secrets: await this.#report(target, pass, []), inventory };
  }

  async #report(target: Target | ContentTarget, pass: SecretsPass, configuration: readonly ConfigSecret[]): Promise<SecretsReport> {
    const { scanner, where, now, suppress, liveness } = this.#options;
    const infos = target.kind === 'image' ? target.layers.map(({ info }) => info) : [];
    const single = target.kind === 'content' && target.single && target.info.spec === '-';
    const { repository } = target.info;
    const all = settleSecrets({ layers: pass.layers, infos, configuration, repository, where: single ? 'stdin' : 'file', now });
    const told = where === 'final' ? all.filter((finding) => finding.visible) : all;
    const standing = suppress ? suppress(told) : told;
    const { findings, ...asked } = liveness ? await liveness.judge(standing) : { findings: standing };
    return { findings, rules: scanner.rules, ...countsOf(pass.layers), ...asked };
  }
}

function gapsOf(pass: SecretsPass): readonly Gap[] {
  return pass.layers.flatMap((layer) => layer.gaps);
}
