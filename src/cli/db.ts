import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BuildProgress } from '../app/db/build.ts';
import type { DatabasePlace } from '../app/db/open-scan-database.ts';
import { defaultCacheDir, type Settings } from '../settings/index.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { builtText, problemsText, searchText, statusText } from './db-text.ts';
import { addTransfers } from './db-transfer.ts';
import { addUpdate } from './db-update.ts';
import { addExamples } from './help.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import type { Words } from './words.ts';

/** `plimsoll db update | build | status | search | push | pull | export | import` */
export function addDb(program: Command, context: CommandContext): void {
  const db = program.command('db').description(context.words('db.description'));
  addUpdate(db, context);
  addBuild(db, context);
  addStatus(db, context);
  addSearch(db, context);
  addTransfers(db, context);
}

function addBuild(db: Command, context: CommandContext): void {
  const { words, facts } = context;
  const build = db.command('build').description(words('db.build.description')).requiredOption('--from <folder>', words('db.build.from'));
  build.option('--fetched-at <date>', words('db.build.fetched-at'));
  addSettings(build, 'db', words, facts);
  addExamples(build, words, [{ line: 'plimsoll db build --from advisories', does: words('db.example.build') }]);
  build.action(async (options: BuildFlags) => runBuild(options, (await context.settings(build)).values, context));
}

function addStatus(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const status = db.command('status').description(words('db.status.description')).option('--verify', words('db.status.verify'));
  addSettings(status, 'db', words, facts);
  status.action(async (options: { verify?: boolean }) => {
    const { dbStatus } = await import('../app/db/status.ts');
    const place = placeOf((await context.settings(status)).values, context);
    io.stdout.write(statusText(dbStatus(place, new Date(), options.verify === true), words, io.stdout.columns));
  });
}

function addSearch(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const search = db.command('search').description(words('db.search.description')).argument('<query>', words('db.search.query'));
  search.option('--ecosystem <name>', words('db.search.in-ecosystem'));
  addSettings(search, 'db', words, facts);
  addExamples(search, words, [
    { line: 'plimsoll db search CVE-2021-44228', does: words('db.example.search') },
    { line: 'plimsoll db search openssl --ecosystem Debian:12', does: words('db.example.search-package') },
  ]);
  search.action(async (query: string, options: { ecosystem?: string }) => {
    const { dbSearch } = await import('../app/db/search.ts');
    const place = placeOf((await context.settings(search)).values, context);
    io.stdout.write(searchText(dbSearch(place, query, options.ecosystem), words, io.stdout.columns));
  });
}

interface BuildFlags {
  readonly from: string;
  readonly fetchedAt?: string;
}

async function runBuild({ from, fetchedAt }: BuildFlags, settings: Settings, context: CommandContext): Promise<void> {
  const { io, words } = context;
  const { dbBuild } = await import('../app/db/build.ts');
  const progress = progressLine(io.stderr, settings.progress && !settings.quiet);
  try {
    const built = await dbBuild({
      from: resolve(io.cwd, from),
      out: resolve(io.cwd, await folderOf(settings, context)),
      now: new Date(),
      ...(fetchedAt === undefined ? {} : { fetchedAt }),
      onProgress: (state) => progress.update(() => progressText(state, words)),
    });
    progress.stop();
    io.stdout.write(builtText(built, words));
    if (!settings.quiet) io.stderr.write(problemsText(built, words));
  } finally {
    progress.stop();
  }
}

function progressText({ phase, done, total, what }: BuildProgress, words: Words): string {
  const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
  return words(phase === 'read' ? 'progress.database-read' : 'progress.database-write', { percent, what: safeText(what) });
}

function placeOf(settings: Settings, { io }: CommandContext): DatabasePlace {
  return { named: settings.db, cacheDir: settings.cacheDir ?? defaultCacheDir(io) };
}

async function folderOf(settings: Settings, context: CommandContext): Promise<string> {
  const { databaseFolder } = await import('../app/db/open-scan-database.ts');
  const { named, cacheDir } = placeOf(settings, context);
  return named ?? databaseFolder(cacheDir);
}
