import type { ImageTarget } from '../../image/types.ts';
import type { ImageConfig, LayerInfo, SecretLocation } from '../../model/index.ts';
import type { FoundSecret, SecretScanner } from '../../secrets/types.ts';
import { layerRef } from '../inventory/layer-ref.ts';

/** A secret in the image's configuration. */
export interface ConfigSecret {
  readonly secret: FoundSecret;
  readonly location: SecretLocation;
}

/** As what each part of a configuration is read: rules may be for certain files only. */
const AS = { environment: '.env', label: '.env', command: 'command.sh', history: 'Dockerfile' } as const;

type Words = readonly string[] | undefined;

/**
 * The secrets in an image's configuration: environment, labels, commands, and the history with its build arguments. One that an
 * instruction of the history put into the environment is told once, with that instruction.
 */
export function configSecrets({ config, layers }: ImageTarget, scanner: SecretScanner): ConfigSecret[] {
  const { env, labels, entrypoint, cmd, healthcheck } = config.config;
  const instructions = config.history.map(({ createdBy }) => createdBy ?? '');
  const within = (where: 'environment' | 'label' | 'command', path: string, text: string): ConfigSecret[] => {
    const found = scanner.text(AS[where], text);
    if (found.length === 0) return [];
    const by = instructions.findLast((each) => puts(each, where, path));
    const instruction = by === undefined ? {} : { instruction: scanner.redact(AS.history, by) };
    return found.map((secret) => ({ secret, location: { where, path, ...instruction } }));
  };
  const settings = [
    ...env.flatMap((text) => within('environment', nameOf(text), text)),
    ...Object.entries(labels).flatMap(([name, value]) => within('label', name, `${name}=${value}`)),
    ...within('command', 'ENTRYPOINT', joined(entrypoint)),
    ...within('command', 'CMD', joined(cmd)),
    ...within('command', 'HEALTHCHECK', joined(healthcheck?.test)),
  ];
  const told = new Set(settings.map(({ secret }) => keyOf(secret)));
  return [
    ...settings,
    ...historySecrets(
      config,
      layers.map(({ info }) => info),
      scanner,
    ).filter(({ secret }) => !told.has(keyOf(secret))),
  ];
}

/** The image with every secret of its configuration and history masked. */
export function maskedImage(image: ImageTarget, scanner: SecretScanner): ImageTarget {
  const { config, layers } = image;
  const { env, labels, entrypoint, cmd, healthcheck } = config.config;
  const words = (list: Words): string[] => maskedWords(list ?? [], scanner);
  const history = (text: string): string => scanner.redact(AS.history, text);
  return {
    ...image,
    config: {
      ...config,
      history: config.history.map((entry) => (entry.createdBy === undefined ? entry : { ...entry, createdBy: history(entry.createdBy) })),
      config: {
        ...config.config,
        env: env.map((text) => scanner.redact(AS.environment, text)),
        labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, maskedValue(name, value, scanner)])),
        ...(entrypoint ? { entrypoint: words(entrypoint) } : {}),
        ...(cmd ? { cmd: words(cmd) } : {}),
        ...(healthcheck ? { healthcheck: { test: words(healthcheck.test) } } : {}),
      },
    },
    layers: layers.map((layer) => {
      const { createdBy } = layer.info;
      return createdBy === undefined ? layer : { ...layer, info: { ...layer.info, createdBy: history(createdBy) } };
    }),
  };
}

function historySecrets(config: ImageConfig, layers: readonly LayerInfo[], scanner: SecretScanner): ConfigSecret[] {
  const tied = config.history.filter((entry) => !entry.emptyLayer).length === layers.length;
  const told = new Set<string>();
  let made = 0;
  return config.history.flatMap(({ createdBy, emptyLayer }) => {
    const layer = emptyLayer || !tied ? undefined : layers[made];
    if (!emptyLayer) made += 1;
    const found = createdBy === undefined ? [] : scanner.text(AS.history, createdBy);
    if (createdBy === undefined || found.length === 0) return [];
    const instruction = scanner.redact(AS.history, createdBy);
    const ref = layer && { ...layerRef(layer), createdBy: instruction };
    // A build argument stands in every instruction behind it: the first one tells.
    const fresh = found.filter((secret) => !told.has(keyOf(secret)));
    for (const secret of fresh) told.add(keyOf(secret));
    return fresh.map((secret) => ({
      secret,
      location: { where: 'history' as const, path: 'history', instruction, ...(ref ? { layer: ref } : {}) },
    }));
  });
}

const KEYWORDS = { environment: ['ENV'], label: ['LABEL'], command: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] } as const;

/**
 * Whether an entry of the history, as BuildKit (`ENV A=b`) or the older builder (`/bin/sh -c #(nop)  ENV A=b`) writes it, sets this
 * variable or label, or is this command.
 */
function puts(instruction: string, where: keyof typeof KEYWORDS, path: string): boolean {
  const [, keyword = '', rest = ''] = /^(?:\/bin\/sh -c #\(nop\) +)?([A-Z]+) +(.*)$/s.exec(instruction) ?? [];
  if (where === 'command') return keyword === path;
  if (!KEYWORDS[where].some((each) => each === keyword)) return false;
  return rest.startsWith(`${path}=`) || rest.startsWith(`${path} `) || rest.includes(` ${path}=`);
}

function keyOf({ rule, hash }: FoundSecret): string {
  return `${rule} ${hash}`;
}

function nameOf(text: string): string {
  const equals = text.indexOf('=');
  return equals < 0 ? text : text.slice(0, equals);
}

function joined(words: Words): string {
  return (words ?? []).join(' ');
}

/** The name tells what the value is: both are looked at together. */
function maskedValue(name: string, value: string, scanner: SecretScanner): string {
  const masked = scanner.redact(AS.label, `${name}=${value}`);
  return masked.startsWith(`${name}=`) ? masked.slice(name.length + 1) : masked;
}

/** What makes a word a secret may be the word before it: all are looked at together. */
function maskedWords(words: readonly string[], scanner: SecretScanner): string[] {
  const text = joined(words);
  const masked = scanner.redact(AS.command, text);
  if (masked === text) return [...words];
  if (masked.length !== text.length) return [masked];
  let at = 0;
  return words.map((word) => {
    at += word.length + 1;
    return masked.slice(at - word.length - 1, at - 1);
  });
}
