import { formatPurl } from '../../../util/purl.ts';
import { introducedIn } from '../../introduced-in.ts';
import { isVersion, jsonObject, textOf } from '../../lock-file.ts';
import { readWithin } from '../../read-within.ts';
import type { Extractor } from '../../types.ts';

interface CondaPartial {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** Of the purl: build, channel, subdir, type. */
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** A record lists every file with its hash; those of the largest packages have 60,000. */
const LIMIT = 64 << 20;
const WHAT = 'conda record';
const NAME = /^[\w.-]{1,256}$/;

/**
 * Packages of conda environments, from the records in `conda-meta`. No source of advisories that we know names packages of conda:
 * they are in the inventory as not assessed, and the Python packages among them are seen as such besides.
 */
export const conda: Extractor<CondaPartial> = {
  id: 'lang/conda',
  version: 1,
  class: 'library',
  appliesTo: 'image',
  wants: { suffixes: ['.json'], accept: (_head, file) => /(^|\/)conda-meta\/[^/]+$/.test(file.path) },

  async extract(file, ctx) {
    const bytes = await readWithin(file, LIMIT, ctx, { what: WHAT, incomplete: true });
    if (!bytes) return undefined;
    const found = parseRecord(textOf(bytes));
    if (!found) ctx.gap({ code: 'malformed', params: { what: WHAT }, incomplete: true });
    return found;
  },

  settle: (view) => ({
    packages: view.visible.map((entry) => {
      const { name, version, license, qualifiers } = entry.partial;
      return {
        type: 'conda' as const,
        name,
        version,
        purl: formatPurl({ type: 'conda', name, version, qualifiers }),
        ...(license === undefined ? {} : { licenses: [license] }),
        evidence: { kind: 'package-database', confidence: 'high', detail: WHAT } as const,
        path: entry.path,
        layer: introducedIn(view, entry, (older) => older.name === name && older.version === version),
      };
    }),
  }),
};

/** Source: conda documentation, conda.models.records, PrefixRecord; purl specification, conda. */
function parseRecord(text: string): CondaPartial | undefined {
  const record = jsonObject(text);
  if (!record || typeof record.name !== 'string' || !NAME.test(record.name) || !isVersion(record.version)) return undefined;
  const { license, build, subdir, channel, fn } = record;
  return {
    name: record.name,
    version: record.version,
    ...(typeof license === 'string' && license !== '' ? { license } : {}),
    qualifiers: {
      ...(isVersion(build) ? { build } : {}),
      ...(isVersion(subdir) ? { subdir } : {}),
      ...(isVersion(channel) ? { channel: channelName(channel, subdir) } : {}),
      ...(isVersion(fn) && /\.(conda|tar\.bz2)$/.test(fn) ? { type: fn.endsWith('.conda') ? 'conda' : 'tar.bz2' } : {}),
    },
  };
}

/** `conda-forge` of `https://host/conda-forge/linux-64`, `main` of `pkgs/main`. */
function channelName(channel: string, subdir: unknown): string {
  const parts = channel.split('/').filter(Boolean);
  if (parts.at(-1) === subdir) parts.pop();
  return parts.at(-1) ?? '';
}
