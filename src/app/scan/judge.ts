import type { LocalCache } from '../../cache/types.ts';
import { endOfLifeFinding } from '../../match/end-of-life.ts';
import type { Decision, Ecosystem, Inventory, Report, ReportWarning } from '../../model/index.ts';
import { decide, failedImports } from '../../policy/gate.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { present } from '../../util/present.ts';
import { type StatedDatabase, stateDatabase } from '../db/database-age.ts';
import type { FreshDatabase } from '../db/fresh-database.ts';
import type { Found, Stood } from '../standing/index.ts';
import { assemble } from './assemble.ts';
import { type Assessment, knownAssessment, rememberAssessment } from './known-findings.ts';
import type { Located } from './options.ts';
import type { Layers } from './read.ts';
import type { Run } from './run.ts';

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
  const { options, fresh, standing, imports } = run;
  const { stated, unassessed, findings } = assessor && fresh ? await held(read, assessor, fresh, options) : NOT_HELD;
  const found = {
    inventory,
    findings,
    ...present({
      database: stated?.database,
      secrets: read.secrets,
      checks: read.checks,
      imported: imports?.imported,
      base: base?.base,
    }),
  };
  const { warnings, ...stood }: Stood<typeof found> = standing ? await standing.stand(found) : { ...found, warnings: [] };
  return assemble({
    ...stood,
    unassessed,
    ...present({ wasted, dockerfile }),
    decision: gateOf(stood, options),
    whole,
    aboutDatabase: stated?.warnings ?? [],
    aboutOthers: [...(run.secrets?.warnings ?? []), ...(imports?.warnings ?? []), ...shared, ...(base?.warnings ?? []), ...warnings],
    now: options.now,
  });
}

function gateOf(
  { inventory, findings, secrets, checks, imported }: Omit<Found, 'inventory'> & Pick<Read, 'inventory'>,
  options: Located,
): Decision {
  const { failOn, allowLazy = false, onlyNew = false, onlyFixable = false } = options;
  const lazyLayers = inventory.layers.filter((layer) => layer.readMode === 'lazy').length;
  return decide(
    {
      findings,
      gaps: inventory.gaps,
      lazyLayers,
      secrets: secrets?.findings ?? [],
      checks: checks?.findings ?? [],
      imported: imported?.findings ?? [],
      importsFailed: failedImports(imported),
    },
    { allowLazy, onlyNew, onlyFixable, ...present({ failOn }) },
  );
}

const NOT_HELD = { stated: undefined, findings: [], unassessed: [] };

/** The packages against the database. */
async function held(read: Read, assessor: Assessor, fresh: FreshDatabase, options: Located) {
  const { inventory } = read;
  const { now, maxDatabaseAgeDays = 7 } = options;
  const stated = stateDatabase(fresh, assessor.ecosystemsOf(inventory), now, maxDatabaseAgeDays);
  if (options.staleDatabase === 'fail') refuseStale(stated, maxDatabaseAgeDays);
  options.onProgress?.({ stage: 'matching', packages: inventory.packages.length });
  const { findings: flaws, unassessed } = await assessor.assess(read);
  const endOfLife = endOfLifeFinding(inventory, now);
  return { stated, findings: endOfLife ? [endOfLife, ...flaws] : flaws, unassessed };
}

function refuseStale({ database }: StatedDatabase, limit: number): void {
  if (!database.stale) return;
  const params = { age: database.ageDays, limit, feed: database.oldestFeed ?? '' };
  throw new PlimsollError('database-stale', params, { exitCode: EXIT.staleData });
}
