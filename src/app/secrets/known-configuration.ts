import { hash } from 'node:crypto';
import type { CacheKey, LayerCache } from '../../cache/types.ts';
import type { ImageTarget } from '../../image/types.ts';
import type { ImageConfig } from '../../model/index.ts';
import type { SecretScanner } from '../../secrets/types.ts';
import type { ConfigSecret } from './configuration.ts';

/** A target without the secrets of its configuration, and where they were. */
export interface Looked<T = ImageTarget> {
  readonly target: T;
  readonly secrets: readonly ConfigSecret[];
  /** How many rules looked, or would look. */
  readonly rules: number;
}

/** What is kept: nothing of it is secret. */
interface Kept extends Pick<Looked, 'secrets' | 'rules'> {
  readonly config: ImageConfig;
  /** By the layers' index. */
  readonly createdBy: readonly (string | null)[];
}

const FAMILY = 'configuration';

/** What the configuration and history hold, from an earlier scan where there was one: rules are then not even made ready. */
export async function lookedAt(
  image: ImageTarget,
  scannerReady: () => Promise<SecretScanner>,
  version: string,
  cache: LayerCache | undefined,
): Promise<Looked> {
  const key = keyOf(image, version);
  const entry = await cache?.read(key, ['results'], () => true);
  if (entry) return withKept(image, JSON.parse(String(entry.blocks.results)) as Kept);
  const [scanner, { configSecrets, maskedImage }] = await Promise.all([scannerReady(), import('./configuration.ts')]);
  const { rules } = scanner;
  const secrets = configSecrets(image, scanner);
  const target = maskedImage(image, scanner);
  const kept: Kept = { secrets, rules, config: target.config, createdBy: target.layers.map(({ info }) => info.createdBy ?? null) };
  await cache?.write(key, { facts: {}, blocks: { results: Buffer.from(JSON.stringify(kept)) } });
  return { target, secrets, rules };
}

function withKept(image: ImageTarget, { secrets, rules, config, createdBy }: Kept): Looked {
  const layers = image.layers.map((layer, i) => {
    const text = createdBy[i];
    return typeof text === 'string' ? { ...layer, info: { ...layer.info, createdBy: text } } : layer;
  });
  return { target: { ...image, config, layers }, secrets, rules };
}

/** By all that it rests on, so that whoever claims digests cannot make anybody believe anything. */
function keyOf({ config, layers }: ImageTarget, version: string): CacheKey {
  const said = JSON.stringify([config, layers.map(({ info }) => info)]);
  return { digest: `sha256:${hash('sha256', said, 'hex')}`, family: FAMILY, version, mode: 'whole' };
}
