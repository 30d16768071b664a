/** Shannon entropy in bits a character. */
export function entropy(text: string): number {
  if (text.length === 0) return 0;
  const counts = new Uint32Array(256);
  for (let i = 0; i < text.length; i++) counts[text.charCodeAt(i) & 0xff]!++;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * Says what the text is instead of a secret: one that stands for one in documentation and templates. `tiger` is the password of Oracle's and
 * SQLAlchemy's examples. Undefined for what may be one.
 */
export function placeholder(secret: string): string | undefined {
  if (TEMPLATE.test(secret)) return 'template';
  if (secret === 'tiger') return 'documentation';
  if (WORDS.test(secret)) return 'placeholder';
  if (repeats(secret)) return 'repeated';
  if (counts(secret)) return 'sequence';
  return undefined;
}

/** `${VAR}`, `$VAR`, `{{ x }}`, `<your-key>`, `%(x)s`, `%VAR%`, `[REDACTED]`, `process.env.X`: filled in elsewhere. */
const TEMPLATE =
  /^(?:\$\{[^}]*\}?|\$\([^)]*\)?|\$[A-Za-z_]\w*|\{\{.*|\{%.*|\{[A-Za-z_][\w.:-]*\}|<[^<>]*>|%\(.*|%[A-Za-z_]\w*%|%[sdvq]|\[[A-Za-z _-]+\]|@[A-Za-z_.]+@|__[A-Z_]+__|#\{.*|process\.env\b.*|os\.(?:environ|getenv)\b.*|env\(.*|ENV\[.*|!(?:Ref|Sub|GetAtt)\b.*|(?:var|local|data|module)\.[\w.[\]"-]+|&lt;.*)$/;

const WORDS =
  /x{5,}|\*{4,}|\.{4,}|example|sample[_-]?(?:key|token|secret|password)|placeholder|change[_ -]?(?:me|this|it)|your[_-]?(?:own|api|access|secret|token|key|pass|client|account|auth|app|user)|(?:insert|enter|put|add|replace|fill)[_-](?:your|me|with|this|here|in|default)|redacted|dummy|not[_-]?a?[_-]?real|fake|goes[_-]?here|to[_-]?be[_-]?(?:filled|replaced|set)|lorem[_-]?ipsum|deadbeef|f00b?ar|foobar|test[_-]?(?:key|token|secret|pass)|<[a-z_ -]+>|\$\{[^}]*\}|\{\{/i;

/** Few different characters for its length, or the same short piece over and over. */
function repeats(secret: string): boolean {
  if (secret.length < 4) return false;
  const body = secret.replace(/^[A-Za-z]{1,12}[_-]/, '');
  const text = body.length >= 8 ? body : secret;
  if (/^(.)\1*$/.test(text)) return true;
  if (/(.)\1{9,}/.test(text)) return true;
  return text.length >= 12 && /^(.{1,4}?)\1{2,}.{0,3}$/s.test(text);
}

/** Runs of the alphabet or of digits that somebody typed: `0123456789`, `abcdefghij`, also backwards. */
function counts(secret: string): boolean {
  let run = 1;
  let longest = 1;
  for (let i = 1; i < secret.length; i++) {
    const step = secret.charCodeAt(i) - secret.charCodeAt(i - 1);
    run = step === 1 ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest >= 8 || (longest >= 6 && longest * 3 >= secret.length);
}

/** Says what a value is that only its name makes suspicious: hash, UUID, path, identifier, word. */
export function harmless(value: string, before: string): string | undefined {
  if (UUID.test(value)) return 'uuid';
  if (HASH_NAME.test(before) && /^[0-9a-f]+$|^sha\d+-|^[0-9A-Za-z+/]+={0,2}$/i.test(value)) return 'hash';
  if (/^sha(?:1|224|256|384|512)[-:]/i.test(value)) return 'hash';
  if (/^(?:https?|file|s3|gs|ssh|git):\/\/[^:@]*$/.test(value)) return 'address';
  if (/^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)/.test(value) && !/[+=]/.test(value)) return 'path';
  if (/^[a-z_-]+(?:\/[a-z_-]+)+(?:#[a-z_-]+)?$/.test(value)) return 'path';
  if (/^[#.][a-z]+(?:[-_][a-z]+)*$/.test(value)) return 'selector';
  if (/^[A-Za-z]+$/.test(value) && value.length < 20) return 'word';
  if (/^(?:[A-Za-z]+[_.:-])+[A-Za-z]+$/.test(value)) return 'identifier';
  if (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(value)) return 'identifier';
  if (/^(?:true|false|null|none|nil|undefined)$/i.test(value)) return 'word';
  if (/^\d+(?:\.\d+)*$/.test(value) && value.length < 12) return 'number';
  // `"PASSWORD=" + value` of a program: what stands behind the quote is no text.
  if (/^\+ ?[A-Za-z_][\w.]*$/.test(value)) return 'code';
  if (/\(.*\)|=>|\bfunction\b|\[\w*\]|->|::/.test(value)) return 'code';
  return undefined;
}

const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const HASH_NAME =
  /(?:sha-?(?:1|2|224|256|384|512)|md5|checksum|digest|integrity|commit|revision|fingerprint|etag|object[_-]?id|hash)[^=:,;]{0,20}["'`]?\s{0,4}[=:,(]?\s{0,4}["'`]?$/i;
