/** What a `desc` file of pacman's local database says. */
export interface PacmanPackage {
  readonly name: string;
  /** `[epoch:]version-release`. */
  readonly version: string;
  /** Name of the PKGBUILD that made it, perhaps with others. */
  readonly base?: string;
  readonly arch?: string;
  readonly packager?: string;
  readonly licenses?: readonly string[];
}

/** More than any package has licences. */
const MAX_VALUES = 200;
/** Longer values are no names or versions of anything. */
const MAX_VALUE = 8192;

/**
 * Blocks of a line `%FIELD%`, a value a line, and an empty line. Undefined where there is no name or no version.
 * Source: libalpm 13, be_local.c; the database has no page of its own.
 */
export function parseDesc(text: string): PacmanPackage | undefined {
  const fields = new Map<string, string[]>();
  let values: string[] = [];
  for (const line of text.split('\n')) {
    const field = /^%([A-Z0-9]+)%$/.exec(line)?.[1];
    if (field !== undefined) {
      values = [];
      if (!fields.has(field)) fields.set(field, values);
    } else if (line !== '' && line.length <= MAX_VALUE && values.length < MAX_VALUES) values.push(line);
  }
  const [name, version] = [fields.get('NAME')?.[0], fields.get('VERSION')?.[0]];
  if (name === undefined || version === undefined) return undefined;
  const [base, arch, packager, licenses] = [
    fields.get('BASE')?.[0],
    fields.get('ARCH')?.[0],
    fields.get('PACKAGER')?.[0],
    fields.get('LICENSE'),
  ];
  return {
    name,
    version,
    ...(base ? { base } : {}),
    ...(arch ? { arch } : {}),
    ...(packager ? { packager } : {}),
    ...(licenses && licenses.length > 0 ? { licenses } : {}),
  };
}

/** The paths of a `files` file, each ended by a line feed; folders, which end with a slash, are left out. */
export function pathsOfFiles(text: string): string {
  let paths = '';
  let listed = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('%')) listed = line === '%FILES%';
    else if (listed && line !== '' && !line.endsWith('/')) paths += `${line}\n`;
  }
  return paths;
}
