import type { RuleFacts, Span } from '../types.ts';
import { at, entries, entrySpan, items, textOf, type YamlNode } from '../yaml-tree.ts';
import { BENCHMARKS, cis, containerRule, type KubeRule, objectRule, PAGES } from './rule.ts';

const B = BENCHMARKS;

function facts(id: string, severity: RuleFacts['severity'], aliases: readonly string[], benchmarks: readonly string[]): RuleFacts {
  return { id: `kubernetes/${id}`, aliases, severity, benchmarks, references: [PAGES.secrets] };
}

const NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|signing[_.-]?key|encryption[_.-]?key|credentials?|auth[_.-]?key)s?$/i;
/** Names of things about a secret rather than of one: `TOKEN_TTL` does not end so, `SECRET_NAME` neither. */
const NO_VALUE =
  /^(?:|true|false|yes|no|null|none|nil|\d{1,6}|\*+|x+|[/.~].*|\$[({].*|<.*>|\{\{.*|.*\{\{.*|%\(.*|(?:file|vault|ssm|arn|ref|secret)[:+].*|https?:\/\/[^@]*)$/is;
/** Forms of credentials that are known by themselves. */
const FORMS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[0-9A-Za-z]{36}\b/,
  /\bgithub_pat_\w{60,100}\b/,
  /\bglpat-[\w-]{20,60}\b/,
  /\bxox[abprs]-[\w-]{20,200}/,
  /\b[sr]k_live_[0-9A-Za-z]{16,200}\b/,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,100}:[^\s:@/${<]{3,200}@[\w.-]/,
];

function isSecret(name: string, value: string): boolean {
  if (FORMS.some((form) => form.test(value.slice(0, MOST)))) return true;
  return NAME.test(name) && !NO_VALUE.test(value.trim()) && value.length < 4096;
}

/** Code units of a value that are looked at. */
const MOST = 256 * 1024;

const inEnv = containerRule(
  facts('secret-in-env', 'high', ['env-var-secret', 'C-0012'], [cis('5.4.1'), B.nsaNetwork, B.nistSecrets]),
  (container, report) => {
    for (const item of items(at(container.node, 'env'))) {
      const name = textOf(at(item, 'name')) ?? '';
      const value = at(item, 'value');
      const text = textOf(value);
      if (value !== undefined && text !== undefined && isSecret(name, text)) {
        report(entrySpan(item, 'value') ?? item, { params: { name }, masked: [value] });
      }
    }
  },
);

const fromSecret = containerRule(
  facts('env-from-secret', 'negligible', ['read-secret-from-env-var', 'C-0207'], [cis('5.4.1'), B.nistSecrets]),
  (container, report) => {
    for (const item of items(at(container.node, 'env'))) {
      const source = at(item, 'valueFrom');
      if (at(source, 'secretKeyRef'))
        report(entrySpan(source, 'secretKeyRef') ?? item, { params: { name: textOf(at(item, 'name')) ?? '' } });
    }
    for (const item of items(at(container.node, 'envFrom'))) {
      const name = textOf(at(item, 'secretRef', 'name'));
      if (name !== undefined) report(entrySpan(item, 'secretRef') ?? item, { params: { name } });
    }
  },
);

const inConfigMap = objectRule(
  facts('secret-in-config-map', 'high', ['KSV-0109', 'KSV-01010', 'C-0012'], [cis('5.4.1'), B.nsaNetwork, B.nistSecrets]),
  (object, report) => {
    if (object.kind !== 'ConfigMap') return;
    for (const [key, { key: keySpan, value }] of entries(at(object.node, 'data'))) {
      const text = textOf(value);
      if (text === undefined) continue;
      const name = isSecret(key, text) ? key : lineWithSecret(text);
      if (name !== undefined) report(placeOf(keySpan, value), { params: { name }, masked: [value] });
    }
  },
);

/** `$slack-token`: many programs take such a value from a Secret or the environment. */
const REFERENCE = /^\$[A-Za-z_][\w.:-]*$/;

/** `KEY=value`, `key: value` or `"key": "value"` in a file that a ConfigMap carries; its name. */
function lineWithSecret(text: string): string | undefined {
  for (const line of text.slice(0, MOST).split('\n')) {
    const pair =
      line.length > 1000
        ? null
        : /^\s{0,40}(?:export\s+)?["']?([\w.-]{1,100})["']?\s{0,5}[=:]\s{0,5}["']?([^"'\s][^"']{0,500})["']?,?\s*$/.exec(line);
    if (pair?.[1] && pair[2] && !REFERENCE.test(pair[2]) && isSecret(pair[1], pair[2])) return pair[1];
  }
  return undefined;
}

/** Keys of a Secret that anyone may know: who, where, what kind, and certificates. */
const NOT_SECRET = /^(?:user|username|email|url|uri|host|hostname|port|type|name|namespace|project|server|region|.*\.(?:crt|cer|pub))$/i;

const inManifest = objectRule(
  facts('secret-in-manifest', 'medium', ['C-0012'], [cis('5.4.2'), B.nsaNetwork, B.nistSecrets]),
  (object, report) => {
    if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return;
    for (const field of ['data', 'stringData']) {
      for (const [name, { key, value }] of entries(at(object.node, field))) {
        const text = textOf(value);
        if (text && !NOT_SECRET.test(name) && !/^(?:\$[({]|<|\{\{)/.test(text))
          report(placeOf(key, value), { params: { name }, masked: [value] });
      }
    }
  },
);

function placeOf(key: Span, value: YamlNode): Span {
  return { start: key.start, end: Math.max(key.end, value.end) };
}

export const SECRET_RULES: readonly KubeRule[] = [inEnv, fromSecret, inConfigMap, inManifest];
