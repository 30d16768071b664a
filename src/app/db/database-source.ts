import { fileURLToPath } from 'node:url';
import { layoutArtifact, type OfferedArtifact, openLayoutFiles } from '../../advisories/db/artifact/layout.ts';
import { looksLikePath, parseSpec } from '../../image/targets/spec.ts';
import type { Digest } from '../../model/index.ts';
import { formatReference, parseReference } from '../../oci/reference.ts';
import { isLoopback, isPlain } from '../../oci/registry/host.ts';
import { openRepository, type RegistryOptions } from '../../oci/registry/index.ts';
import { shownAddress, webStore } from '../../oci/web-store.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';

/** Somewhere a database is published. */
export interface DatabaseSource {
  /** For people: the reference, the address without what may be secret, the path. */
  readonly name: string;
  /** True where it is read without the network. */
  readonly local: boolean;
  /** What it offers now. `known` is the artifact that is here: a registry that still has it is asked for nothing more. */
  open(access: RegistryOptions, known?: Digest): Promise<OfferedArtifact>;
}

/**
 * Reads a source as users write it: `https://host/path/` (an image layout on a web server), a path, `file:` or `oci:` (a layout's
 * folder, or an archive of one), else a registry's reference. Throws `database-source-invalid`, `reference-invalid`.
 */
export function databaseSource(text: string): DatabaseSource {
  if (/^https?:\/\//i.test(text)) return webSource(text);
  if (/^file:/i.test(text)) return fileSource(filePath(text));
  const { kind, rest } = parseSpec(text);
  if (kind === 'oci' || kind === 'oci-archive') return fileSource(rest);
  if (kind === 'auto' && looksLikePath(text)) return fileSource(text);
  return registrySource(kind === 'registry' ? rest : text);
}

function registrySource(text: string): DatabaseSource {
  const reference = parseReference(text);
  return {
    name: formatReference(reference),
    local: false,
    open: async (access, known) => {
      const source = openRepository(reference, access);
      return { source, descriptor: await source.resolve(reference, known), close: async () => undefined };
    },
  };
}

function webSource(text: string): DatabaseSource {
  if (!URL.canParse(text)) throw invalid(text, 'the address cannot be read');
  const address = new URL(text);
  if (!address.pathname.endsWith('/')) address.pathname += '/';
  const name = shownAddress(address);
  return {
    name,
    local: false,
    open: async ({ http, plainHttp }) => {
      if (address.protocol === 'http:' && !isLoopback(address.host) && !isPlain(address.host, plainHttp))
        throw invalid(name, 'it has no TLS; allow that with --plain-http');
      return layoutArtifact(webStore(address, http));
    },
  };
}

function fileSource(path: string): DatabaseSource {
  return { name: path, local: true, open: async () => layoutArtifact(await openLayoutFiles(path)) };
}

function filePath(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw invalid(text, 'the address is not that of a file on this machine');
  }
}

function invalid(source: string, reason: string): PlimsollError {
  return new PlimsollError('database-source-invalid', { source: source.slice(0, 300), reason }, { exitCode: EXIT.usage });
}

/** Why a source did not give a database. */
export interface SourceFailure {
  readonly source: string;
  readonly error: PlimsollError;
}

/** Trouble on this side: no other source helps. */
const OURS: ReadonlySet<string> = new Set(['offline', 'database-unwritable', 'ca-file-unusable', 'database-source-missing']);

/**
 * What the first source gives that gives anything. `onFailure` hears of those that failed before it. Throws the error of the only
 * source, or `database-sources-failed`.
 */
export async function fromFirst<T>(
  sources: readonly DatabaseSource[],
  take: (source: DatabaseSource) => Promise<T>,
  onFailure: (failure: SourceFailure) => void = () => undefined,
): Promise<T> {
  const failures: SourceFailure[] = [];
  for (const source of sources) {
    try {
      return await take(source);
    } catch (error) {
      if (!(error instanceof PlimsollError) || sources.length === 1 || OURS.has(error.code)) throw error;
      failures.push({ source: source.name, error });
      if (failures.length < sources.length) onFailure(failures.at(-1)!);
    }
  }
  const last = failures.at(-1);
  if (last === undefined) throw new PlimsollError('database-source-missing', {}, { exitCode: EXIT.usage });
  throw new PlimsollError('database-sources-failed', { sources: failuresText(failures) }, { cause: last.error });
}

/** `name: code, name: code`. */
export function failuresText(failures: readonly SourceFailure[]): string {
  return failures.map(({ source, error }) => `${source}: ${error.code}`).join(', ');
}
