import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { SourceFailure } from '../app/db/database-source.ts';
import type { DbReceived, DbSent, RemoteOptions, TransferProgress } from '../app/db/transfer.ts';
import { errorSentences } from '../messages/index.ts';
import { defaultCacheDir, type Settings } from '../settings/index.ts';
import type { PlimsollError } from '../util/errors.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples } from './help.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import { registryAccess, registryPassword } from './registry-options.ts';
import type { Words } from './words.ts';

interface RemoteFlags {
  readonly registryPasswordStdin?: boolean;
}

/** `plimsoll db push | pull | export | import` */
export function addTransfers(db: Command, context: CommandContext): void {
  addPush(db, context);
  addPull(db, context);
  addExport(db, context);
  addImport(db, context);
}

function addPush(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const push = db.command('push').description(words('db.push.description')).argument('<reference>', words('db.push.reference'));
  addSettings(push, 'db push', words, facts);
  addSettings(push, 'db', words, facts);
  push.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(push, words, [{ line: 'plimsoll db push registry.example/team/plimsoll-db:latest', does: words('db.example.push') }]);
  push.action(async (reference: string, flags: RemoteFlags) => {
    const { values } = await context.settings(push);
    const { dbPush } = await import('../app/db/transfer.ts');
    const options = await remoteOptions(values, flags, context);
    const sent = await withProgress('progress.database-push', values, context, (onProgress) =>
      dbPush(reference, { ...options, onProgress }),
    );
    io.stdout.write(sentText(sent, words));
  });
}

function addPull(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const pull = db.command('pull').description(words('db.pull.description')).argument('[reference...]', words('db.pull.references'));
  addSettings(pull, 'db pull', words, facts);
  addSettings(pull, 'db', words, facts);
  pull.option('--registry-password-stdin', words('setting.password-stdin'));
  addExamples(pull, words, [
    { line: 'plimsoll db pull mirror.example/plimsoll-db registry.example/team/plimsoll-db', does: words('db.example.pull') },
  ]);
  pull.action(async (references: readonly string[], flags: RemoteFlags) => {
    const { values } = await context.settings(pull);
    const { dbPull } = await import('../app/db/transfer.ts');
    const from = references.length > 0 ? references : (values.dbSource ?? []);
    const options = { ...(await remoteOptions(values, flags, context)), now: new Date() };
    const warnings: string[] = [];
    const onFailure = ({ source, error }: SourceFailure) => warnings.push(nextText(source, error, context));
    try {
      const received = await withProgress('progress.database-pull', values, context, (onProgress) =>
        dbPull(from, { ...options, onFailure, onProgress }),
      );
      io.stdout.write(receivedText(received, words));
      warnings.push(olderText(received, words));
    } finally {
      if (!values.quiet) io.stderr.write(warnings.join(''));
    }
  });
}

function addExport(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const command = db.command('export').description(words('db.export.description')).argument('<file>', words('db.export.file'));
  addSettings(command, 'db', words, facts);
  addExamples(command, words, [
    { line: 'plimsoll db export plimsoll-db.tar', does: words('db.example.export') },
    { line: 'plimsoll db export /srv/www/plimsoll-db/', does: words('db.example.export-folder') },
  ]);
  command.action(async (file: string) => {
    const { values } = await context.settings(command);
    const { dbExport } = await import('../app/db/transfer.ts');
    const folder = await folderOf(values, context);
    const sent = await withProgress('progress.database-push', values, context, (onProgress) =>
      dbExport(absolute(io.cwd, file), { folder, onProgress }),
    );
    io.stdout.write(sentText(sent, words));
  });
}

function addImport(db: Command, context: CommandContext): void {
  const { words, facts, io } = context;
  const command = db.command('import').description(words('db.import.description')).argument('<file>', words('db.import.file'));
  addSettings(command, 'db', words, facts);
  command.action(async (file: string) => {
    const { values } = await context.settings(command);
    const { dbImport } = await import('../app/db/transfer.ts');
    const folder = await folderOf(values, context);
    const received = await withProgress('progress.database-pull', values, context, (onProgress) =>
      dbImport(resolve(io.cwd, file), { folder, now: new Date(), onProgress }),
    );
    io.stdout.write(receivedText(received, words));
    if (!values.quiet) io.stderr.write(olderText(received, words));
  });
}

/** A slash at the end says that a folder is meant, which is not there yet. */
function absolute(cwd: string, path: string): string {
  return resolve(cwd, path) + (/[\\/]$/.test(path) ? '/' : '');
}

async function remoteOptions(settings: Settings, flags: RemoteFlags, context: CommandContext): Promise<RemoteOptions> {
  const password = await registryPassword(settings, flags.registryPasswordStdin === true, context.io);
  return {
    folder: await folderOf(settings, context),
    registry: registryAccess(settings, password),
    env: context.io.env,
    offline: settings.offline,
  };
}

async function folderOf(settings: Settings, { io }: CommandContext): Promise<string> {
  const { databaseFolder } = await import('../app/db/open-scan-database.ts');
  return resolve(io.cwd, settings.db ?? databaseFolder(settings.cacheDir ?? defaultCacheDir(io)));
}

async function withProgress<T>(
  key: 'progress.database-push' | 'progress.database-pull',
  settings: Settings,
  { io, words }: CommandContext,
  run: (onProgress: (progress: TransferProgress) => void) => Promise<T>,
): Promise<T> {
  const line = progressLine(io.stderr, settings.progress && !settings.quiet);
  try {
    return await run(({ done, total }) => {
      const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
      line.update(() => words(key, { done: megabytes(done), total: megabytes(total), percent }));
    });
  } finally {
    line.stop();
  }
}

function nextText(source: string, error: PlimsollError, { words, language }: CommandContext): string {
  return `${words('warning.title')}: ${words('pull.next', { source: safeText(source), what: safeText(errorSentences(error, language).what) })}\n`;
}

function sentText({ to, database, shards, size, seconds }: DbSent, words: Words): string {
  const { builtAt, digest } = database;
  const measured = { size: megabytes(size), seconds: seconds.toFixed(1) };
  return `${words('push.done', { to: safeText(to), shards, ...measured, date: builtAt, digest })}\n`;
}

function receivedText({ from, database, shards, reused, fetched, changed, seconds }: DbReceived, words: Words): string {
  const { path, builtAt, digest } = database;
  const where = { from: safeText(from), path: safeText(path), date: builtAt, digest };
  if (!changed) return `${words('pull.same', where)}\n`;
  return `${words('pull.done', { ...where, shards, reused, size: megabytes(fetched), seconds: seconds.toFixed(1) })}\n`;
}

/** Empty unless something newer was replaced. */
function olderText({ replacedNewer, database }: DbReceived, words: Words): string {
  if (replacedNewer === undefined) return '';
  return `${words('warning.title')}: ${words('pull.older', { date: database.builtAt, before: replacedNewer })}\n`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
