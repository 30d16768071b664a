import { harmless, placeholder } from '../look-alikes.ts';
import type { SecretForm } from '../types.ts';

/** The version of the API stands first in a manifest, whether somebody wrote it or a program sorted its members. */
const YAML = 'apiVersion: v1';
const JSON_FORMS = ['"apiVersion": "v1"', '"apiVersion":"v1"'] as const;
/** The next document of the file, or the next one of a list. */
const NEXT = /\n---|\n[ \t]{0,64}- apiVersion:|"apiVersion"/;
const KIND = /\n([ \t]{0,64})kind:[ \t]{1,8}["']?Secret["']?[ \t]{0,64}(?:#[^\n]{0,256})?\r?(?:\n|$)/;
const JSON_KIND = /"kind"\s{0,16}:\s{0,16}"Secret"/;
const JSON_DATA = /"(data|stringData)"\s{0,16}:\s{0,16}\{([^{}]{0,16384})\}/g;
const JSON_VALUE = /"([-._A-Za-z0-9]{1,253})"\s{0,16}:\s{0,16}"([^"\\]{1,12000})"/g;
const YAML_VALUE = /^[ \t]{1,128}["']?([-._A-Za-z0-9]{1,253})["']?:[ \t]{1,64}["']?([^"'\s#][^"'\r\n]{0,12000}?)["']?[ \t]{0,64}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Members that say who, where and whom to trust, and nothing that is secret. */
const OPEN = /^(?:user(?:name)?|host(?:name)?|port|database|dbname|namespace|ca\.crt|tls\.crt|ca\.pem|type|region|endpoint)$/i;
const MAX_NAMED = 5;

/**
 * A manifest of a Secret with values in it, one finding a manifest: values in `data` are base64, which hides nothing. Source: Kubernetes API, Secret v1 core.
 */
export const kubernetesSecret: SecretForm = {
  id: 'kubernetes-secret-manifest',
  service: 'Kubernetes',
  word: 'secret',
  severity: 'high',
  keywords: [YAML, ...JSON_FORMS],
  maxLength: 16 << 10,
  reference: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/',
  read: (text) => {
    const keyword = [YAML, ...JSON_FORMS].find((each) => text.startsWith(each));
    if (keyword === undefined) return undefined;
    const rest = text.slice(keyword.length);
    const end = rest.search(NEXT);
    const manifest = end === -1 ? rest : rest.slice(0, end);
    const values = (keyword === YAML ? yamlValues(manifest) : jsonValues(manifest)).filter(isSecret);
    if (values.length === 0) return undefined;
    const names = values.slice(0, MAX_NAMED).map(({ name }) => name);
    const more = values.length > MAX_NAMED ? ', ...' : '';
    return {
      // The values themselves may be found by the rules of their services.
      length: keyword.length,
      secret: values.map(({ name, text: value }) => `${name}=${value}`).join('\n'),
      masked: `kind: Secret (${names.join(', ')}${more})`,
    };
  },
};

interface Value {
  readonly name: string;
  /** Decoded, Latin-1. */
  readonly text: string;
}

function yamlValues(manifest: string): Value[] {
  const kind = KIND.exec(manifest);
  if (kind === null) return [];
  const indent = kind[1]!;
  const values: Value[] = [];
  let member: string | undefined;
  for (const line of manifest.split(/\r?\n/)) {
    const outer = line.startsWith(indent) ? /^(data|stringData):[ \t]{0,64}$/.exec(line.slice(indent.length)) : null;
    if (outer) member = outer[1];
    else if (member !== undefined && !/^[ \t]*(?:#.*)?$/.test(line)) {
      if (/^[ \t]*/.exec(line)![0].length <= indent.length) member = undefined;
      else values.push(...entryOf(member, YAML_VALUE.exec(line)));
    }
  }
  return values;
}

function jsonValues(manifest: string): Value[] {
  if (!JSON_KIND.test(manifest)) return [];
  return [...manifest.matchAll(JSON_DATA)].flatMap(([, member = '', body = '']) =>
    [...body.matchAll(JSON_VALUE)].flatMap((match) => entryOf(member, match)),
  );
}

function entryOf(member: string, match: RegExpExecArray | null): Value[] {
  const [, key = '', value = ''] = match ?? [];
  if (key === '') return [];
  if (member === 'stringData') return [{ name: key, text: value }];
  return BASE64.test(value) ? [{ name: key, text: Buffer.from(value, 'base64').toString('latin1') }] : [];
}

function isSecret({ name, text }: Value): boolean {
  const value = text.trim();
  if (value.length < 4 || OPEN.test(name) || placeholder(value) !== undefined || harmless(value, '') !== undefined) return false;
  // Encrypted by SOPS, filled in by Argo CD's Vault plug-in, a block scalar, or a certificate alone.
  return !/^(?:ENC\[|<path:|[|>][+-]?\d?$)/.test(value) && !(value.startsWith('-----BEGIN CERT') && !value.includes('PRIVATE KEY'));
}
