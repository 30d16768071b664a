import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openFolderCache } from '../../cache/index.ts';
import type { LayerCache } from '../../cache/types.ts';
import { composeForm, runForm } from '../../harden/docker.ts';
import { kubernetesForm } from '../../harden/kubernetes.ts';
import { hardenManifest, imagesOf } from '../../harden/manifest.ts';
import { planOf } from '../../harden/plan.ts';
import { comment, type Say } from '../../harden/render.ts';
import type { Plan } from '../../harden/types.ts';
import { openTarget } from '../../image/targets/index.ts';
import { fill, type Language } from '../../messages/fill.ts';
import { hardenWords } from '../../messages/harden.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { type RegistryAccess, registryOptions } from '../registry-access.ts';
import { imagePrivileges } from './image-privileges.ts';

const HARDEN_FORMATS = ['kubernetes', 'compose', 'run', 'json'] as const;
export type HardenFormat = (typeof HARDEN_FORMATS)[number];

export interface HardenOptions {
  /** For images; `kubernetes` by default. A manifest stays a manifest. */
  readonly format?: HardenFormat;
  readonly language: Language;
  /** Instead of the image's user: `10001` or `10001:10001`. */
  readonly user?: string;
  readonly platform?: string;
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Buffer>;
  readonly offline?: boolean;
  /** Where read layers are kept. */
  readonly cacheDir?: string;
  /** Bytes that they may take on disk; 0, the default: none are kept or used. */
  readonly cacheSize?: number;
  /** When cached layers are used: the order in which they go. */
  readonly now?: Date;
  readonly registry?: RegistryAccess;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * The least privileges that an image can run with, from what is known of it; for a manifest of Kubernetes the manifest with what it
 * left unsaid. `target`: as for `scan`, or a file of YAML.
 *
 * @throws PlimsollError with a code of docs/errors.md
 */
export async function harden(target: string, options: HardenOptions): Promise<string> {
  const { cacheDir, cacheSize = 0 } = options;
  const now = options.now ?? new Date();
  const folder = cacheDir === undefined ? undefined : join(cacheDir, 'layers');
  const cache = folder !== undefined && cacheSize > 0 ? openFolderCache({ folder, limit: cacheSize, now }) : undefined;
  try {
    return await hardened(target, options, cache);
  } finally {
    cache?.finish();
  }
}

async function hardened(target: string, options: HardenOptions, cache: LayerCache | undefined): Promise<string> {
  const words = hardenWords(options.language);
  const say: Say = ({ code, params }) => fill(words[code], params ?? {});
  const manifest = await manifestText(target, options);
  if (manifest !== undefined) return hardenedManifest(target, manifest, say, options, cache);
  const plan = await planFor(target, options, cache);
  switch (options.format ?? 'kubernetes') {
    case 'kubernetes':
      return kubernetesForm(plan, say);
    case 'compose':
      return composeForm(plan, say);
    case 'run':
      return runForm(plan, say);
    case 'json':
      return `${JSON.stringify({ schemaVersion: 1, ...withSentences(plan, say) }, null, 2)}\n`;
  }
}

async function planFor(target: string, options: HardenOptions, cache: LayerCache | undefined): Promise<Plan> {
  const { platform, env, signal, user } = options;
  const access = { ...options.registry, env, offline: options.offline === true };
  const opened = await openTarget(target, {
    registry: await registryOptions(access),
    env,
    ...(platform === undefined ? {} : { platform }),
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
  });
  try {
    if (opened.kind !== 'image') throw new PlimsollError('harden-no-image', { target }, { exitCode: EXIT.usage });
    return planOf(await imagePrivileges(opened, { cache, signal }), user === undefined ? {} : { user });
  } finally {
    await opened.close();
  }
}

const MAX_MANIFEST = 8 * 1024 * 1024;

/** Text of a file that is named as YAML or JSON; undefined for all else, which are images. */
async function manifestText(target: string, { cwd }: HardenOptions): Promise<string | undefined> {
  if (!/\.(?:ya?ml|json)$/i.test(target) || /^[a-z-]+:/.test(target)) return undefined;
  const file = resolve(cwd, target);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  if (found.size > MAX_MANIFEST) throw new PlimsollError('file-too-large', { what: target, limit: MAX_MANIFEST });
  return readFile(file, 'utf8');
}

async function hardenedManifest(
  target: string,
  text: string,
  say: Say,
  options: HardenOptions,
  cache: LayerCache | undefined,
): Promise<string> {
  const plans = new Map<string, Plan>();
  const notes: string[] = [];
  for (const image of imagesOf(text)) {
    try {
      plans.set(image, await planFor(image, options, cache));
    } catch (error) {
      if (!(error instanceof PlimsollError) || error.code === 'aborted') throw error;
      notes.push(say({ code: 'image-unread', params: { image, code: error.code } }));
    }
  }
  const hardened = hardenManifest(text, plans, say);
  if (!hardened || hardened.pods === 0) throw new PlimsollError('harden-no-pods', { path: target }, { exitCode: EXIT.usage });
  const head = [say({ code: 'head.manifest', params: { count: hardened.added } }), ...notes].flatMap((line) => comment(line));
  return `${head.join('\n')}\n${hardened.text}`;
}

/** The plan with each reason's sentence in place of its code. */
function withSentences(plan: Plan, say: Say): object {
  const because = <T extends { readonly reason: Parameters<Say>[0] }>({ reason, ...rest }: T) => ({ ...rest, why: say(reason) });
  return {
    image: plan.name,
    root: plan.root,
    ...(plan.user ? { user: plan.user } : {}),
    notes: [...plan.userReasons, ...plan.escalation].map(say),
    capabilities: { drop: ['ALL'], add: plan.capabilities.map(because) },
    ...(plan.lowPort === undefined ? {} : { lowestPort: plan.lowPort }),
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    seccomp: 'RuntimeDefault',
    mounts: plan.mounts.map(because),
    alsoWritable: plan.writable,
  };
}
