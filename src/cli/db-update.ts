import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { DbUpdateOptions, DbUpdateResult, UpdateProgress, UpstreamOutcome, UpstreamStatus } from '../app/db/update.ts';
import { errorSentences } from '../messages/index.ts';
import { defaultCacheDir, type Settings } from '../settings/index.ts';
import { layOut } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { builtText, problemsText } from './db-text.ts';
import { addExamples } from './help.ts';
import { addSettings } from './options.ts';
import { progressLine } from './progress.ts';
import type { Words } from './words.ts';

/** `plimsoll db update` */
export function addUpdate(db: Command, context: CommandContext): void {
  const { words, facts } = context;
  const update = db.command('update').description(words('db.update.description')).argument('[upstream...]', words('db.update.upstreams'));
  update.option('--list', words('db.update.list'));
  addSettings(update, 'db update', words, facts);
  addSettings(update, 'db', words, facts);
  addExamples(update, words, [
    { line: 'plimsoll db update', does: words('db.update.example') },
    { line: 'plimsoll db update kev epss', does: words('db.update.example-some') },
    {
      line: 'plimsoll db update --feed-url osv=https://mirror.example/osv/ --feed-url osv=https://osv-vulnerabilities.storage.googleapis.com/',
      does: words('db.update.example-mirror'),
    },
    { line: 'plimsoll db update osv --feed-url osv=file:///mnt/feeds/osv/', does: words('db.update.example-folder') },
  ]);
  update.action(async (names: readonly string[], flags: { readonly list?: boolean }) => {
    const { values } = await context.settings(update);
    const options = await optionsOf(names, values, context);
    if (flags.list === true) await runList(options, context);
    else await runUpdate(options, values, context);
  });
}

async function runUpdate(options: DbUpdateOptions, { progress, quiet }: Settings, context: CommandContext): Promise<void> {
  const { io, words } = context;
  const { dbUpdate } = await import('../app/db/update.ts');
  const line = progressLine(io.stderr, progress && !quiet);
  try {
    const result = await dbUpdate({ ...options, onProgress: (state) => line.update(() => progressText(state, words)) });
    line.stop();
    io.stdout.write(updatedText(result, words));
    io.stderr.write(warningsText(result, quiet, context));
  } finally {
    line.stop();
  }
}

async function runList(options: DbUpdateOptions, { io, words }: CommandContext): Promise<void> {
  const { listUpstreams } = await import('../app/db/update.ts');
  io.stdout.write(listText(listUpstreams(options), words, io.stdout.columns));
}

async function optionsOf(names: readonly string[], settings: Settings, { io }: CommandContext): Promise<DbUpdateOptions> {
  const { databaseFolder } = await import('../app/db/open-scan-database.ts');
  const cacheDir = resolve(io.cwd, settings.cacheDir ?? defaultCacheDir(io));
  return {
    names,
    cacheDir,
    out: resolve(io.cwd, settings.db ?? databaseFolder(cacheDir)),
    now: new Date(),
    offline: settings.offline,
    env: io.env,
    settings: upstreamSettings(settings),
    keys: settings.nvdKey === undefined ? {} : { nvd: settings.nvdKey },
    ...(settings.caFile === undefined ? {} : { caFile: settings.caFile }),
  };
}

/** The command line and its variable say where from; what else a file says of the same upstream stays. */
function upstreamSettings({ feeds = {}, feedUrl = {} }: Settings): NonNullable<DbUpdateOptions['settings']> {
  const ids = [...new Set([...Object.keys(feeds), ...Object.keys(feedUrl)])];
  return Object.fromEntries(ids.map((id) => [id, { ...feeds[id], ...feedUrl[id] }]));
}

function progressText(state: UpdateProgress, words: Words): string {
  if (state.phase === 'fetch') {
    const { done, total, bytes, what } = state;
    return words('progress.feeds', { done, total, size: megabytes(bytes), what: safeText(what) });
  }
  const percent = state.total > 0 ? Math.floor((state.done / state.total) * 100) : 100;
  return words(state.phase === 'read' ? 'progress.database-read' : 'progress.database-write', { percent, what: safeText(state.what) });
}

function updatedText({ upstreams, built, database, seconds }: DbUpdateResult, words: Words): string {
  const lines = upstreams.flatMap(({ id, outcome, changed, bytes }) => {
    if (outcome === 'failed') return [];
    return [outcome === 'same' ? words('update.same', { id }) : words('update.changed', { id, changed, size: megabytes(bytes) })];
  });
  const updated = lines.length;
  lines.push(words('update.done', { updated, total: upstreams.length, seconds: seconds.toFixed(1) }));
  const date = database.feeds.map(({ fetchedAt }) => fetchedAt).sort()[0] ?? '';
  const last = built ? builtText(built, words) : `${words('update.same-database', { path: safeText(database.path), date })}\n`;
  return `${lines.join('\n')}\n${last}`;
}

/** An upstream that failed is told even to whoever wants errors only: it ends with exit code 0 where others did not. */
function warningsText({ upstreams, never, built }: DbUpdateResult, quiet: boolean, context: CommandContext): string {
  const { words } = context;
  const failed = upstreams.flatMap((each) => (each.error === undefined ? [] : [failedText(each, context)]));
  if (quiet) return failed.map((line) => `${words('warning.title')}: ${line}\n`).join('');
  const untold = never.filter((id) => !upstreams.some((each) => each.id === id && each.outcome === 'failed'));
  const lines = untold.length === 0 ? failed : [...failed, words('update.never', { ids: untold.join(', ') })];
  // Indexes that upstreams have beside their data are nobody's feed.
  const problems = built === undefined ? '' : problemsText({ ...built, unread: [] }, words);
  return lines.map((line) => `${words('warning.title')}: ${line}\n`).join('') + problems;
}

function failedText({ id, error, ageDays }: UpstreamOutcome, { words, language }: CommandContext): string {
  const what = safeText(errorSentences(error!, language).what);
  return ageDays === undefined ? words('update.failed-new', { id, what }) : words('update.failed', { id, what, days: ageDays });
}

function listText(upstreams: readonly UpstreamStatus[], words: Words, width: number | undefined): string {
  const columns = [
    { title: words('update.upstream') },
    { title: words('update.last') },
    { title: words('update.size') },
    { title: words('update.title'), least: 12 },
    { title: words('update.feeds'), least: 12 },
    { title: words('update.address'), least: 20 },
  ];
  const rows = upstreams.map(({ id, title, urls, feeds, enabled, updatedAt, size }) => {
    const last = updatedAt?.slice(0, 16).replace('T', ' ') ?? (enabled ? words('update.not-yet') : words('update.off'));
    return [id, last, size === 0 ? '' : `${megabytes(size)} MB`, title, feeds.join(', '), urls.join(', ')].map((text) => ({
      text: safeText(text),
    }));
  });
  return `${layOut(columns, rows, width).join('\n')}\n`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
