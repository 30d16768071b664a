import { type Distro, debianVersionOf, ubuntuReleaseOf } from '../../../model/index.ts';

/** Source: os-release(5), "ID=": lower case letters, digits, `.`, `_`, `-`. */
const ID = /^[a-z0-9._-]+$/;

/** What an os-release file states; undefined where it has no usable ID (the older files then decide). */
export function parseOsRelease(text: string): Omit<Distro, 'path'> | undefined {
  const fields = parseAssignments(text);
  const id = fields.get('ID')?.toLowerCase();
  if (id === undefined || !ID.test(id)) return undefined;
  const stated = fields.get('VERSION_ID');
  const codename = isEdge(id, stated) ? 'edge' : fields.get('VERSION_CODENAME');
  const versionId = stated ?? (id === 'debian' ? debianVersionOf(codename) : undefined);
  const idLike = (fields.get('ID_LIKE') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => ID.test(word));
  const prettyName = fields.get('PRETTY_NAME');
  const parent = parentOf(id, fields);
  return {
    id,
    ...(idLike.length > 0 ? { idLike } : {}),
    ...(versionId ? { versionId } : {}),
    ...(codename ? { codename } : {}),
    ...(prettyName ? { prettyName } : {}),
    ...(parent ? { parent } : {}),
  };
}

/** Derivatives of Ubuntu state UBUNTU_CODENAME, which Ubuntu has too; some of Debian state DEBIAN_CODENAME. */
function parentOf(id: string, fields: ReadonlyMap<string, string>): Distro['parent'] {
  const ubuntu = ubuntuReleaseOf(fields.get('UBUNTU_CODENAME') ?? '');
  if (ubuntu !== undefined) return id === 'ubuntu' ? undefined : { id: 'ubuntu', versionId: ubuntu };
  const debian = debianVersionOf(fields.get('DEBIAN_CODENAME'));
  return debian === undefined || id === 'debian' ? undefined : { id: 'debian', versionId: debian };
}

/** Alpine's rolling branch calls itself by a pre-release of the next one: `3.21.0_alpha20240807`. */
export function isEdge(id: string, version: string | undefined): boolean {
  return id === 'alpine' && version !== undefined && /_alpha|^edge/.test(version);
}

/** `NAME=value` lines of the shell-like syntax that os-release(5) describes; empty values and lines that are none are left out. */
export function parseAssignments(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const parts = /^\s*([A-Za-z][A-Za-z0-9_]*)=(.*)$/.exec(line);
    const value = unquote(parts?.[2]?.trim() ?? '');
    if (parts?.[1] !== undefined && value !== '') fields.set(parts[1], value);
  }
  return fields;
}

/** Single quotes keep all as it is, a backslash elsewhere takes the next character as it is. Source: os-release(5), POSIX shell 2.2. */
function unquote(text: string): string {
  let out = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '\\' && quote === '') out += text[++i] ?? '';
    else if (character === '\\' && quote === '"' && '"$`\\'.includes(text[i + 1] ?? ' ')) out += text[++i];
    else if (quote === '' && /\s/.test(character)) break;
    else out += character;
  }
  return out;
}
