import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ExceptionRule } from '../app/standing/exceptions.ts';
import { EXCEPTION_KINDS } from '../app/standing/kinds.ts';
import type { Settings } from '../settings/index.ts';
import { EXIT, type ExitCode, PlimsollError } from '../util/errors.ts';
import { layOut } from '../util/terminal/columns.ts';
import { safeText } from '../util/terminal/text.ts';
import type { CommandContext } from './context.ts';
import { addExamples, addExitCodes } from './help.ts';
import { addSettings } from './options.ts';
import { exceptionsOptions } from './standing-options.ts';

/** The first is written where neither is there. */
const OWN_FILES = ['plimsoll.exceptions.yaml', 'plimsoll.exceptions.yml'] as const;

/** `plimsoll exceptions list|check|add` */
export function addExceptions(program: Command, context: CommandContext): void {
  const { words, facts } = context;
  const command = program.command('exceptions').description(words('exceptions.description'));
  for (const name of ['list', 'check'] as const) {
    const one = command.command(name).description(words(`exceptions.${name}.description`));
    addSettings(one, `exceptions ${name}`, words, facts);
    one.option('--report <file>', words('exceptions.report'));
    addExamples(one, words, [
      { line: `plimsoll exceptions ${name}`, does: words(`exceptions.${name}.example`) },
      { line: `plimsoll exceptions ${name} --report report.json`, does: words('exceptions.example.report') },
    ]);
    addExitCodes(one, words);
    one.action(async (flags: { readonly report?: string }) => {
      const { values } = await context.settings(one);
      const dead = await list(values, flags.report, context);
      context.exit(name === 'check' ? dead : EXIT.pass);
    });
  }
  addAdd(command, context);
}

type State = 'active' | 'ends-soon' | 'expired' | 'unused';

/** The exceptions with their states; 1 where one has ended, or nothing in the report needs it. */
async function list(settings: Settings, report: string | undefined, { io, words }: CommandContext): Promise<ExitCode> {
  const options = exceptionsOptions({ ...settings, withoutExceptions: false }, io.cwd);
  if (!options) {
    io.stderr.write(`${words('exceptions.none')}\n`);
    return EXIT.pass;
  }
  const now = new Date();
  const { exceptionFiles, usedRules } = await import('../app/standing/index.ts');
  const { aboutWhat, daysLeft, isExpired } = await import('../app/standing/exceptions.ts');
  const files = await exceptionFiles(options, now);
  const rules = files.flatMap((file) => file.rules);
  const used = report === undefined ? undefined : usedRules(await reportsOf(report, io.cwd), files, now);
  const stateOf = (rule: ExceptionRule): State => {
    if (isExpired(rule, now)) return 'expired';
    if (used && !used.has(rule)) return 'unused';
    return (daysLeft(rule, now) ?? Number.POSITIVE_INFINITY) <= settings.exceptionsWarn ? 'ends-soon' : 'active';
  };
  const columns = [
    { title: words('exceptions.column.state') },
    { title: words('exceptions.column.until'), least: 10 },
    { title: words('exceptions.column.what'), least: 14 },
    { title: words('exceptions.column.owner') },
    { title: words('exceptions.column.reason'), least: 16 },
    { title: words('exceptions.column.where'), least: 16 },
  ];
  const states = rules.map(stateOf);
  const rows = rules.map((rule, i) => [
    { text: words(`exceptions.state.${states[i] ?? 'active'}`) },
    { text: rule.expires ?? '' },
    { text: safeText(aboutWhat(rule)) },
    { text: safeText(rule.owner ?? '') },
    { text: safeText(rule.reason ?? '') },
    { text: safeText(`${rule.file}:${rule.line}`) },
  ]);
  io.stdout.write(`${layOut(columns, rows, io.stdout.isTTY ? io.stdout.columns : undefined).join('\n')}\n`);
  for (const { file, left } of files) {
    for (const { line, what } of left) io.stderr.write(`${safeText(words('exceptions.left', { file, line, what }))}\n`);
  }
  return states.some((state) => state === 'expired' || state === 'unused') ? EXIT.gateFailed : EXIT.pass;
}

async function reportsOf(report: string, cwd: string) {
  const { readStoredReports } = await import('../app/stored-report.ts');
  const bytes = await readFile(resolve(cwd, report)).catch((cause: NodeJS.ErrnoException) => {
    throw new PlimsollError('baseline-unreadable', { path: report, detail: cause.code ?? '' }, { cause, exitCode: EXIT.usage });
  });
  return readStoredReports(bytes, report).reports;
}

/** Options of `exceptions add`, each the key of the same name, with what it takes; `--version` is the program's own. */
const FIELDS = {
  package: '--package <name>',
  version: '--package-version <range>',
  path: '--path <glob>',
  layer: '--layer <layer>',
  image: '--image <glob>',
  kind: '--kind <kind>',
  reason: '--reason <text>',
  owner: '--owner <who>',
  approver: '--approver <who>',
  ticket: '--ticket <ticket>',
  expires: '--expires <date>',
} as const;
type Field = keyof typeof FIELDS;
const FIELD_NAMES = Object.keys(FIELDS) as Field[];

interface AddFlags extends Readonly<Partial<Record<Exclude<Field, 'version'>, string>>> {
  readonly packageVersion?: string;
  readonly file?: string;
  readonly update?: boolean;
}

function addAdd(parent: Command, context: CommandContext): void {
  const { words, io } = context;
  const command = parent.command('add').description(words('exceptions.add.description')).argument('<id>', words('exceptions.add.id'));
  for (const field of FIELD_NAMES) {
    const option = new Option(FIELDS[field], words(`exceptions.add.${field}`, { choices: EXCEPTION_KINDS.join(', ') }));
    // For shell completion; judged where the exception is read.
    if (field === 'kind') option.argChoices = [...EXCEPTION_KINDS];
    command.addOption(option);
  }
  command.option('--file <file>', words('exceptions.add.file')).option('--update', words('exceptions.add.update'));
  addExamples(command, words, [
    {
      line: "plimsoll exceptions add CVE-2024-1234 --package openssl --reason 'not reachable' --owner web --expires 2027-03-31",
      does: words('exceptions.add.example'),
    },
  ]);
  command.action(async (id: string, flags: AddFlags) => {
    const { values } = await context.settings(command);
    const fields = { ...flags, version: flags.packageVersion };
    const given = FIELD_NAMES.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]] as const]));
    const own = OWN_FILES.find((file) => existsSync(join(io.cwd, file))) ?? OWN_FILES[0];
    const name = flags.file ?? own;
    const path = resolve(io.cwd, name);
    const text = existsSync(path) ? await textOf(path, name) : '';
    const { addedTo, isExpired } = await import('../app/standing/exceptions.ts');
    const { exceptionsRequire: require, exceptionsLongest: longestDays } = values;
    const demands = { now: new Date(), ...(require ? { require } : {}), ...(longestDays === undefined ? {} : { longestDays }) };
    const say = (text: string): void => io.stderr.write(`${safeText(text)}\n`);
    const added = addedTo(name, text, Object.fromEntries([['id', id], ...given]), { ...demands, update: flags.update === true });
    if (added.outcome === 'same') return say(words('exceptions.same', { id, where: added.where }));
    const { writeOutput } = await import('./outputs.ts');
    await writeOutput(path, [added.text]);
    if (added.outcome === 'updated') say(words('exceptions.updated', { id, where: added.where, fields: added.fields.join(', ') }));
    if (isExpired(flags, demands.now)) say(words('exceptions.added-ended', { id, file: name }));
    else if (added.outcome === 'added') say(words('exceptions.added', { id, file: name }));
    if (!OWN_FILES.some((file) => join(io.cwd, file) === path)) say(words('exceptions.named', { file: name }));
  });
}

async function textOf(path: string, name: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new PlimsollError('exceptions-unreadable', { path: name, detail: cause.code ?? String(cause) }, { cause, exitCode: EXIT.usage });
  });
}
