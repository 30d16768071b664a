import { aliasHere, aliasTexts } from '../../messages/aliases.ts';
import { fill, type Language } from '../../messages/fill.ts';
import { EXIT } from '../../util/errors.ts';
import { type Column, layOut } from '../../util/terminal/columns.ts';
import type { Io } from '../io.ts';
import { type Alias, translateAlias } from './index.ts';
import { TOOLS } from './types.ts';

/** A command line in our words, and the exit code for what became of it. */
export interface Aliased {
  readonly argv: readonly string[];
  exit(code: number): number;
}

/**
 * Puts another tool's command line into ours, and tells its user on standard error which of its options mean nothing here. `shown`: help was asked
 * for and is on standard output. Undefined for a line of our own.
 */
export function aliased(argv: readonly string[], language: Language, io: Io): Aliased | 'shown' | undefined {
  const found = translateAlias(argv);
  if (found === undefined) return undefined;
  const texts = aliasTexts(language);
  if ('help' in found) {
    const [alias, ...others] = found.help;
    if (alias) io.stdout.write(others.length === 0 ? helpText(alias, language) : overview(found.help, language));
    return 'shown';
  }
  const tool = TOOLS[found.alias.tool];
  if (found.ignored.length > 0 && !found.argv.includes('--quiet')) {
    io.stderr.write(`${fill(texts.ignored, { tool, options: found.ignored.join(', ') })}\n`);
  }
  const { failed = EXIT.gateFailed, exit = (code: number) => code } = found;
  return { argv: found.argv, exit: (code) => (code === EXIT.gateFailed ? failed : exit(code)) };
}

/** All lines of a tool that are understood. */
function overview(aliases: readonly Alias[], language: Language): string {
  const texts = aliasTexts(language);
  const tools = [...new Set(aliases.map(({ tool }) => TOOLS[tool]))].join(', ');
  const lines = aliases.map(({ bare, tool, usage }) => `  plimsoll ${bare ? '' : `${tool} `}${usage}`);
  return [fill(texts.overview, { tool: tools }), '', ...lines, '', texts.more, ''].join('\n');
}

/** What of the tool's own options is understood, and how it is said here. */
function helpText(alias: Alias, language: Language): string {
  const texts = aliasTexts(language);
  const { tool, usage, options, ownJson } = alias;
  const here = (said: string): string => aliasHere(said, language).replaceAll('`', '');
  const columns: Column[] = [
    { title: TOOLS[tool], least: 20 },
    { title: 'plimsoll', least: 20 },
  ];
  const rows = options.map(({ flags, value, here: said }) => [{ text: `${flags.join(', ')}${value ? ' ...' : ''}` }, { text: here(said) }]);
  return [
    fill(texts.usage, { usage: `plimsoll ${alias.bare ? '' : `${tool} `}${usage}`, tool: TOOLS[tool] }),
    '',
    ...layOut(columns, rows, 100).map((line) => `  ${line}`.trimEnd()),
    '',
    ...(ownJson === undefined ? [] : [fill(texts.json, { tool: TOOLS[tool], line: ownJson })]),
    texts.more,
    '',
  ].join('\n');
}
