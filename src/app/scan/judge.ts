import type { LocalCache } from '../../cache/types.ts';
import { endOfLifeFinding } from '../../match/end-of-life.ts';
import type { Ecosystem, Inventory, Report, ReportWarning } from '../../model/index.ts';
import { decide, failedImports } from '../../policy/gate.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { assemble } from './assemble.ts';
import { type StatedDatabase, stateDatabase } from '../db/database-age.ts';
import type { FreshDatabase } from '../db/fresh-database.ts';
import { type Assessment, knownAssessment, rememberAssessment } from './known-findings.ts';
import type { Layers, Run } from './index.ts';
import type { Stood } from '../standing/index.ts';

/** What was read, and what a reader must know of how. */
export interface Read extends Layers {
  readonly shared: readonly ReportWarning[];
}

/** Tells what the database says of inventories that it was made for. */
export interface Assessor {
  ecosystemsOf(inventory: Inventory): readonly Ecosystem[];
  assess(layers: Layers): Promise<Assessment>;
}

/**
 * Has the parts of the database here that judging all of these needs: none of them is opened where all that this very database
 * says of them is known from an earlier scan. What was not is kept in `local` where the layers were known. Undefined without a database.
 */
export async function assessorOf(
  read: readonly Layers[],
  fresh: FreshDatabase | undefined,
  local: LocalCache | undefined,
): Promise<Assessor | undefined> {
  if (!fresh) return undefined;
  const known = local && (await allKnown(read, fresh, local));
  if (known) {
    const assessmentOf = (inventory: Inventory): Assessment => known.get(inventory) as Assessment;
    return {
      ecosystemsOf: (inventory) => assessmentOf(inventory).ecosystems,
      assess: async ({ inventory }) => assessmentOf(inventory),
    };
  }
  const { assess, ecosystemsOf } = await import('./assess-inventory.ts');
  await fresh.bring((db) => db.shardsFor(new Set(read.flatMap(({ inventory }) => ecosystemsOf(inventory, db)))));
  return {
    ecosystemsOf: (inventory) => ecosystemsOf(inventory, fresh.database),
    async assess({ inventory, known: layers }) {
      const assessment = assess(inventory, fresh.database);
      if (!local || layers === undefined) return assessment;
      await rememberAssessment(local, { layers, target: inventory.target }, fresh.database.manifest.checksum, assessment);
      local.finish();
      return assessment;
    },
  };
}

/** Undefined where it is not known of one of them, or not of the database that is the newest by now, or parts of that are not here. */
async function allKnown(
  read: readonly Layers[],
  fresh: FreshDatabase,
  local: LocalCache,
): Promise<ReadonlyMap<Inventory, Assessment> | undefined> {
  const { checksum } = fresh.database.manifest;
  const known = new Map<Inventory, Assessment>();
  for (const { inventory, known: layers } of read) {
    const assessment = layers === undefined ? undefined : knownAssessment(local, { layers, target: inventory.target }, checksum);
    if (assessment === undefined) return undefined;
    known.set(inventory, assessment);
  }
  const ecosystems = new Set([...known.values()].flatMap((one) => one.ecosystems));
  await fresh.renew((db) => db.shardsFor(ecosystems));
  const { database } = fresh;
  return database.manifest.checksum === checksum && database.shardsFor(ecosystems).every((id) => database.has(id)) ? known : undefined;
}

/** What the database says of what was read, and the gate of all of it. */
export async function judge(
  read: Read,
  assessor: Assessor | undefined,
  run: Pick<Run, 'options' | 'fresh' | 'secrets' | 'standing' | 'imports'>,
): Promise<Report> {
  const { inventory, whole, shared, wasted, dockerfile, base } = read;
  const { options, fresh, standing } = run;
  const { now, failOn, allowLazy = false, onlyNew = false, onlyFixable = false } = options;
  const { database, unassessed, findings: flaws } = assessor && fresh ? await held(read, assessor, fresh, options) : NOT_HELD;
  const found = {
    inventory,
    findings: flaws,
    ...(database ? { database: database.database } : {}),
    ...(read.secrets ? { secrets: read.secrets } : {}),
    ...(read.checks ? { checks: read.checks } : {}),
    ...(base?.base ? { base: base.base } : {}),
    ...(run.imports ? { imported: run.imports.imported } : {}),
  };
  const stood: Stood<typeof found> = standing ? await standing.stand(found) : { ...found, warnings: [] };
  const { findings, secrets, checks, imported, exceptions, baseline } = stood;
  const lazyLayers = inventory.layers.filter((layer) => layer.readMode === 'lazy').length;
  const gate = { allowLazy, onlyNew, onlyFixable, ...(failOn === undefined ? {} : { failOn }) };
  const left = { ...(secrets ? { secrets: secrets.findings } : {}), ...(checks ? { checks: checks.findings } : {}) };
  const decision = decide(
    {
      findings,
      gaps: inventory.gaps,
      lazyLayers,
      ...left,
      ...(imported ? { imported: imported.findings, importsFailed: failedImports(imported) } : {}),
    },
    gate,
  );
  const others = [
    ...(run.secrets?.warnings ?? []),
    ...(run.imports?.warnings ?? []),
    ...shared,
    ...(base?.warnings ?? []),
    ...stood.warnings,
  ];
  const beside = {
    ...(secrets ? { secrets } : {}),
    ...(checks ? { checks } : {}),
    ...(imported ? { imported } : {}),
    ...(exceptions ? { exceptions } : {}),
    ...(baseline ? { baseline } : {}),
  };
  return assemble({
    inventory,
    whole,
    shared: others,
    database,
    findings,
    unassessed,
    ...beside,
    decision,
    now,
    wasted,
    dockerfile,
    base: base?.base,
  });
}

const NOT_HELD = { database: undefined, findings: [], unassessed: [] };

/** The packages against the database. */
async function held(read: Read, assessor: Assessor, fresh: FreshDatabase, options: Run['options']) {
  const { inventory } = read;
  const { now, maxDatabaseAgeDays = 7 } = options;
  const database = stateDatabase(fresh, assessor.ecosystemsOf(inventory), now, maxDatabaseAgeDays);
  if (options.staleDatabase === 'fail') refuseStale(database, maxDatabaseAgeDays);
  options.onProgress?.({ stage: 'matching', packages: inventory.packages.length });
  const { findings: flaws, unassessed } = await assessor.assess(read);
  const endOfLife = endOfLifeFinding(inventory, now);
  return { database, findings: endOfLife ? [endOfLife, ...flaws] : flaws, unassessed };
}

function refuseStale({ database }: StatedDatabase, limit: number): void {
  if (!database.stale) return;
  const params = { age: database.ageDays, limit, feed: database.oldestFeed ?? '' };
  throw new PlimsollError('database-stale', params, { exitCode: EXIT.staleData });
}
