import { resolve } from 'node:path';
import type { ErrorCode } from '../messages/errors.en.ts';
import { SCORED_KINDS, SEVERITIES, type SeverityLevel, type Weights } from '../model/index.ts';
import { isObject } from '../util/fields.ts';

type Level = Exclude<SeverityLevel, 'unknown'>;
const LEVELS = SEVERITIES.filter((level): level is Level => level !== 'unknown');

/** What a setting's value may be. */
export interface Kind<T> {
  readonly id:
    | 'text'
    | 'path'
    | 'switch'
    | 'days'
    | 'bytes'
    | 'choice'
    | 'choices'
    | 'texts'
    | 'pairs'
    | 'paths'
    | 'feeds'
    | 'secret'
    | 'number'
    | 'weights';
  readonly choices?: readonly string[];
  /** The error for a value that is refused. */
  readonly refusal: ErrorCode;
  /** What `raw` of a settings file in this folder means, where it names files. */
  readonly inFolder?: (raw: unknown, folder: string) => unknown;
  /** The value, or undefined where `raw` is not one. From flags and variables `raw` is text; from a file whatever YAML says. */
  accept(raw: unknown): T | undefined;
}

export const text: Kind<string> = { id: 'text', refusal: 'setting-text', accept: (raw) => nonEmpty(raw) };

/** A path; in a settings file relative to that file's folder. */
export const path: Kind<string> = {
  id: 'path',
  refusal: 'setting-text',
  inFolder: one((text, folder) => resolve(folder, text)),
  accept: (raw) => nonEmpty(raw),
};

/** A report or a target, which may be an image: in a settings file what begins with `./` or `../` is relative to that file's folder. */
export const target: Kind<string> = {
  ...text,
  inFolder: one((text, folder) => (/^\.\.?(?:\/|$)/.test(text) ? resolve(folder, text) : text)),
};

/** A template: `@file`, in a settings file relative to that file's folder, a built-in name or the text itself. */
export const template: Kind<string> = {
  ...text,
  inFolder: one((text, folder) => (text.startsWith('@') ? `@${resolve(folder, text.slice(1))}` : text)),
};

/** Text that is never shown. */
export const secret: Kind<string> = { id: 'secret', refusal: 'setting-text', accept: (raw) => nonEmpty(raw) };

export const flag: Kind<boolean> = {
  id: 'switch',
  refusal: 'setting-switch',
  accept: (raw) => {
    if (typeof raw === 'boolean') return raw;
    const word = typeof raw === 'string' ? raw.toLowerCase() : '';
    if (['1', 'true', 'yes', 'on'].includes(word)) return true;
    return ['0', 'false', 'no', 'off'].includes(word) ? false : undefined;
  },
};

/** A number of days, 0 or more, fractions allowed. */
export const days: Kind<number> = {
  id: 'days',
  refusal: 'setting-days',
  accept: (raw) => {
    const given = typeof raw === 'string' && /^\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
    return typeof given === 'number' && Number.isFinite(given) && given >= 0 ? given : undefined;
  },
};

/** A number from 0 to 100, fractions allowed. */
export const percent: Kind<number> = {
  id: 'number',
  refusal: 'setting-percent',
  accept: (raw) => {
    const given = numberOf(raw);
    return given !== undefined && given <= 100 ? given : undefined;
  },
};

/**
 * `critical=20,high=10,secret.critical=20`: without a kind, vulnerabilities are meant. In a file also a mapping, `{critical: 20, secret:
 * {critical: 20}}`. What is not named costs nothing.
 */
export const weights: Kind<Weights> = {
  id: 'weights',
  refusal: 'setting-weights',
  accept: (raw) => {
    const pairs = isObject(raw) ? flat(raw) : (split(raw) ?? ['']).map((word) => word.split('=').map((part) => part.trim()));
    const result: Partial<Record<(typeof SCORED_KINDS)[number], Record<string, number>>> = {};
    for (const [name = '', value, ...more] of pairs) {
      const words = name.toLowerCase().split('.');
      const kind = words.length === 1 ? 'vulnerability' : SCORED_KINDS.find((each) => each === words[0]);
      const severity = SEVERITIES.find((each) => each === words.at(-1));
      const points = numberOf(value);
      if (!kind || !severity || points === undefined || more.length > 0 || words.length > 2) return undefined;
      (result[kind] ??= {})[severity] = points;
    }
    return result;
  },
};

function flat(mapping: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(mapping).flatMap(([name, value]) =>
    isObject(value) && SCORED_KINDS.some((kind) => kind === name.toLowerCase())
      ? Object.entries(value).map(([inner, points]) => [`${name}.${inner}`, points] as const)
      : [[name, value] as const],
  );
}

/** Not negative. */
function numberOf(raw: unknown): number | undefined {
  const given = typeof raw === 'string' && /^\d{1,6}(\.\d{1,6})?$/.test(raw.trim()) ? Number(raw) : raw;
  return typeof given === 'number' && Number.isFinite(given) && given >= 0 ? given : undefined;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  'B': 1,
  'KB': 1e3,
  'MB': 1e6,
  'GB': 1e9,
  'KIB': 2 ** 10,
  'MIB': 2 ** 20,
  'GIB': 2 ** 30,
};

/** Bytes, 0 or more: `500MB`, `2 GiB`, `1000000`. */
export const bytes: Kind<number> = {
  id: 'bytes',
  refusal: 'setting-bytes',
  accept: (raw) => {
    if (typeof raw === 'number') return Number.isFinite(raw) && raw >= 0 ? Math.floor(raw) : undefined;
    const [, count, unit] = (typeof raw === 'string' && /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]*)$/i.exec(raw.trim())) || [];
    const factor = UNITS[unit?.toUpperCase() ?? '-'];
    return count === undefined || factor === undefined ? undefined : Math.floor(Number(count) * factor);
  },
};

/** One word of a list, any case. */
export function choice<const T extends string>(choices: readonly T[]): Kind<T> {
  return {
    id: 'choice',
    choices,
    refusal: 'setting-choice',
    accept: (raw) => (typeof raw === 'string' ? choices.find((each) => each === raw.trim().toLowerCase()) : undefined),
  };
}

const GATES = ['new', 'fixable', 'new:fixable'] as const;

/**
 * `none`, a severity or `any`, even none; with `new:` before it for what a baseline does not have, with `fixable:` for what an update mends, or both. `new` alone
 * is `new:any`.
 */
export const gate = choice([
  'none',
  ...LEVELS,
  'any',
  ...GATES.flatMap((which) => [which, ...LEVELS.map((level) => `${which}:${level}` as const)]),
]);

/** Words of a list, any case, as `a,b` or a sequence; at least one. */
export function choices<const T extends string>(known: readonly T[]): Kind<readonly T[]> {
  const one = choice(known);
  return {
    id: 'choices',
    choices: known,
    refusal: 'setting-choice',
    accept: (raw) => {
      const accepted = split(raw)?.map((each) => one.accept(each));
      return accepted?.every((each) => each !== undefined) ? [...new Set(accepted)] : undefined;
    },
  };
}

/** Words as `a,b` or a sequence; at least one. */
export const texts: Kind<readonly string[]> = { id: 'texts', refusal: 'setting-text', accept: split };

/** Formats, each with a file or without (`json=report.json`), which in a settings file is relative to that file's folder. */
export const outputs: Kind<readonly string[]> = {
  ...texts,
  inFolder: each((text, folder) => {
    const [format, file] = text.split(/=(.*)/s, 2);
    return file === undefined || file === '' || file === '-' ? text : `${format}=${resolve(folder, file)}`;
  }),
};

/** Places, one or several: in a settings file what begins with `./` or `../` is relative to that file's folder. */
export const sources: Kind<readonly string[]> = {
  ...texts,
  inFolder: each((text, folder) => (/^\.\.?\//.test(text) ? resolve(folder, text) : text)),
};

/** What is said of upstreams, by their id. */
export type Feeds = Readonly<Record<string, { readonly urls?: readonly string[]; readonly enabled?: boolean }>>;

/** `osv=https://mirror/osv/`, `nvd=on`, `osv=off`, several as a list; in a file `{osv: {url: ..., enabled: true}}`. */
export const feeds: Kind<Feeds> = {
  id: 'feeds',
  refusal: 'setting-feeds',
  accept: (raw) => {
    const said = isObject(raw) ? mappedFeeds(raw) : (Array.isArray(raw) ? raw : [raw]).flatMap(feedWords);
    if (said.length === 0 || said.some((each) => each === undefined)) return undefined;
    return together(said as readonly Said[]);
  },
};

interface Said {
  readonly id: string;
  readonly urls?: readonly string[];
  readonly enabled?: boolean;
}

const FEED = /^([a-z0-9][a-z0-9-]*)=(.+)$/s;

/** A comma may stand in an address: only one before the next name divides. */
function feedWords(raw: unknown): (Said | undefined)[] {
  if (typeof raw !== 'string') return [undefined];
  return raw.split(/,(?=[a-z0-9-]+=)/).map((word) => {
    const [, id, value] = FEED.exec(word.trim()) ?? [];
    if (id === undefined || value === undefined) return undefined;
    const enabled = flag.accept(value);
    return enabled === undefined ? { id, urls: [value] } : { id, enabled };
  });
}

function mappedFeeds(raw: Readonly<Record<string, unknown>>): (Said | undefined)[] {
  return Object.entries(raw).map(([id, said]) => {
    if (!isObject(said) || Object.keys(said).some((key) => key !== 'url' && key !== 'enabled')) return undefined;
    const urls = said.url === undefined ? undefined : Array.isArray(said.url) ? said.url : [said.url];
    const sound = urls === undefined || (urls.length > 0 && urls.every((url) => nonEmpty(url) !== undefined));
    if (!sound || (said.enabled !== undefined && typeof said.enabled !== 'boolean')) return undefined;
    return {
      id,
      ...(urls === undefined ? {} : { urls: urls as string[] }),
      ...(said.enabled === undefined ? {} : { enabled: said.enabled }),
    };
  });
}

/** Several addresses of one upstream are its mirrors, in that order. */
function together(said: readonly Said[]): Feeds {
  const feeds: Record<string, { urls?: readonly string[]; enabled?: boolean }> = {};
  for (const { id, urls, enabled } of said) {
    const before = feeds[id] ?? {};
    feeds[id] = {
      ...before,
      ...(urls === undefined ? {} : { urls: [...(before.urls ?? []), ...urls] }),
      ...(enabled === undefined ? {} : { enabled }),
    };
  }
  return feeds;
}

/** Paths as `a,b` or a sequence; in a settings file relative to that file's folder. */
export const paths: Kind<readonly string[]> = {
  id: 'paths',
  refusal: 'setting-text',
  inFolder: each((text, folder) => resolve(folder, text)),
  accept: split,
};

/**
 * Registries or parts of them with what stands in for them: `docker.io=mirror.example/hub,ghcr.io=...`, a sequence of such, or in a file a
 * mapping of each to one or several.
 */
export const mirrors: Kind<readonly string[]> = pairs('setting-mirror');

/** Services with the address that is asked instead of their own, or `off`, spelt as mirrors are. */
export const endpoints: Kind<readonly string[]> = pairs('setting-endpoint');

function pairs(refusal: ErrorCode): Kind<readonly string[]> {
  return { id: 'pairs', refusal, accept: pairsOf };
}

function pairsOf(raw: unknown): string[] | undefined {
  const pairs = isObject(raw)
    ? Object.entries(raw).flatMap(([name, places]) => [places].flat().map((place) => (typeof place === 'string' ? `${name}=${place}` : '')))
    : raw;
  const words = split(pairs);
  return words?.every((word) => /^[^\s=@]+=[^\s=@]+$/.test(word)) ? words : undefined;
}

function split(raw: unknown): string[] | undefined {
  const items = Array.isArray(raw) ? raw : [raw];
  if (!items.every((each) => typeof each === 'string')) return undefined;
  const words = items.flatMap((each) => each.split(',')).map((each) => each.trim());
  return words.length > 0 && words.every((each) => each.length > 0) ? words : undefined;
}

function one(place: (text: string, folder: string) => string): (raw: unknown, folder: string) => unknown {
  return (raw, folder) => (typeof raw === 'string' && raw !== '' ? place(raw, folder) : raw);
}

function each(place: (text: string, folder: string) => string): (raw: unknown, folder: string) => unknown {
  return (raw, folder) => split(raw)?.map((text) => place(text, folder)) ?? raw;
}

function nonEmpty(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw.length > 0 ? raw : undefined;
}
