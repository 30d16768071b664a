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
  /** Help was asked for: nothing is to be run. */
  readonly help: boolean;
}

/**
 * Undefined for command lines that are our own. The tool's name may stand before its words (`trivy image`, `scout cves`) and need
 * not. Throws `alias-option`, `alias-command` where a tool is named whose words are not known.
 */
export function translateAlias(given: readonly string[]): Translated | undefined {
  const argv = optionsLast(given);
  const named = toolOf(argv[0]);
  const words = named === undefined ? argv : argv.slice(1);
  const found = find(named, words);
  if (found === undefined) {
    // hadolint is a command and a tool at once.
    if (named === undefined) return undefined;
    const tool = TOOLS[named];
    const known = ALIASES.filter((alias) => alias.tool === named).flatMap((alias) => alias.words.map((each) => each.join(' ')));
    throw new PlimsollError('alias-command', { tool, command: words[0] ?? '', known: known.join(', ') }, { exitCode: EXIT.usage });
  }
  const { alias, args } = found;
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  if (args.slice(0, end).some((each) => each === '--help' || each === '-h')) return { alias, argv: [], ignored: [], help: true };
  const { line, own, ignored } = parseAlias(alias, args);
  const translation = alias.translate(line);
  return { ...translation, argv: [...translation.argv, ...own], alias, ignored, help: false };
}

/** `--config URL report app`: what a tool takes before its words is moved behind them. */
function optionsLast(argv: readonly string[]): readonly string[] {
  let at = 0;
  while (argv[at]?.startsWith('-')) {
    const flag = argv[at] as string;
    if (flag.includes('=')) at += 1;
    else
      at +=
        ownOption(flag)?.value || ALIASES.some(({ options }) => options.some((each) => each.value && each.flags.includes(flag))) ? 2 : 1;
  }
  if (at === 0 || at >= argv.length) return argv;
  const rest = argv.slice(at);
  const length = Math.max(
    0,
    ...ALIASES.flatMap(({ words }) => words).map((words) => (words.every((word, i) => rest[i] === word) ? words.length : 0)),
  );
  const words = length === 0 && toolOf(rest[0]) !== undefined ? 1 : length;
  return [...rest.slice(0, words), ...argv.slice(0, at), ...rest.slice(words)];
}

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
