import { join } from 'node:path';
import { type Flaw, SEVERITIES } from '../../model/index.ts';
import type { FlawFact, RepositoryFact } from '../types.ts';
import { type AliasClosure, closeAliases } from './alias-closure.ts';
import { encodeFlaw, encodeNames, repositoryKey } from './flaw-codec.ts';
import type { ShardInfo } from './manifest.ts';
import { COMMON } from './shard-names.ts';
import { named, sortedKeys, type TableOutput, writeTable } from './shard-task.ts';
import { spilledLines } from './spill.ts';

/** The common shard to make: facts of flaws, closed over their names. */
export interface CommonTask {
  readonly kind: 'common';
  readonly inputs: readonly string[];
  readonly folder: string;
  readonly file: string;
  readonly feeds: readonly string[];
}

type Facts = Pick<FlawFact, 'cvss' | 'epss' | 'kev' | 'ssvc' | 'cwes' | 'published'> & Pick<Flaw, 'severities'>;

/** The alias graph of all facts. Cheap: lines without aliases are not parsed. */
export function readAliases(inputs: readonly Iterable<string>[]): AliasClosure {
  return closeAliases(edges(inputs));
}

function* edges(inputs: readonly Iterable<string>[]): Generator<readonly [string, string]> {
  for (const lines of inputs) {
    for (const line of lines) {
      if (!line.includes('"aliases":[')) continue;
      const { id, aliases = [] } = JSON.parse(line) as FlawFact;
      for (const alias of aliases) yield [id, alias];
    }
  }
}

/** Writes the common shard. */
export function makeCommon(task: CommonTask): ShardInfo {
  // Each pass reads the files anew.
  const lines = () => task.inputs.map(spilledLines);
  return commonTable(task, readAliases(lines()), lines(), (fill) => writeTable(join(task.folder, task.file), fill));
}

/** Makes the common shard from JSON lines of facts. A fact about a name that belongs to several flaws is nobody's: it stays with its statement. */
export function commonTable(
  task: Pick<CommonTask, 'file' | 'feeds'>,
  closure: AliasClosure,
  inputs: readonly Iterable<string>[],
  write: TableOutput,
): ShardInfo {
  const facts = new Map<string, Facts>();
  const repositories = new Map<string, readonly string[]>();
  for (const lines of inputs) {
    for (const line of lines) {
      const fact = JSON.parse(line) as FlawFact | RepositoryFact;
      if ('repository' in fact) {
        repositories.set(repositoryKey(fact.repository), fact.products);
        continue;
      }
      const flaws = closure.flawsOf(fact.id);
      if (flaws.length === 1) facts.set(flaws[0]!, merged(facts.get(flaws[0]!), fact));
    }
  }
  for (const id of closure.aliases.keys()) if (!facts.has(id)) facts.set(id, {});
  const names = namesOf(closure);
  const summary = write((table) => {
    for (const key of sortedKeys([...repositories.keys(), ...facts.keys(), ...names.keys()])) {
      const products = repositories.get(key);
      if (products !== undefined) {
        table.add(Buffer.from(key), Buffer.from(JSON.stringify(products)));
        continue;
      }
      const pointer = names.get(key);
      const value = pointer === undefined ? encodeFlaw(flawOf(facts.get(key)!, closure.aliases.get(key) ?? [])) : encodeNames(pointer);
      table.add(Buffer.from(key), Buffer.from(value));
    }
  });
  return { id: COMMON, file: task.file, ...named(summary), ecosystems: [], feeds: task.feeds, keys: facts.size, statements: 0 };
}

function namesOf(closure: AliasClosure): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const list of closure.aliases.values()) for (const name of list) names.set(name, closure.flawsOf(name));
  for (const flaw of closure.aliases.keys()) names.delete(flaw);
  return names;
}

function flawOf(facts: Facts, aliases: readonly string[]): Omit<Flaw, 'id'> {
  const { cvss = [], cwes = [], ...rest } = facts;
  const sorted = [...cvss].sort((a, b) => (`${a.source}\n${a.vector}` < `${b.source}\n${b.vector}` ? -1 : 1));
  return { ...rest, aliases, cvss: sorted, ...(cwes.length > 0 ? { cwes: [...cwes].sort() } : {}) };
}

/** The earliest publication, the latest EPSS and SSVC, the worst severity of each feed, all vectors and CWEs: whatever the order of the facts. */
function merged(known: Facts | undefined, fact: FlawFact): Facts {
  const { id: _, aliases: __, severity, ...rest } = fact;
  const next: Facts = { ...rest, ...(severity ? { severities: [severity] } : {}) };
  if (known === undefined) return next;
  const epss = later(known.epss, next.epss);
  const ssvc = later(known.ssvc, next.ssvc);
  const kev = known.kev ?? next.kev;
  const published = [known.published, next.published].filter((date) => date !== undefined).sort()[0];
  const severities = worst([...(known.severities ?? []), ...(next.severities ?? [])]);
  return {
    cvss: distinct([...(known.cvss ?? []), ...(next.cvss ?? [])], ({ vector, source }) => `${source}\n${vector}`),
    cwes: distinct([...(known.cwes ?? []), ...(next.cwes ?? [])], (cwe) => cwe),
    ...(epss ? { epss } : {}),
    ...(ssvc ? { ssvc } : {}),
    ...(kev ? { kev } : {}),
    ...(published ? { published } : {}),
    ...(severities.length > 0 ? { severities } : {}),
  };
}

function later<T extends { readonly date?: string }>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (b.date ?? '') > (a.date ?? '') ? b : a;
}

function worst(list: NonNullable<Facts['severities']>): NonNullable<Facts['severities']> {
  const sorted = [...list].sort((a, b) => SEVERITIES.indexOf(b.level) - SEVERITIES.indexOf(a.level));
  return [...new Map(sorted.map((each) => [each.source, each])).values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.length < 2 ? items : [...new Map(items.map((item) => [key(item), item])).values()];
}
