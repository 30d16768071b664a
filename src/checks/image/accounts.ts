/** One line of passwd(5), group(5) or shadow(5). */
export interface AccountLine {
  readonly name: string;
  /** The number of a user or group; undefined in shadow. */
  readonly id?: number;
  /** The second field: `''` no password, anything else some. */
  readonly password: string;
  readonly line: number;
}

const MAX_LINES = 10_000;

/** Lines `name:password:number:...`. Source: passwd(5), group(5), shadow(5). */
export function accountLines(text: string): readonly AccountLine[] {
  return text
    .split('\n')
    .slice(0, MAX_LINES)
    .flatMap((line, i) => {
      const [name = '', password, number = ''] = line.trim().split(':');
      if (name === '' || name.startsWith('#') || name.startsWith('+') || password === undefined) return [];
      return [{ name, password, line: i + 1, ...(/^\d{1,10}$/.test(number) ? { id: Number(number) } : {}) }];
    });
}

/** The same shadow file with every password but the empty one told by a letter: hashes are nobody's business. */
export function withoutHashes(shadow: string): string {
  return shadow.replace(/^([^:\n]*):([^:\n]+)/gm, (_, name: string, field: string) => `${name}:${/^[!*]/.test(field) ? '!' : 'x'}`);
}
