import type { FoundPackage } from '../../../model/index.ts';
import type { Bytes } from '../../../util/bytes.ts';
import { ELF_MAGIC, machKind } from '../../../util/elf/index.ts';
import { formatPurl } from '../../../util/purl.ts';
import { introducedIn } from '../../introduced-in.ts';
import type { Extractor, LayerPartial } from '../../types.ts';
import { rules } from './rules/index.ts';
import { findProgram } from './search.ts';
import type { BinaryRule, Program, StatementRule } from './types.ts';

const binaries = rules.filter((rule): rule is BinaryRule => 'files' in rule);
const mains = new Map(binaries.map(({ id, main = id }) => [id, main]));
const statements = new Map(rules.flatMap((rule) => ('file' in rule ? [[rule.file, rule] as const] : [])));

/**
 * Programs that no package manager installed: compiled from source, unpacked from an archive, copied from another image. A rule
 * looks into files of a certain name for the version that the program itself prints. A file of that name in which its rule finds
 * nothing is another program, or a launcher of a shared library, and no gap. Programs that an OS package owns are found too and
 * left out of the inventory later. Not told: programs under other names, packed ones, and those linked into others.
 */
export const programs: Extractor<Program> = {
  id: 'bin/programs',
  version: 1,
  class: 'library',
  wants: {
    basenames: [...statements.keys()],
    executableNames: new RegExp(binaries.map(({ files }) => `(?:${files.source})`).join('|')),
    accept: (head, { path }) => {
      const rule = statements.get(nameOf(path));
      return rule ? rule.statement.test(head.toString('latin1')) : isBinary(head);
    },
  },

  async extract(file) {
    const name = nameOf(file.path);
    const rule = statements.get(name);
    if (rule) return statedIn(await file.head(HEAD), rule);
    const binary = binaries.find(({ files }) => files.test(name));
    return binary && findProgram(await file.random(), binary);
  },

  settle: (view) => ({
    packages: oneAFolder(view.visible).map((entry) => {
      const { program, version } = entry.partial;
      const layer = introducedIn(view, entry, (older) => older.program === program && older.version === version);
      return toPackage(entry.partial, entry.path, layer);
    }),
  }),
};

const HEAD = 4096;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isBinary(head: Bytes): boolean {
  if (head.length < 64) return false;
  return head.readUInt32BE(0) === ELF_MAGIC || machKind(head) !== undefined;
}

function statedIn(head: Bytes, { id, statement }: StatementRule): Program | undefined {
  const match = statement.exec(head.toString('latin1'));
  const version = match?.groups?.version;
  return match && version !== undefined ? { program: id, version, text: match[0].trim(), confidence: 'high' } : undefined;
}

/** One of the files of a folder that are the same program: `perl` and `perl5.36.0`, `redis-server` and `redis-cli`. */
function oneAFolder(entries: readonly LayerPartial<Program>[]): LayerPartial<Program>[] {
  const byPlace = new Map<string, LayerPartial<Program>>();
  for (const entry of entries) {
    const { program, version } = entry.partial;
    const place = [entry.path.slice(0, -nameOf(entry.path).length), program, version].join('\0');
    const known = byPlace.get(place);
    if (!known || nameOf(entry.path) === mains.get(program)) byPlace.set(place, entry);
  }
  return [...byPlace.values()];
}

function toPackage({ program, version, text, confidence }: Program, path: string, layer: number): FoundPackage {
  const kind = statements.has(nameOf(path)) ? 'package-metadata' : 'binary-content';
  return {
    type: 'generic',
    name: program,
    version,
    purl: formatPurl({ type: 'generic', name: program, version }),
    evidence: { kind, confidence, detail: `the file says "${text}"` },
    path,
    layer,
  };
}
