import type { SecretRule } from '../types.ts';
import { named, token } from './build.ts';
import { mixed } from './checks.ts';
import { uncommonPassword } from './common-passwords.ts';

const ASSIGNED = 'https://cwe.mitre.org/data/definitions/798.html';
const COMMANDS = 'https://cwe.mitre.org/data/definitions/214.html';
const url = {
  service: 'URL',
  word: 'password',
  severity: 'high',
  reference: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
} as const;
const header = { service: 'HTTP', severity: 'high' } as const;
const command = { service: 'Command line', word: 'password', severity: 'high', reference: COMMANDS } as const;
const guess = { service: 'Generic', severity: 'medium', lookAlikes: 'all', bare: false, reference: ASSIGNED } as const;

/** What may stand in a password given without or within quotes. */
const WORD = String.raw`[^\s"'\x60<>\\,;(){}[\]]`;

type Groups = Readonly<Record<string, string | undefined>>;

/** How a longer name ends that says something about a secret, and is none: `tokenUrl`, `password_file`, `credentialId`. */
const ABOUT =
  /(?:id|ids|name|url|uri|path|file|dir|type|length|size|header|hash(?:ed|er|ers)?|ref|expir\w{0,8}|lifetime|ttl|alg\w{0,8}|policy|field|label|regex|pattern|prefix|version|endpoint|format|count|limit|provider|store|class|selector|index|usage|icon)$/i;
/** Before a name: what everybody may see, and what is made anew for every page. */
const OPEN = '(?<!public[_.-]?)(?<!csrf[_.-]?)(?<!xsrf[_.-]?)(?<!ticity[_.-]?)';

/** `settings.database.password1`: a place in a program. */
const MEMBER = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/;
/** Names that RFC 2606 keeps for examples. */
const EXAMPLE_HOST = /(?:^|\.)example\.(?:com|org|net)$/i;

/** Two kinds of character at least, as a password has that was made rather than written as a word. */
function made(secret: string, { tail = '' }: Groups = {}): boolean {
  if (ABOUT.test(tail)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(secret)).length;
  return (
    kinds >= 2 && !/^(?:required|nullable|string|sometimes)\b/.test(secret) && /[\d!@#$%^&*?~]/.test(secret) && uncommonPassword(secret)
  );
}

/** Random rather than spelt: letters and digits, less than half in pieces that read like words; no file name, version or row of short parts. */
function random(secret: string, { tail = '' }: Groups = {}): boolean {
  if (ABOUT.test(tail)) return false;
  if (!mixed(secret) || secret.includes('..') || MEMBER.test(secret) || /^[\w./-]{1,80}\.[a-z]{2,5}$|^v?\d+\.\d+/i.test(secret))
    return false;
  const parts = secret.split(/[-_.:/]/);
  if (parts.length >= 4 && parts.every(({ length }) => length <= 10)) return false;
  const words = secret.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g)?.filter(spoken) ?? [];
  return words.join('').length * 2 < secret.length;
}

function spoken(piece: string): boolean {
  const vowels = piece.replaceAll(/[^aeiouy]/gi, '').length / piece.length;
  return vowels >= 0.2 && vowels <= 0.67 && !/[^aeiouy]{4}/i.test(piece);
}

/** Secrets without an owner: addresses and commands that hold a password, headers, and names that promise a secret. */
export const genericRules: readonly SecretRule[] = [
  token({
    ...url,
    id: 'url-with-password',
    keywords: ['http://', 'https://', 'ftp://', 'ftps://', 'ssh://', 'git://', 'svn://', 'socks5://', 'imap://', 'imaps://'],
    body: String.raw`(?:https?|ftps?|sftp|ssh|git|svn|socks5|imaps?)://[^\s:@/"'\x60<>\\?#]{1,64}:(?<secret>[^\s@/"'\x60<>\\?#]{3,128})@(?<host>[A-Za-z0-9[][\w.\]-]{1,80})`,
    end: 'none',
    check: (secret, { host = '' }) => uncommonPassword(secret) && !EXAMPLE_HOST.test(host),
  }),
  token({
    ...header,
    id: 'basic-authorization-header',
    word: 'password',
    keywords: ['basic '],
    body: String.raw`[Aa](?:uthorization|UTHORIZATION)["']?\s{0,3}[:=,]\s{0,3}["']?[Bb](?:asic|ASIC) (?<secret>[A-Za-z0-9+/]{8,200}={0,2})`,
    end: 'base64',
    check: (secret) => {
      const [, user, password] = /^([\x20-\x39\x3b-\x7e]*):([\x20-\x7e]+)$/.exec(Buffer.from(secret, 'base64').toString('latin1')) ?? [];
      return user !== undefined && password !== undefined && uncommonPassword(password) && user !== 'Aladdin';
    },
    reference: 'https://www.rfc-editor.org/rfc/rfc7617',
  }),
  token({
    ...header,
    id: 'bearer-authorization-header',
    word: 'token',
    keywords: ['authorization'],
    body: String.raw`[Aa](?:uthorization|UTHORIZATION)["']?\s{0,3}[:=,]\s{0,3}["']?(?:(?:[Bb]earer|BEARER|[Tt]oken|[Aa]pi-?[Tt]oken|[Aa]pi-?[Kk]ey) {1,2})?(?<secret>[\w.~+/-]{20,2000}={0,2})`,
    end: 'base64',
    check: random,
    minEntropy: 3.5,
    lookAlikes: 'all',
    reference: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
  }),
  named({
    ...header,
    id: 'api-key-header',
    word: 'api-key',
    keywords: ['x-api-key', 'x-auth-token', 'x-access-token'],
    name: 'x-(?:api-key|auth-token|access-token)',
    value: String.raw`[\w.+/=-]{16,200}`,
    check: random,
    minEntropy: 3.3,
    lookAlikes: 'all',
    reference: 'https://swagger.io/docs/specification/v3_0/authentication/api-keys/',
  }),
  token({
    ...command,
    id: 'curl-user-password',
    keywords: ['curl'],
    end: 'none',
    body: String.raw`curl\b[^;|]{0,300}?\s(?:-u|--user|--proxy-user)[ =]{0,3}["']?[^\s:"'$]{0,64}:["']?(?<secret>${WORD}{4,128})`,
    check: uncommonPassword,
  }),
  token({
    ...command,
    id: 'sshpass-password',
    keywords: ['sshpass'],
    end: 'none',
    body: String.raw`sshpass\s{1,4}-p\s{0,4}["']?(?<secret>${WORD}{4,128})`,
    check: uncommonPassword,
  }),
  token({
    ...command,
    id: 'docker-login-password',
    keywords: ['login'],
    end: 'none',
    body: String.raw`(?:docker|podman|skopeo|crane|helm|buildah|oras|nerdctl)\s[^\r\n]{0,40}?login\b[^\r\n]{0,120}?\s(?:-p|--password)[ =]["']?(?<secret>${WORD}{4,256})`,
    check: uncommonPassword,
  }),
  token({
    ...command,
    id: 'mysql-command-password',
    keywords: ['mysql', 'mariadb'],
    end: 'none',
    body: String.raw`(?:mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?)\s[^\r\n]{0,120}?(?:\s-p|--password=)["']?(?<secret>${WORD}{6,64})`,
    check: made,
  }),
  token({
    ...command,
    id: 'chpasswd-password',
    keywords: ['chpasswd'],
    end: 'none',
    body: String.raw`echo\s{1,3}(?:-[ne]{1,2}\s{1,3})?["']?[a-z_][\w-]{0,31}:(?<secret>[^\s"'\x60\\|:$]{3,64})["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,3})?(?:/usr/sbin/)?chpasswd\b`,
    lookAlikes: 'placeholders',
  }),
  token({
    ...command,
    id: 'openssl-pass-argument',
    keywords: ['pass:'],
    end: 'none',
    body: String.raw`-(?:pass|passin|passout|srcpass|deststorepass)\s{1,3}["']?pass:(?<secret>${WORD}{4,128})`,
    check: uncommonPassword,
  }),
  token({
    ...command,
    id: 'keytool-password',
    keywords: ['storepass', 'keypass'],
    end: 'none',
    body: String.raw`-(?:src|dest)?(?:storepass|keypass)\s{1,3}["']?(?<secret>${WORD}{6,128})`,
    check: (secret) => uncommonPassword(secret) && secret !== 'changeit' && !secret.startsWith('-'),
    severity: 'medium',
  }),
  token({
    ...command,
    id: 'password-option',
    keywords: ['pass', 'pwd', 'token', 'secret', '-key'],
    // A key by its fingerprint or its file is a public one.
    body: `--(?!(?:[a-z]{1,10}-)?(?:gpg|pgp|public|pub|host)-)[a-z0-9-]{0,24}(?:pass(?:word|wd|phrase)?|pwd|token|secret|key)[ =]{1,2}["']?(?<secret>${WORD}{8,150})`,
    end: 'none',
    check: (secret) => made(secret) && (secret.length < 16 || random(secret)) && !secret.startsWith('-'),
    lookAlikes: 'all',
    minEntropy: 2.7,
  }),
  named({
    ...guess,
    id: 'generic-password',
    word: 'password',
    keywords: ['passw', 'passphrase', 'pwd', 'passcode'],
    name: 'pass(?:word|wd|phrase|code)|pwd',
    value: `${WORD}{8,100}`,
    end: 'code',
    check: made,
    minEntropy: 2.7,
  }),
  named({
    ...guess,
    id: 'generic-api-key',
    word: 'api-key',
    keywords: ['key'],
    name: '(?:api|access|auth|private|secret|account|service|app|admin|master|license|subscription|encryption|crypt|signing|session)[_.-]?key',
    value: String.raw`[\w.+/~-]{16,150}={0,2}`,
    end: 'code',
    check: random,
    minEntropy: 3.5,
  }),
  named({
    ...guess,
    id: 'generic-token',
    word: 'token',
    keywords: ['token'],
    name: `${OPEN}token`,
    value: String.raw`[\w.+/~:-]{16,256}={0,2}`,
    end: 'code',
    check: random,
    minEntropy: 3.5,
  }),
  named({
    ...guess,
    id: 'generic-secret',
    word: 'secret',
    keywords: ['secret'],
    name: `${OPEN}secret`,
    value: String.raw`[\w.+/~!@#$%^&*-]{12,150}={0,2}`,
    end: 'code',
    check: random,
    minEntropy: 3.3,
  }),
  named({
    ...guess,
    id: 'generic-credential',
    word: 'secret',
    keywords: ['credential', 'creds', 'salt'],
    name: 'credentials?|creds?|(?<![A-Za-z])salt',
    value: String.raw`[\w.+/~-]{20,150}={0,2}`,
    end: 'code',
    check: random,
    minEntropy: 3.3,
  }),
];
