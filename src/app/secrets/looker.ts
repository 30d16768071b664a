import type { LayerCache } from '../../cache/types.ts';
import type { ContentTarget, Target } from '../../image/types.ts';
import type { Gap, Inventory, ReportWarning, SecretFinding, SecretsReport } from '../../model/index.ts';
import type { FoundSecret, SecretScanner } from '../../secrets/types.ts';
import { readFor, withGaps } from '../inventory/layer-pass.ts';
import { familyVersion } from '../inventory/packages-version.ts';
import { type Looked, lookedAt } from './known-configuration.ts';
import type { Liveness } from './liveness.ts';
import { SecretsPass } from './secrets-pass.ts';
import { countsOf, settleSecrets } from './settle.ts';

/** What decides which secrets are told. */
export interface LookerOptions {
  /** Called when something has to be read. */
  readonly scanner: () => Promise<SecretScanner>;
  /** Any text that differs where anything may be found that was not, or the other way round. */
  readonly version: string;
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
    this.#version = familyVersion(options.version);
    this.warnings = options.warnings;
  }

  async begin(target: Target, cache: LayerCache | undefined): Promise<Looking> {
    const { scanner, liveness } = this.#options;
    const suffices = liveness && ((secret: FoundSecret) => liveness.has(secret));
    const pass = new SecretsPass({ scanner, cache, version: this.#version, suffices });
    const kept = liveness ? undefined : cache;
    const looked = target.kind === 'image' ? await lookedAt(target, scanner, this.#version, kept) : await this.#unlooked(target);
    const finish = async (inventory: Inventory) => ({
      secrets: await this.#report(looked, pass),
      inventory: withGaps(inventory, gapsOf(pass)),
    });
    return { target: looked.target, pass, finish };
  }

  /** Of what has neither layers nor packages. */
  async content(target: ContentTarget, options: Omit<Parameters<ContentTarget['read']>[1], 'onGap'>) {
    const pass = new SecretsPass({ scanner: this.#options.scanner, version: this.#version });
    const looked = await this.#unlooked(target);
    await readFor([pass], undefined, async (receiver, _, onGap) => {
      await target.read(receiver, { ...options, onGap });
      return {};
    });
    const inventory: Inventory = { schemaVersion: 1, target: target.info, layers: [], packages: [], gaps: gapsOf(pass) };
    return { secrets: await this.#report(looked, pass), inventory };
  }

  /** A target without a configuration. */
  async #unlooked<T extends Target | ContentTarget>(target: T): Promise<Looked<T>> {
    return { target, secrets: [], rules: (await this.#options.scanner()).rules };
  }

  async #report({ target, secrets, rules }: Looked<Target | ContentTarget>, pass: SecretsPass): Promise<SecretsReport> {
    const { where, now, suppress, liveness } = this.#options;
    const infos = target.kind === 'image' ? target.layers.map(({ info }) => info) : [];
    const single = target.kind === 'content' && target.single && target.info.spec === '-';
    const { repository } = target.info;
    const all = settleSecrets({ layers: pass.layers, infos, configuration: secrets, repository, where: single ? 'stdin' : 'file', now });
    const told = where === 'final' ? all.filter((finding) => finding.visible) : all;
    const standing = suppress ? suppress(told) : told;
    const { findings, ...asked } = liveness ? await liveness.judge(standing) : { findings: standing };
    return { findings, rules, ...countsOf(pass.layers), ...asked };
  }
}

function gapsOf(pass: SecretsPass): readonly Gap[] {
  return pass.layers.flatMap((layer) => layer.gaps);
}
