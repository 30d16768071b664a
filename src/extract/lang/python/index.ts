import type { FoundPackage } from '../../../model/index.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { formatPurl } from '../../../util/purl.ts';
import { openZip } from '../../../util/zip/index.ts';
import { introducedIn } from '../../introduced-in.ts';
import { gapOf, readWithin } from '../../read-within.ts';
import type { Extractor, LayerContext, OpenFile } from '../../types.ts';
import { parseMetadata } from './parse.ts';
import { folderStates, formOf, isVendored } from './place.ts';

interface PythonPartial {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly string[];
}

/** Descriptions of whole handbooks are in the same file; the longest known are below 1 MB. */
const LIMIT = 8 << 20;

/**
 * Installed Python distributions: dist-info, egg-info (folder or old single file) and eggs (folder or zip). Those of Debian's
 * python3-* packages are found too and joined to their owner later. Roles: `installed`, `vendored` (a copy inside another package).
 */
export const python: Extractor<PythonPartial> = {
  id: 'lang/python',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: {
    basenames: ['METADATA', 'PKG-INFO'],
    suffixes: ['.egg-info', '.egg'],
    accept: (_head, file) => formOf(file.path) !== undefined,
  },

  async extract(file, ctx) {
    const bytes = formOf(file.path) === 'zipped-egg' ? await metadataOfEgg(file, ctx) : await readWithin(file, LIMIT, ctx, WHAT);
    if (!bytes) return undefined;
    const stated = parseMetadata(bytes);
    const folder = folderStates(file.path);
    const name = stated?.name ?? folder?.name;
    const version = stated?.version ?? folder?.version;
    if (!stated || name === undefined || version === undefined) {
      ctx.gap({ code: 'malformed', params: { what: WHAT.what }, incomplete: true });
      return undefined;
    }
    return { name, version, ...(stated.licenses ? { licenses: stated.licenses } : {}) };
  },

  settle: (view) => ({
    packages: view.visible.map((entry) => {
      const { name, version } = entry.partial;
      return toPackage(
        entry.path,
        introducedIn(view, entry, (older) => older.name === name && older.version === version),
        entry.partial,
      );
    }),
  }),
};

const WHAT = { what: 'Python package metadata', incomplete: true };

/** Undefined after a gap, and for files that are called `.egg` and are no archives. */
async function metadataOfEgg(file: OpenFile, ctx: LayerContext): Promise<Bytes | undefined> {
  if ((await file.head(2)).toString('latin1') !== 'PK') return undefined;
  try {
    const zip = await openZip(await file.random());
    const entry = zip.entries.find((each) => each.name === 'EGG-INFO/PKG-INFO');
    return entry && (await zip.read(entry, LIMIT));
  } catch (error) {
    const gap = gapOf(error);
    if (!gap) throw error;
    ctx.gap({ ...gap, incomplete: true });
    return undefined;
  }
}

function toPackage(path: string, layer: number, { name, version, licenses }: PythonPartial): FoundPackage {
  const vendored = isVendored(path);
  return {
    type: 'pypi',
    name,
    version,
    purl: formatPurl({ type: 'pypi', name: name.replace(/[-_.]+/g, '-'), version }),
    ...(licenses ? { licenses } : {}),
    evidence: { kind: 'package-metadata', confidence: vendored ? 'medium' : 'high', detail: `${formOf(path)} metadata` },
    path,
    layer,
    role: vendored ? 'vendored' : 'installed',
  };
}
