/** One line of passwd(5), group(5) or shadow(5). */
export interface AccountLine {
  readonly name: string;
  /** The number of a user or group; undefined in shadow. */
  readonly id?: number;
  /** The number of a user's group; of passwd alone. */
  readonly group?: number;
  /** The second field: `''` no password, anything else some. */
  readonly password: string;
  readonly line: number;
}

const MAX_LINES = 10_000;

/** Lines `name:password:number:...`; those that are not of the form are left out, as the system does. Source: passwd(5), group(5), shadow(5). */
export function accountLines(text: string): readonly AccountLine[] {
  return text.split('\n', MAX_LINES).flatMap((line, i) => {
    const [name = '', password, number, group] = line.trim().split(':');
    if (name === '' || name.startsWith('#') || name.startsWith('+') || password === undefined) return [];
    return [{ name, password, line: i + 1, ...numbered('id', number), ...numbered('group', group) }];
  });
}

/** The same file with every password but the empty one told by a letter: hashes are nobody's business, in passwd and group neither. */
export function withoutHashes(text: string): string {
  return text.replace(/^([^:\n]*):([^:\n]+)/gm, (_, name: string, field: string) => `${name}:${/^[!*]/.test(field) ? '!' : 'x'}`);
}

/** Whether a text is the number of a user or group: the last two of 32 bits are none. */
export function isAccountId(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= 4_294_967_294;
}

function numbered<K extends string>(name: K, text: string | undefined): { readonly [key in K]?: number } {
  return text !== undefined && isAccountId(text) ? ({ [name]: Number(text) } as { readonly [key in K]?: number }) : {};
}
