import { type RuleFacts, ruleOf } from '../rule-of.ts';
import type { SecretRule } from '../types.ts';

type Facts = RuleFacts & { readonly source: string };

/** JSON's blanks. */
const B = String.raw`[ \t\r\n]{0,16}`;
const LINE = String.raw`(?<=^|\n)`;

const npm = { service: 'npm', reference: 'https://docs.npmjs.com/cli/configuring-npm/npmrc' } as const;
const docker = {
  service: 'Docker',
  files: {
    basenames: ['.dockercfg', '.dockerconfigjson'],
    suffixes: ['.docker/config.json', 'docker/config.json', 'kaniko/config.json', 'containers/auth.json'],
  },
  reference: 'https://docs.docker.com/reference/cli/docker/login/#configure-the-credential-store',
} as const;
const terraform = {
  service: 'Terraform',
  files: { suffixes: ['.tfstate', '.tfstate.backup'] },
  reference: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
} as const;
const kubernetes = { service: 'Kubernetes', reference: 'https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/' } as const;

/** Files that are there to keep credentials, each in the form of its program. */
export const credentialFileRules: readonly SecretRule[] = [
  rule({
    ...npm,
    id: 'npmrc-auth',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['_auth', '_password'],
    files: { basenames: ['.npmrc', 'npmrc'] },
    source: String.raw`(?<=^|[\s:])_(?:authToken|auth|password)[ \t]{0,8}=[ \t]{0,8}["']?(?<secret>[^\s"'#;]{6,800})`,
  }),
  rule({
    ...npm,
    id: 'yarnrc-auth',
    service: 'Yarn',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['npmauth'],
    files: { basenames: ['.yarnrc.yml', '.yarnrc.yaml'] },
    source: String.raw`npmAuth(?:Token|Ident)["']?[ \t]{0,8}:[ \t]{0,8}["']?(?<secret>[^\s"'#]{6,800})`,
    reference: 'https://yarnpkg.com/configuration/yarnrc#npmAuthToken',
  }),
  rule({
    id: 'pypirc-password',
    service: 'PyPI',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['password'],
    files: { basenames: ['.pypirc'] },
    source: String.raw`${LINE}[ \t]{0,8}password[ \t]{0,8}[:=][ \t]{0,8}(?<secret>[^\s]{3,600})`,
    reference: 'https://packaging.python.org/en/latest/specifications/pypirc/',
  }),
  rule({
    id: 'netrc-password',
    service: '.netrc',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['password'],
    files: { basenames: ['.netrc', '_netrc'] },
    source: String.raw`(?<=^|\s)password\s{1,16}(?<secret>[^\s]{3,300})`,
    reference: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
  }),
  rule({
    id: 'pgpass-password',
    service: 'PostgreSQL',
    word: 'credentials-file',
    severity: 'critical',
    keywords: [],
    files: { basenames: ['.pgpass', 'pgpass.conf'] },
    source: String.raw`${LINE}(?!#)(?:[^:\n\\]|\\[:\\]){1,255}:(?:\d{1,5}|\*):(?:[^:\n\\]|\\[:\\]){1,64}:(?:[^:\n\\]|\\[:\\]){1,64}:(?<secret>[^\s]{1,200})`,
    reference: 'https://www.postgresql.org/docs/current/libpq-pgpass.html',
  }),
  rule({
    id: 'htpasswd-hash',
    service: 'Apache',
    word: 'credentials-file',
    severity: 'medium',
    keywords: [],
    files: { basenames: ['.htpasswd', 'htpasswd'], suffixes: ['.htpasswd'] },
    source: String.raw`${LINE}[^:\s#]{1,64}:(?<secret>\$(?:apr1|1|5|6)\$[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{22,86}|\$2[abxy]?\$\d\d\$[./0-9A-Za-z]{53}|\{SHA\}[A-Za-z0-9+/]{27}=|[./0-9A-Za-z]{13})(?=[\r\n]|$)`,
    reference: 'https://httpd.apache.org/docs/current/misc/password_encryptions.html',
  }),
  rule({
    ...docker,
    id: 'docker-config-auth',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['"auth"'],
    source: `"auth"${B}:${B}"(?<secret>[A-Za-z0-9+/]{6,3000}={0,2})"`,
    check: (secret) => /^[^:]+:[^\0]+/.test(Buffer.from(secret, 'base64').toString('latin1')),
  }),
  rule({
    ...docker,
    id: 'docker-config-token',
    word: 'token',
    severity: 'critical',
    keywords: ['identitytoken', 'registrytoken'],
    source: String.raw`"(?:identity|registry)token"${B}:${B}"(?<secret>[^"\s]{16,6000})"`,
  }),
  rule({
    ...kubernetes,
    id: 'kubeconfig-client-key',
    word: 'private-key',
    severity: 'critical',
    keywords: ['client-key-data'],
    source: String.raw`client-key-data["']?[ \t]{0,8}:[ \t]{0,8}["']?(?<secret>LS0t[A-Za-z0-9+/]{60,12000}={0,2})`,
    check: (secret) => Buffer.from(secret, 'base64').toString('latin1').includes('PRIVATE KEY-----'),
    lookAlikes: 'none',
  }),
  rule({
    id: 'base64-private-key',
    service: 'PEM',
    word: 'private-key',
    severity: 'critical',
    keywords: ['ls0tls1crudjtib'],
    source: String.raw`(?<![A-Za-z0-9+/])(?<!client-key-data["']?[ \t]{0,8}:[ \t]{0,8}["']?)LS0tLS1CRUdJTiB[A-Za-z0-9+/]{60,12000}={0,2}`,
    check: (secret) => Buffer.from(secret, 'base64').toString('latin1').includes('PRIVATE KEY-----'),
    lookAlikes: 'none',
    reference: 'https://www.rfc-editor.org/rfc/rfc7468',
  }),
  rule({
    ...kubernetes,
    id: 'kubeconfig-token',
    word: 'token',
    severity: 'critical',
    keywords: ['token', 'password'],
    files: {
      basenames: ['kubeconfig', 'k3s.yaml'],
      suffixes: ['.kube/config', '.kubeconfig', 'kubernetes/admin.conf', 'kubernetes/super-admin.conf'],
    },
    source: String.raw`${LINE}[ \t]{1,32}["']?(?:token|password)["']?[ \t]{0,8}:[ \t]{0,8}["']?(?<secret>[^\s"',]{6,4000})`,
  }),
  rule({
    id: 'git-credentials',
    service: 'Git',
    word: 'credentials-file',
    severity: 'critical',
    keywords: ['://'],
    files: { basenames: ['.git-credentials'], suffixes: ['git/credentials'] },
    source: String.raw`https?://[^:/\s]{1,200}:(?<secret>[^@\s/]{3,600})@`,
    reference: 'https://git-scm.com/docs/git-credential-store#_storage_format',
  }),
  rule({
    id: 'maven-settings-password',
    service: 'Maven',
    word: 'credentials-file',
    severity: 'high',
    keywords: ['<password>', '<passphrase>'],
    files: { basenames: ['settings.xml', 'settings-security.xml'] },
    source: String.raw`<(?:password|passphrase)>\s{0,16}(?!\{)(?<secret>[^<\s]{3,200})\s{0,16}</`,
    reference: 'https://maven.apache.org/settings.html#servers',
  }),
  rule({
    ...terraform,
    id: 'terraform-state-secret',
    word: 'credentials-file',
    severity: 'high',
    keywords: ['password', 'secret', 'token', 'private_key', 'access_key', 'connection_string'],
    lookAlikes: 'all',
    source: String.raw`"[\w.-]{0,64}(?:password|secret|token|private_key|access_key|connection_string)(?:_(?:data|value|string|key|pem|base64|binary))?"${B}:${B}"(?<secret>[^"\\\n]{6,4000})"`,
  }),
  rule({
    ...terraform,
    id: 'terraform-state-output',
    word: 'credentials-file',
    severity: 'high',
    keywords: ['"sensitive"'],
    source: String.raw`"value"${B}:${B}"(?<secret>[^"\n]{4,4000})"${B},${B}"type"${B}:${B}"string"${B},${B}"sensitive"${B}:${B}true`,
  }),
];

function rule({ source, ...facts }: Facts): SecretRule {
  return ruleOf(facts, source);
}
