/** The fields of a package that stand on its own level, quotes taken off. */
export type PubspecFields = Readonly<Partial<Record<string, string>>>;

interface PubspecLock {
  readonly packages: ReadonlyMap<string, PubspecFields>;
  readonly broken: boolean;
}

/**
 * The block form of YAML that pub writes: two spaces a level, a key a line. Undefined where there is no `packages:`. Source: pub,
 * lib/src/lock_file.dart and yaml_edit.
 */
export function readPubspecLock(text: string): PubspecLock | undefined {
  const packages = new Map<string, Record<string, string>>();
  let section = '';
  let seen = false;
  let broken = false;
  let fields: Record<string, string> | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (line === '' || line.trimStart().startsWith('#')) continue;
    const [, indent = '', key, value = ''] = /^( *)("[^"]*"|[^\s:"]+):(?: +(.*))?$/.exec(line) ?? [];
    if (key === undefined) broken ||= section === 'packages';
    else if (indent === '') {
      section = key;
      seen ||= key === 'packages';
    } else if (section !== 'packages') continue;
    else if (indent.length === 2 && value === '') {
      fields = Object.create(null) as Record<string, string>;
      packages.set(unquoted(key), fields);
    } else if (indent.length === 4 && fields) fields[key] = unquoted(value);
    else if (indent.length < 6) broken = true;
  }
  return seen ? { packages, broken } : undefined;
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
