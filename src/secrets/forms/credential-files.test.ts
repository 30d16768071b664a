import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createScanner } from '../index.ts';
import { credentialFileRules } from './credential-files.ts';

const scanner = createScanner({ rules: [], hashKey: Buffer.alloc(32, 2) });
const at = (path: string, text: string) => scanner.text(path, text).map(({ rule, line, column }) => `${rule} ${line}:${column}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** Written to the formats that the rules' references give: path, text, what is found. */
const cases: readonly [string, string, readonly string[]][] = [
  ['root/.npmrc', '//registry.example.org/:_authToken=q1w2e3r4-t5y6', ['npmrc-auth 1:36']],
  ['root/.npmrc', 'registry=https://x\n_auth = "dXNlcjpwYXNz"\n//r/:_password=cGFzc3dvcmQ=', ['npmrc-auth 2:10', 'npmrc-auth 3:16']],
  ['root/.npmrc', '//registry.npmjs.org/:_authToken=${NPM_TOKEN}', []],
  ['root/notes.txt', '//registry.example.org/:_authToken=q1w2e3r4-t5y6', []],
  ['app/.yarnrc.yml', 'npmScopes:\n  my:\n    npmAuthToken: "q1w2e3r4-t5y6"\n', ['yarnrc-auth 3:20']],
  ['root/.pypirc', '[pypi]\nusername = me\npassword = s3cr3t-9x\n', ['pypirc-password 3:12']],
  [
    'root/.netrc',
    'machine api.example.org login me password q1w2e3\nmachine b\n  login c\n  password  z9y8x7\n',
    ['netrc-password 1:43', 'netrc-password 4:13'],
  ],
  ['root/.pgpass', '#h:1:d:u:no\ndb.local:5432:*:admin:q1w2e3\n*:*:*:a\\:b:z9y8\\:x7', ['pgpass-password 2:23', 'pgpass-password 3:12']],
  [
    'etc/nginx/.htpasswd',
    'me:$apr1$lZL6V/ci$eIMz/iKDkbtys/uU7LEK00\nyou:{SHA}VBPuJHI7uixaa6LQGWx4s+5GKNE=\n# x:y\nold:rqXexS6ZhobKA\n',
    ['htpasswd-hash 1:4', 'htpasswd-hash 2:5', 'htpasswd-hash 4:5'],
  ],
  ['root/.docker/config.json', `{"auths": {"r.example.org": {\n "auth": "${base64('me:q1w2e3')}"\n}}}`, ['docker-config-auth 2:11']],
  ['root/.docker/config.json', `{"auths": {"r.example.org": {"auth": "${base64('no colon')}"}}}`, []],
  ['root/.docker/config.json', '{"auths": {"r": {"identitytoken": "q1w2e3r4t5y6u7i8o9"}}}', ['docker-config-token 1:36']],
  ['home/me/config', `users:\n- user:\n    client-key-data: ${base64(key)}\n`, ['kubeconfig-client-key 3:22']],
  ['deploy/secret.yaml', `data:\n  tls.key: ${base64(key)}\n`, ['base64-private-key 2:12']],
  ['deploy/secret.yaml', `data:\n  tls.crt: ${base64('-----BEGIN CERTIFICATE-----'.repeat(5))}\n`, []],
  ['home/me/config', `users:\n- user:\n    client-key-data: ${base64('-----BEGIN CERTIFICATE-----'.repeat(5))}\n`, []],
  ['root/.kube/config', 'users:\n- name: a\n  user:\n    token: q1w2e3r4t5\n', ['kubeconfig-token 4:12']],
  ['root/.git-credentials', 'https://me:q1w2e3%21@git.example.org\n', ['git-credentials 1:12']],
  ['root/.m2/settings.xml', '<server><id>a</id><password>q1w2e3</password></server>', ['maven-settings-password 1:29']],
  ['root/.m2/settings.xml', '<password>{jSMOWnoPFgsHVpMvz5VrIt5kRbzGpI8u+9EF1iFQyJQ=}</password>', []],
  [
    'infra/terraform.tfstate',
    '{"attributes": {"master_password": "q1w2e3r4!", "secret_name": "prod/db-9x", "secret_id": "a1-b2-c3"}}',
    ['terraform-state-secret 1:37'],
  ],
  [
    'infra/terraform.tfstate',
    '{"outputs": {"db": {\n"value": "q1w2e3r4!",\n"type": "string",\n"sensitive": true\n}}}',
    ['terraform-state-output 2:11'],
  ],
];

describe('files of credentials', () => {
  it.each(cases)('%s: %j', (path, text, expected) => {
    expect(at(path, text)).toEqual(expected);
    for (let cut = 0; cut <= text.length; cut++) {
      const stream = scanner.open(path, text.length);
      stream.chunk(Buffer.from(text.slice(0, cut)));
      stream.chunk(Buffer.from(text.slice(cut)));
      expect(stream.end().map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual(expected);
    }
  });

  it('have a case for every rule', () => {
    const found = new Set(cases.flatMap(([, , expected]) => expected.map((one) => one.split(' ')[0])));
    expect(credentialFileRules.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });
});
