import { parse } from 'yaml';
import { isObject, strings } from '../../util/fields.ts';
import type { CheckContext } from '../types.ts';

/** What a `.hadolint.yaml` says, as far as it concerns what is found. */
export interface HadolintSettings {
  /** Codes: `DL3008`, `SC2086`. */
  readonly ignored: ReadonlySet<string>;
  readonly severities: ReadonlyMap<string, HadolintSeverity>;
  /** Empty: every registry is. */
  readonly trustedRegistries: readonly string[];
  readonly labelSchema: ReadonlyMap<string, LabelType>;
  readonly strictLabels: boolean;
  /** False: comments that ignore rules are not heeded. */
  readonly heedPragmas: boolean;
  /** The mildest severity that a build fails on; `none`: no finding fails it. For the command, not for the rules. */
  readonly failOn?: Exclude<HadolintSeverity, 'ignore'> | 'none';
  /** The file is no YAML, or not of this form. */
  readonly malformed: boolean;
}

export type HadolintSeverity = 'error' | 'warning' | 'info' | 'style' | 'ignore';
export type LabelType = 'text' | 'url' | 'rfc3339' | 'semver' | 'hash' | 'spdx' | 'email';

export const NO_SETTINGS: HadolintSettings = {
  ignored: new Set(),
  severities: new Map(),
  trustedRegistries: [],
  labelSchema: new Map(),
  strictLabels: false,
  heedPragmas: true,
  malformed: false,
};

const NAMES = ['.hadolint.yaml', '.hadolint.yml', 'hadolint.yaml'];
const SEVERITIES: readonly HadolintSeverity[] = ['error', 'warning', 'info', 'style'];
const TYPES: readonly string[] = ['text', 'url', 'rfc3339', 'semver', 'hash', 'spdx', 'email'] satisfies LabelType[];
const MOST_TEXT = 256 * 1024;

/** The settings of the file beside the Dockerfile; none where there is none. */
export function readSettings(context: CheckContext): HadolintSettings {
  for (const name of NAMES) {
    const text = context.read?.(name);
    if (text !== undefined) return parseSettings(text);
  }
  return NO_SETTINGS;
}

function parseSettings(text: string): HadolintSettings {
  let document: unknown;
  try {
    document = text.length > MOST_TEXT ? undefined : parse(text, { maxAliasCount: 50 });
  } catch {
    return { ...NO_SETTINGS, malformed: true };
  }
  if (document === null || document === undefined) return { ...NO_SETTINGS, malformed: text.length > MOST_TEXT };
  if (!isObject(document)) return { ...NO_SETTINGS, malformed: true };
  const override = isObject(document.override) ? document.override : {};
  const severities = new Map<string, HadolintSeverity>();
  for (const severity of SEVERITIES) for (const code of strings(override[severity])) severities.set(code, severity);
  const failOn = gate(document);
  return {
    ignored: new Set(strings(document.ignored)),
    severities,
    trustedRegistries: strings(document.trustedRegistries),
    labelSchema: schema(document['label-schema']),
    strictLabels: document['strict-labels'] === true,
    heedPragmas: document['disable-ignore-pragma'] !== true,
    ...(failOn === undefined ? {} : { failOn }),
    malformed: false,
  };
}

/** `no-fail` wins. A threshold of `ignore`, or `none`, lets any finding fail. Source: hadolint's README and pull request 613, which brought them. */
function gate(document: Record<string, unknown>): HadolintSettings['failOn'] {
  if (document['no-fail'] === true) return 'none';
  const threshold = document['failure-threshold'];
  if (threshold === 'ignore' || threshold === 'none') return 'style';
  return SEVERITIES.find((severity): severity is Exclude<HadolintSeverity, 'ignore'> => severity === threshold);
}

function schema(value: unknown): Map<string, LabelType> {
  const labels = new Map<string, LabelType>();
  if (!isObject(value)) return labels;
  for (const [name, type] of Object.entries(value)) {
    if (type === '' || type === null) labels.set(name, 'text');
    else if (typeof type === 'string' && TYPES.includes(type)) labels.set(name, type as LabelType);
  }
  return labels;
}
