import { EXIT, PlimsollError } from '../../util/errors.ts';
import { clairAliases } from './clairctl.ts';
import { hadolintAliases } from './hadolint.ts';
import { ownOption, parseAlias } from './parse.ts';
import { scoutAliases } from './scout.ts';
import { snykAliases } from './snyk.ts';
import { trivyAliases } from './trivy.ts';
import { type Alias, TOOLS, type ToolId, type Translation } from './types.ts';

export type { Alias } from './types.ts';

/** Command lines of other tools that are understood here. */
export const ALIASES: readonly Alias[] = [...trivyAliases, ...scoutAliases, ...snykAliases, ...clairAliases, ...hadolintAliases];

/** A line of another tool in our words, and what of it means nothing here. */
export interface Translated extends Translation {
  readonly alias: Alias;
  readonly ignored: readonly string[];
}

/** Help was asked for: nothing is to be run. Of a tool's name alone it is about all its words. */
export interface HelpWanted {
  readonly help: readonly Alias[];
}

/**
 * Undefined for command lines that are our own. The tool's name may stand before its words (`trivy image`, `scout cves`) and need
 * not; options may stand before either. Throws `alias-option`, `alias-command` where a tool is named whose words are not known.
 */
export function translateAlias(given: readonly string[]): Translated | HelpWanted | undefined {
  const outer = leadingOptions(given);
  const tool = toolOf(outer.rest[0]);
  const inner = tool === undefined ? { options: [], rest: outer.rest } : leadingOptions(outer.rest.slice(1));
  const found = find(tool, inner.rest);
  const options = [...outer.options, ...inner.options];
  if (found === undefined) {
    if (tool === undefined) return undefined;
    const help = ALIASES.filter((alias) => alias.tool === tool);
    if (options.some(isHelp) || inner.rest[0] === 'help') return { help };
    const known = help.flatMap((alias) => alias.words.map((each) => each.join(' '))).join(', ');
    throw new PlimsollError('alias-command', { tool: TOOLS[tool], command: inner.rest[0] ?? '', known }, { exitCode: EXIT.usage });
  }
  const { alias } = found;
  const args = [...options, ...found.args];
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  if (args.slice(0, end).some(isHelp)) return { help: [alias] };
  const { line, own, ignored } = parseAlias(alias, args);
  const translation = alias.translate(line);
  return { ...translation, argv: [...translation.argv, ...own], alias, ignored };
}

function isHelp(option: string): boolean {
  return option === '--help' || option === '-h';
}

/** `--config URL report app`: what a tool takes before its words, with the values. */
function leadingOptions(argv: readonly string[]): { readonly options: readonly string[]; readonly rest: readonly string[] } {
  let at = 0;
  while (argv[at]?.startsWith('-')) at += takesNext(argv[at] as string) ? 2 : 1;
  return { options: argv.slice(0, at), rest: argv.slice(at) };
}

function takesNext(flag: string): boolean {
  if (flag.includes('=')) return false;
  return ownOption(flag)?.value || ALIASES.some(({ options }) => options.some((each) => each.value && each.flags.includes(flag)));
}

/** hadolint is a command and a tool at once, and stays a command. */
function toolOf(word: string | undefined): ToolId | undefined {
  return word === 'hadolint' ? undefined : (Object.keys(TOOLS) as ToolId[]).find((tool) => tool === word);
}

function find(tool: ToolId | undefined, argv: readonly string[]): { readonly alias: Alias; readonly args: readonly string[] } | undefined {
  for (const alias of ALIASES) {
    if (tool === undefined ? !alias.bare : alias.tool !== tool) continue;
    const words = alias.words.find((each) => each.every((word, i) => argv[i] === word));
    if (words) return { alias, args: argv.slice(words.length) };
  }
  return undefined;
}
