import { describe, expect, it } from 'vitest';
import { createScanner } from '../index.ts';
import { kubernetesSecret } from './kubernetes-secret.ts';

const scanner = createScanner({ rules: [], hashKey: Buffer.alloc(32) });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const found = (text: string, path = 'deploy/secret.yaml') =>
  scanner
    .text(path, text)
    .filter(({ rule }) => rule === kubernetesSecret.id)
    .map(({ masked, line }) => `${line}: ${masked}`);
const PASSWORD = 'q1w2E3r4-t5Y6';
const written = (data: string, head = 'kind: Secret\nmetadata:\n  name: db') => `apiVersion: v1\n${head}\ntype: Opaque\n${data}`;

describe('a manifest of a Secret', () => {
  it('is found by its values, however its members are in order', () => {
    const data = `data:\n  username: ${base64('admin')}\n  password: ${base64(PASSWORD)} \n`;
    expect(found(written(data))).toEqual(['1: kind: Secret (password)']);
    expect(found(`---\napiVersion: v1\n${data}kind: Secret\nmetadata:\n  name: db\n`)).toEqual(['2: kind: Secret (password)']);
    expect(found(written(data).replaceAll('\n', '\r\n'))).toEqual(['1: kind: Secret (password)']);
    expect(found(written(`stringData:\n  # of the staging database\n\n  "dsn": "u:${PASSWORD}@db"\n  api.key: ${PASSWORD}\n`))).toEqual([
      '1: kind: Secret (dsn, api.key)',
    ]);
  });

  it('is found in lists, in files of several documents and in JSON', () => {
    const item = `- apiVersion: v1\n  data:\n    password: ${base64(PASSWORD)}\n  kind: Secret\n`;
    expect(found(`apiVersion: v1\nitems:\n${item}${item}kind: List\n`)).toEqual([
      '3: kind: Secret (password)',
      '7: kind: Secret (password)',
    ]);
    const map = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  password: cGFzc3dvcmQxMjM0\n';
    expect(found(`${map}---\n${written(`data:\n  a: ${base64(PASSWORD)}\n`)}`)).toEqual(['6: kind: Secret (a)']);
    const json = { apiVersion: 'v1', kind: 'Secret', data: { password: base64(PASSWORD) }, metadata: { name: 'db' } };
    for (const space of [undefined, 2]) expect(found(JSON.stringify(json, null, space), 'a.json')).toHaveLength(1);
  });

  it('names five values, and nothing of any', () => {
    const data = Array.from({ length: 7 }, (_, i) => `  key${i}: ${base64(PASSWORD + i)}\n`).join('');
    expect(found(written(`data:\n${data}`))).toEqual(['1: kind: Secret (key0, key1, key2, key3, key4, ...)']);
    expect(JSON.stringify(scanner.text('a.yaml', written(`data:\n${data}`)))).not.toMatch(/q1w2|cTF3/);
  });

  it.each([
    ['other kinds', `apiVersion: v1\nkind: ConfigMap\ndata:\n  password: ${base64(PASSWORD)}\n`],
    ['sealed ones', `apiVersion: v1\nkind: SealedSecret\ndata:\n  password: ${base64(PASSWORD)}\n`],
    [
      'placeholders',
      written(`data:\n  password: ${base64('changeme')}\n  token: ${base64('<your-token-here>')}\n  k: ${base64('xxxxxxxxxx')}\n`),
    ],
    ['templates', written('data:\n  password: {{ .Values.password | b64enc }}\nstringData:\n  a: ${PASSWORD}\n  b: "{{ token }}"\n')],
    ['words', written(`data:\n  mode: ${base64('production')}\n  flag: ${base64('true')}\n  size: ${base64('12')}\n`)],
    [
      'certificates',
      written(
        `data:\n  chain: ${base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}\n  ca.crt: ${base64(PASSWORD)}\n`,
      ),
    ],
    [
      'what is encrypted',
      written('stringData:\n  a: ENC[AES256_GCM,data:Zm9v,iv:x,tag:y,type:str]\n  b: <path:secret/data/db#password>\n'),
    ],
    ['what is no base64', written('data:\n  password: not base64!\n')],
    ['nothing', written('data: {}\n')],
    ['the next document', `${written('')}---\nkind: ConfigMap\ndata:\n  a: ${base64(PASSWORD)}\n`],
  ])('is silent of %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('survives whatever is cut off or changed, and is found across every seam', () => {
    const text = written(`data:\n  password: ${base64(PASSWORD)}\n`);
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(() => found(text.slice(0, cut))).not.toThrow();
      const changed = Buffer.from(bytes);
      changed[Math.min(cut, bytes.length - 1)]! ^= 0x15;
      expect(() => found(changed.toString('latin1'))).not.toThrow();
      const stream = scanner.open('a.yaml', bytes.length);
      stream.chunk(bytes.subarray(0, cut));
      stream.chunk(bytes.subarray(cut));
      expect(stream.end().map(({ rule }) => rule)).toEqual([kubernetesSecret.id]);
    }
    expect(found(`apiVersion: v1\nkind: Secret\ndata:\n${`  a: ${'A'.repeat(12_000)}\n`.repeat(4)}`)).toEqual([]);
  });
});
