import { readXml } from '../util/xml/index.ts';

/** One update of a repository's updateinfo.xml: texts as they stand there, empty where they are missing. */
export interface Update {
  readonly id: string;
  /** `security`, `bugfix`, `enhancement`, `newpackage`. */
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly issued: string;
  readonly updated: string;
  readonly references: readonly { readonly type: string; readonly id: string }[];
  /** Each file of the update. */
  readonly packages: readonly UpdatedPackage[];
}

export interface UpdatedPackage {
  readonly name: string;
  /** `epoch:version-release`. */
  readonly evr: string;
  readonly arches: readonly string[];
}

type Open = { -readonly [K in keyof Omit<Update, 'references' | 'packages'>]: string } & {
  references: { type: string; id: string }[];
  packages: Map<string, { name: string; evr: string; arches: string[] }>;
};

const TEXTS = ['id', 'title', 'severity'] as const;

/**
 * Calls `take` with one update after the other; returns why the document is none, or undefined. Source: the format of `createrepo_c`
 * and libdnf (updates, update, references, pkglist, collection, package). Files of one package and version are put together.
 */
export function readUpdateinfo(document: string, take: (update: Update) => void): string | undefined {
  let update: Open | undefined;
  let text = '';
  let depth = 0;
  let root = '';
  const wrong = readXml(document, {
    open(name, attributes) {
      depth += 1;
      text = '';
      if (depth === 1) root = name;
      if (name === 'update' && depth === 2) {
        const { type = '' } = attributes;
        update = { id: '', type, title: '', severity: '', issued: '', updated: '', references: [], packages: new Map() };
      } else if (update === undefined) return;
      else if (depth === 3 && (name === 'issued' || name === 'updated')) update[name] = attributes.date ?? '';
      else if (name === 'reference') update.references.push({ type: attributes.type ?? '', id: attributes.id ?? '' });
      else if (name === 'package') addPackage(update, attributes);
    },
    text(part) {
      text += part;
    },
    close(name) {
      const wanted = TEXTS.find((each) => each === name);
      if (update && depth === 3 && wanted) update[wanted] = text;
      if (update && depth === 2) {
        take({ ...update, packages: [...update.packages.values()] });
        update = undefined;
      }
      depth -= 1;
    },
  });
  return wrong ?? (root === 'updates' ? undefined : `<${root}> instead of <updates>`);
}

function addPackage(update: Open, attributes: Readonly<Record<string, string>>): void {
  const { name = '', epoch = '', version = '', release = '', arch = '' } = attributes;
  if (arch === 'src') return;
  const evr = `${epoch || '0'}:${version}-${release}`;
  const known = update.packages.get(`${name}\0${evr}`);
  if (!known) update.packages.set(`${name}\0${evr}`, { name, evr, arches: [arch] });
  else if (!known.arches.includes(arch)) known.arches.push(arch);
}
