/** Where Portage keeps what it installed: a folder for each package, a file for each fact. Source: portage(5), "/var/db/pkg". */
const FACT = /^(var\/db\/pkg\/([\w][\w+.-]*)\/([^/]+))\/(PF|SLOT|LICENSE|CONTENTS|repository)$/;

/** Source: Package Manager Specification, "Names and Versions": a name does not end in what looks like a version. */
const NAME_AND_VERSION = /^(\w[\w+-]*?)-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/;
const MAX_NAME = 512;

/** A file of a package's folder. */
export interface Place {
  /** The package's folder. */
  readonly folder: string;
  readonly category: string;
  /** Name and version: `python-3.11.6-r1`. */
  readonly pf: string;
  readonly fact: string;
}

/** Undefined for files that state nothing. */
export function placeOf(path: string): Place | undefined {
  const [, folder, category, pf, fact] = FACT.exec(path) ?? [];
  return folder && category && pf && fact ? { folder, category, pf, fact } : undefined;
}

/** Undefined where the folder's name is none of a package; Portage itself leaves unfinished ones behind (`-MERGING-python-3.11`). */
export function nameAndVersion(pf: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = pf.length > MAX_NAME ? [] : (NAME_AND_VERSION.exec(pf) ?? []);
  return name && version && !NAME_AND_VERSION.test(name) ? { name, version } : undefined;
}

/**
 * The paths that a CONTENTS file lists, folders left out, each ended by a line feed: `obj /usr/bin/x <md5> <time>`,
 * `sym /usr/lib/x -> y <time>`. Paths may hold blanks. Source: portage(5), "CONTENTS".
 */
export function pathsOfContents(text: string): string {
  let out = '';
  for (const line of text.split('\n')) {
    const path = /^obj \/(.+) [0-9a-f]{32} \d+$/.exec(line)?.[1] ?? /^sym \/(.+?) -> .+ \d+$/.exec(line)?.[1];
    if (path !== undefined) out += `${path}\n`;
  }
  return out;
}
