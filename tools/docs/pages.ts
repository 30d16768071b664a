import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { advisorySources } from '../../src/advisories/index.ts';
import { upstreams } from '../../src/advisories/upstreams.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { cliEn } from '../../src/messages/cli.en.ts';
import { errorsEn } from '../../src/messages/errors.en.ts';
import { fill } from '../../src/messages/fill.ts';
import { gapEn } from '../../src/messages/gap.en.ts';
import { REPORTERS } from '../../src/report/index.ts';
import { longFlag, SETTING_NAMES, SETTINGS, type Setting } from '../../src/settings/index.ts';
import { checksPage } from './checks-page.ts';
import { comingFromPage } from './coming-from.ts';
import { secretRulesPage } from './secret-rules.ts';
import { settingsSchemaText } from './settings-schema.ts';

/** Pages of docs/, and the schema of plimsoll.yaml, that are made from the program itself, by path. `npm run docs` writes them; a test holds them to it. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/checks.md', checksPage(CHECKS_NOTE)],
    ['docs/cli.md', commandLinePage()],
    ['docs/coming-from.md', comingFromPage()],
    ['docs/errors.md', errorsPage()],
    ['docs/feeds.md', withTables(readFileSync(new URL('../../docs/feeds.md', import.meta.url), 'utf8'))],
    ['docs/secret-rules.md', secretRulesPage()],
    ['docs/settings.md', settingsPage()],
    ['schema/settings.json', settingsSchemaText(FACTS)],
  ]);
}

/** The page with two tables of it as the program itself says: where feeds are fetched, and whose data they are. */
function withTables(page: string): string {
  return withTable(withTable(page, 'Upstreams', upstreamsTable()), 'Licences', licencesTable());
}

/** Each upstream's address, the feeds that its files belong to, and whether it is asked for by name only. */
function upstreamsTable(): readonly string[] {
  const rows = upstreams.map(({ id, title, url, feeds, always }) => {
    const read = feeds.map((feed) => `\`${feed}\``).join(', ');
    return `| \`${id}\` | ${title} | \`${url}\` | ${read} | ${always === false ? 'when asked for' : 'always'} |`;
  });
  return ['| upstream | what it is | address | feeds | updated |', '|---|---|---|---|---|', ...rows];
}

/** Under which licence each feed is, and whether it may be passed on. */
function licencesTable(): readonly string[] {
  const rows = advisorySources.map(({ id, title, licence, homepage, redistributable }) => {
    return `| \`${id}\` | [${title}](${homepage}) | ${licence} | ${redistributable === false ? 'no' : 'yes'} |`;
  });
  return ['| feed | attribution | licence | passed on |', '|---|---|---|---|', ...rows];
}

function withTable(page: string, name: string, table: readonly string[]): string {
  const [from, to] = [`<!-- ${name}: made by \`npm run docs\` out of src/advisories -->`, `<!-- End of ${name.toLowerCase()} -->`];
  const [before, rest] = page.split(from);
  const after = rest?.split(to)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/feeds.md has no place for the table: ${name}`);
  return `${before}${from}\n\n${table.join('\n')}\n\n${to}${after}`;
}

const CHECKS_NOTE = '<!-- Made by `npm run docs`; change src/checks or src/messages/checks instead. -->';
const NOTE = '<!-- Made by `npm run docs`; change src/cli, src/settings or src/messages instead. -->';

function commandLinePage(): string {
  const silent = { write: () => undefined, isTTY: false, columns: 100 };
  const io = { env: {}, cwd: '/', home: '/home/you', platform: 'linux' as const, stdin: none(), stdout: silent, stderr: silent };
  const program = buildProgram(io, 'en', () => undefined);
  const sections = allCommands(program).map(({ path, command }) => `## ${path}\n\n\`\`\`text\n${helpText(command)}\n\`\`\`\n`);
  return [
    '# Command line',
    '',
    NOTE,
    '',
    'Reports go to standard output or into files, everything else to standard error. Nearly every option has a variable and a key in',
    '`plimsoll.yaml`: see [settings](settings.md). Errors carry a code in brackets: see [errors](errors.md).',
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** What descriptions of settings are filled with. */
const FACTS = {
  formats: REPORTERS.map((each) => each.id).join(', '),
  sbomFormats: REPORTERS.flatMap(({ id, sbom }) => (sbom ? [id] : [])).join(', '),
};

function settingsPage(): string {
  const rows = SETTING_NAMES.map((name) => {
    const setting: Setting = SETTINGS[name];
    const choices = setting.kind.choices?.join(', ') ?? '';
    const meaning = fill(cliEn[setting.description], { choices, ...FACTS }).replaceAll('|', '\\|');
    const key = setting.inFile === false ? '' : `\`${setting.key}\``;
    const option = longFlag(setting);
    return `| ${key} | ${option ? `\`${option}\`` : ''} | \`${setting.env}\` | ${defaultText(setting)} | ${meaning} |`;
  });
  return `# Settings

${NOTE}

Each setting is taken from the first of these that has it:

1. the command line;
2. the environment;
3. \`plimsoll.yaml\` in the working directory;
4. \`plimsoll.yaml\` in your configuration folder (\`~/.config/plimsoll\`, \`~/Library/Application Support/plimsoll\` on macOS, \`%APPDATA%\\plimsoll\`
   on Windows);
5. the default.

\`--config FILE\` (or \`PLIMSOLL_CONFIG\`) replaces 3 and 4. \`plimsoll settings show\` says what holds and where it came from, with file and
line. Keys that do not exist, misspelt variables, and values that a setting does not take are errors: a misspelt gate must not look like none.

| key in plimsoll.yaml | option | variable | default | meaning |
|---|---|---|---|---|
${rows.join('\n')}

A key with dots is nested, and lists may be written as sequences. In options and variables a list is words with commas between them; in variables
a switch is \`true\`, \`yes\`, \`on\` or \`1\`, or \`false\`, \`no\`, \`off\` or \`0\`, in any case. A variable that is set to nothing is not set.

Paths of options and variables are relative to the working folder, those in a settings file to that file's folder: \`json=report.json\`,
\`exceptions.files\`, \`scan.import\`, \`@mail.hbs\` and all other files; a baseline and the sources of databases, which may be images too, where they
begin with \`./\` or \`../\`.

\`\`\`yaml
lang: ko
scan:
  fail-on: high
  severity: [critical, high]
  format: [table, json=report.json]
database:
  path: ./advisory-db
  max-age: 2
\`\`\`

Editors complete and check the file by [schema/settings.json](../schema/settings.json), in the package too, where its first line names it:
\`# yaml-language-server: $schema=node_modules/plimsoll/schema/settings.json\`.

Passwords and tokens are not read from files, because files end up in repositories, nor from options, because every process of the
machine sees those: use the variables, \`--registry-password-stdin\`, or \`docker login\`.
`;
}

function errorsPage(): string {
  const errors = Object.entries(errorsEn)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { what, next }]) => `| \`${code}\` | ${cell(what)} | ${cell(next)} |`);
  const gaps = Object.entries(gapEn).map(([code, text]) => `| \`${code}\` | ${cell(text)} |`);
  return `# Error codes and gap codes

${NOTE}

What goes wrong has a code that stays the same in every language and version. The command line shows it in brackets, with what
happened and what to do next; the library throws a \`PlimsollError\` whose \`code\` and \`params\` are these. \`--debug\` (or
\`PLIMSOLL_DEBUG=1\`) shows what led to it. Words in braces are filled in. Which exit code an error ends with is in
[the command line](cli.md): 2 for what the command line or a setting got wrong, 4 for \`database-stale\`, 3 for everything else.

| error | what happened | what to do next |
|---|---|---|
${errors.join('\n')}

Something inside an image that cannot be read is no error but a gap: the scan goes on, the report lists it, and where packages may be
missing because of it a gate answers unknown (exit code 5).

| gap | meaning |
|---|---|
${gaps.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function defaultText(setting: Setting): string {
  const { fallback } = setting;
  if (fallback === undefined) return setting.key === 'cache-dir' ? "the platform's cache folder" : '';
  return `\`${Array.isArray(fallback) ? fallback.join(',') : String(fallback)}\``;
}

function allCommands(root: Command, above = ''): { path: string; command: Command }[] {
  const path = above ? `${above} ${root.name()}` : root.name();
  const below = root.createHelp().visibleCommands(root);
  return [{ path, command: root }, ...below.filter((each) => each.name() !== 'help').flatMap((each) => allCommands(each, path))];
}

function helpText(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ ...command.configureOutput(), writeOut: (text) => void parts.push(text) });
  command.outputHelp();
  return parts.join('').trimEnd();
}

async function* none(): AsyncGenerator<Buffer> {}
