import { readdirSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * Examples of secrets, made from templates when a test runs, so that no text that looks like a real secret is kept in the repository.
 *
 *     [github-personal-access-token] -long ~sibling-rule   a rule; which variants of its examples would be genuine too; who else may claim them
 *     + ghp_<b62:30><crc62>                                an example: what is found is all of it, or the part in «»
 *     + HEROKU_API_KEY := <uuid>                           a value that its name makes known
 *     - ghp_<b62:36>                                       a look-alike
 *
 * `<class:n>` stands for n random characters, `<a|b>` for one of some words, `<=user>` for `<user>`, `\\n` for a line's end, `<crc62>` and its like for checksums of what stands before.
 */
export interface RuleVectors {
  readonly rule: string;
  readonly flags: ReadonlySet<string>;
  readonly siblings: readonly string[];
  /** Of the file that the examples are in; for rules of certain files. */
  readonly path: string;
  readonly positives: readonly Example[];
  readonly negatives: readonly string[];
}

export interface Example {
  /** Set where the value's name makes it known. */
  readonly name?: string;
  readonly before: string;
  readonly secret: string;
  readonly after: string;
  /** The same with every random character replaced by a constant one. */
  readonly filled: string;
}

const ALPHABETS: Readonly<Record<string, string>> = {
  'd': '0123456789',
  'hex': '0123456789abcdef',
  'HEX': '0123456789ABCDEF',
  'az': 'abcdefghijklmnopqrstuvwxyz',
  'AZ': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'low': 'abcdefghijklmnopqrstuvwxyz0123456789',
  'UP': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  'b32': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  'b32l': 'abcdefghijklmnopqrstuvwxyz234567',
  'bech': 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  'alpha': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  'b62': '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  'b64': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'url': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
};

/** All vectors of a folder's `.txt` files, by file. */
export function readVectors(folder: URL): ReadonlyMap<string, readonly RuleVectors[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return new Map(files.map((file) => [file, parse(readFileSync(new URL(file, folder), 'utf8'))]));
}

function parse(text: string): readonly RuleVectors[] {
  const all: { rule: string; flags: Set<string>; siblings: string[]; path: string; positives: Example[]; negatives: string[] }[] = [];
  for (const line of text.split('\n')) {
    const header = /^\[([a-z0-9-]+)\](.*)$/.exec(line);
    if (header) {
      const words = header[2]!.split(' ');
      const flags = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
      const siblings = words.filter((word) => word.startsWith('~')).map((word) => word.slice(1));
      const path = words.find((word) => word.startsWith('@'))?.slice(1) ?? 'settings.conf';
      all.push({ rule: header[1]!, flags: new Set(flags), siblings, path, positives: [], negatives: [] });
    }
    const last = all.at(-1);
    if (!last) continue;
    if (line.startsWith('+ ')) {
      // Two examples of each template.
      for (const round of [0, 1]) last.positives.push(example(line.slice(2), random(`${last.rule} ${last.positives.length}`), round));
    }
    if (line.startsWith('- '))
      last.negatives.push(render(line.slice(2), random(`${last.rule} not ${last.negatives.length}`), 0).replaceAll(/[«»]/g, ''));
  }
  return all;
}

function example(template: string, next: () => number, round: number): Example {
  const [, name, value = ''] = /^(?:([\w.-]+) := )?(.*)$/.exec(template)!;
  const text = render(value, next, round);
  const [before = '', secret = '', after = ''] = text.includes('«') ? text.split(/[«»]/) : ['', text, ''];
  const filled = render(value, undefined, round).replaceAll(/[«»]/g, '');
  return { ...(name === undefined ? {} : { name }), before, secret, after, filled };
}

/** Without a source of numbers every random character is the same one. */
function render(template: string, next: (() => number) | undefined, round: number): string {
  let out = '';
  for (const [at, part] of template
    .replaceAll('\\n', '\n')
    .split(/(<[^<>]+>)/)
    .entries()) {
    out += at % 2 === 1 ? fill(part.slice(1, -1), out, next, round) : part;
  }
  return out;
}

function fill(what: string, before: string, next: (() => number) | undefined, round: number): string {
  const [kind = '', argument = ''] = what.split(/:(.*)/s);
  const alphabet = ALPHABETS[kind];
  if (alphabet !== undefined) {
    const constant = alphabet.includes('x') ? 'x' : alphabet.includes('X') ? 'X' : '0';
    return Array.from({ length: Number(argument) }, () => (next ? alphabet[Math.floor(next() * alphabet.length)] : constant)).join('');
  }
  if (kind === 'uuid') return '8-4-4-4-12'.replaceAll(/\d+/g, (n) => fill(`hex:${n}`, before, next, round));
  if (kind === 'json') return Buffer.from(argument).toString('base64url');
  if (kind === 'json64') return Buffer.from(argument).toString('base64');
  if (kind === 'crc62') return digits(crc32(before.slice(-30)), ALPHABETS.b62!, 6);
  if (kind === 'crc36') return crc32(before.replaceAll(/[«»]/g, '')).toString(36).padStart(7, '0');
  if (kind === 'crcle') return `_${Buffer.from(new Uint32Array([crc32(before)]).buffer).toString('hex')}`;
  if (kind === 'bech32') return bech32Checksum(before);
  if (what.startsWith('=')) return `<${what.slice(1)}>`;
  if (what.includes('|')) return what.split('|')[round % what.split('|').length]!;
  throw new Error(`No such piece of a template: <${what}>`);
}

function digits(value: number, alphabet: string, length: number): string {
  return Array.from({ length }, (_, i) => alphabet[Math.floor(value / alphabet.length ** (length - 1 - i)) % alphabet.length]).join('');
}

/** BIP 173, "Checksum". */
function bech32Checksum(text: string): string {
  const alphabet = ALPHABETS.bech!;
  const split = text.lastIndexOf('1');
  const prefix = [...text.slice(0, split).toLowerCase()].map((char) => char.charCodeAt(0));
  const data = [...text.slice(split + 1)].map((char) => alphabet.indexOf(char));
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const value of [...prefix.map((c) => c >> 5), 0, ...prefix.map((c) => c & 31), ...data, 0, 0, 0, 0, 0, 0]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) sum ^= generator[bit]!;
  }
  return [25, 20, 15, 10, 5, 0].map((shift) => alphabet[((sum ^ 1) >> shift) & 31]).join('');
}

/** Numbers in [0, 1) that are the same for the same seed: mulberry32. */
function random(seed: string): () => number {
  let state = crc32(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Texts that the example stands in as it may in a file: `[where, before, after]`; the name is part of `before`. */
export function contexts({ name, before, after }: Example, flags: ReadonlySet<string>): readonly (readonly [string, string, string])[] {
  const around = name === undefined ? LONE : given(name).filter(([where]) => !flags.has('bare') || !BARE.includes(where));
  return around.map(([where, left, right]) => [where, `${left}${before}`, `${after}${right}`]);
}

const LONE: readonly (readonly [string, string, string])[] = [
  ['alone', '', ''],
  ['at the start', '', ' and more'],
  ['at the end', 'some text: ', ''],
  ['in double quotes', 'const k = "', '";'],
  ['in single quotes', "k = '", "'\n"],
  ['in backticks', 'k = `', '`'],
  ['in JSON', '{"k":"', '","n":1}'],
  ['in JSON within a string', '{"k":"line\\n', '\\nline"}'],
  ['in YAML', 'settings:\n  k: ', '\n  n: 1\n'],
  ['in an environment file', 'A=1\nK=', '\nB=2\n'],
  ['in an environment file of Windows', 'A=1\r\nK=', '\r\nB=2\r\n'],
  ['in a query', 'https://host.test/path?k=', '&n=1'],
  ['before a comma', 'a,', ',b'],
  ['in brackets', 'f(', ')'],
  ['in XML', '<k>', '</k>'],
  ['behind a tab', 'k\t', '\tn'],
];

/** Those in which blanks alone are between name and value. */
const BARE: readonly string[] = ['in a Dockerfile', 'as an option'];

function given(name: string): readonly (readonly [string, string, string])[] {
  const camel = name.toLowerCase().replaceAll(/[_.-]+([a-z0-9])/g, (_, char: string) => char.toUpperCase());
  const lower = name.toLowerCase();
  return [
    ['in an environment file', `A=1\n${name}=`, '\nB=2\n'],
    ['in an environment file, quoted', `${name}="`, '"\n'],
    ['in a shell', `export ${name}='`, "'"],
    ['in a Dockerfile', `ENV ${name} `, '\n'],
    ['in a Dockerfile with several', `ENV A=1 ${name}=`, ' B=2'],
    ['in JSON', `{"${lower}": "`, '", "n": 1}'],
    ['in compact JSON', `{"${name}":"`, '"}'],
    ['in YAML', `settings:\n  ${lower.replaceAll('_', '-')}: `, '\n  n: 1\n'],
    ['in a manifest', `env:\n  - name: ${name}\n    value: `, '\n'],
    ['in properties', `a=1\n${lower.replaceAll('_', '.')} = `, '\n'],
    ['in code', `const ${camel} = '`, "';\n"],
    ['in Go', `${camel} := "`, '"'],
    ['in PHP', `'${lower}' => '`, "',"],
    ['in Python', `os.environ["${name}"] = "`, '"'],
    ['as an option', `run --${lower.replaceAll('_', '-')} `, ' --next'],
    ['in an XML attribute', `<add key="${name}" value="`, '" />'],
    ['with a suffix of its name', `${name}_PROD=`, '\n'],
  ];
}
