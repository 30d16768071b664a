/** Words in a name that say its value is a secret. */
const SECRET_WORD =
  'passw(?:or)?d|passphrase|pwd|secret|token|api_?key|access_?key|private_?key|signing_?key|encryption_?key|secret_?key|credentials?|auth';
/** Ends of names that only tell where a secret is, or something about it. */
const NO_SECRET =
  /(?:_?(?:file|path|dir|url|uri|host|port|user(?:name)?|name|id|type|algo(?:rithm)?|ttl|expir\w*|timeout|enabled|method|length|required|policy|header|endpoint|issuer|issuer_?url|realm|scope|mode|provider))$/i;
const SECRET_NAME = new RegExp(`(?:^|[^a-z])(?:${SECRET_WORD})s?(?:$|[^a-z])`, 'i');
/** `NOPASSWD` is a word of sudoers. */
const PUBLIC = /public|passw(?:or)?d?less|tokeni[sz]er|^nopasswd$/i;

/** Whether a variable of this name holds a secret: `DB_PASSWORD`, `apiKey`; not `PASSWORD_FILE`, `AUTH_URL`. */
export function namesSecret(name: string): boolean {
  const words = name.slice(0, 200).replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_');
  return (
    (SECRET_NAME.test(words) || /(?:passwd|password|secret|token|apikey|accesskey)$/i.test(words)) &&
    !NO_SECRET.test(words) &&
    !PUBLIC.test(words)
  );
}

const PLACEHOLDER = /^(?:<.*>|\{\{.*\}\}|\*+|x{3,}|\.{3,}|your[-_ ].*|none|null|true|false|yes|no|on|off)$/i;

/** Whether a value written down is the secret itself, not a place to take it from nor a placeholder. */
export function isSecretValue(value: string): boolean {
  const plain = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (plain === '' || PLACEHOLDER.test(plain)) return false;
  return !/^(?:\$|%\w+%$|@|\/(?:run|var|etc|mnt|secrets?)\/|(?:file|vault|op|aws|arn|gcp|azure|secret):)/i.test(plain);
}

const ASSIGNMENT =
  /(?<name>[A-Za-z_][\w.-]{0,100})(?<sign>["']?\s{0,3}[=:]\s{0,3}|\s+)(?<value>"[^"]{1,500}"|'[^']{1,500}'|[^\s"'&|;,]{1,500})/g;
const IN_ADDRESS = /(?<=[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,200}(?=@)/gi;

/** The line with what looks like a secret replaced by asterisks, one a character: `PASSWORD=*******`, `postgres://app:***@db`. */
export function maskSecrets(line: string): string {
  const masked = line.replace(IN_ADDRESS, (password) => (password.startsWith('$') ? password : '*'.repeat(password.length)));
  let result = '';
  let at = 0;
  const pattern = new RegExp(ASSIGNMENT);
  for (let match = pattern.exec(masked); match; match = pattern.exec(masked)) {
    const { name = '', sign = '', value = '' } = match.groups ?? {};
    // In prose a name and a value are two words, unlike in `ENV NAME value`.
    const assigned = /[=:]/.test(sign) || /^[A-Z_]+$/.test(name);
    if (!assigned || !namesSecret(name) || !isSecretValue(value)) {
      // What stood for the value may be the name: `ENV NAME=value`.
      pattern.lastIndex = match.index + name.length;
      continue;
    }
    const quoted = /^["']/.test(value);
    const stars = '*'.repeat(quoted ? value.length - 2 : value.length);
    result += masked.slice(at, match.index) + name + sign + (quoted ? `${value[0]}${stars}${value[0]}` : stars);
    at = pattern.lastIndex;
  }
  return result + masked.slice(at);
}
