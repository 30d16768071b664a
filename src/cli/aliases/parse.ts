import { Option } from 'commander';
import { longFlag, SETTING_NAMES, SETTINGS, type Setting } from '../../settings/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { type Alias, type AliasLine, type AliasOption, TOOLS } from './types.ts';

/** A line taken apart, the options of ours that were in it, and those of the tool that mean nothing here. */
export interface Parsed {
  readonly line: AliasLine;
  readonly own: readonly string[];
  readonly ignored: readonly string[];
}

/** `args`: what follows the alias's words. Throws `alias-option` for what neither the tool's table nor we have. */
export function parseAlias(alias: Alias, args: readonly string[]): Parsed {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const own: string[] = [];
  const ignored = new Set<string>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest.splice(0));
    } else if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
    } else {
      const { flag, joined } = split(arg, alias.options);
      const option = optionOf(alias.options, flag);
      const takes = option?.value ?? ownOption(flag)?.value;
      if (takes === undefined) throw unknown(alias, flag);
      const value = takes ? (joined ?? rest.shift()) : joined;
      if (takes && value === undefined) {
        throw new PlimsollError('option-value-missing', { option: flag, help: helpOf(alias) }, { exitCode: EXIT.usage });
      }
      if (option === undefined) {
        own.push(...(value === undefined ? [flag] : [flag, value]));
      } else {
        const name = option.flags[0] as string;
        // A switch may be written out: `--ignore-unfixed=false`.
        if (!takes && /^(0|f|false)$/i.test(value ?? '')) values.delete(name);
        else values.set(name, [...(values.get(name) ?? []), value ?? 'true']);
        if (option.here === 'ignored') ignored.add(flag);
      }
    }
  }
  const value = (flag: string): string | undefined => values.get(flag)?.join(',');
  return { line: { help: helpOf(alias), operands, value, has: (flag) => values.has(flag) }, own, ignored: [...ignored] };
}

function split(arg: string, options: readonly AliasOption[]): { readonly flag: string; readonly joined?: string } {
  const equals = arg.indexOf('=');
  if (equals > 0) return { flag: arg.slice(0, equals), joined: arg.slice(equals + 1) };
  // `-ojson`: a letter that takes a value, and the value.
  const letter = arg.slice(0, 2);
  if (!arg.startsWith('--') && arg.length > 2 && optionOf(options, letter)?.value) return { flag: letter, joined: arg.slice(2) };
  return { flag: arg };
}

function optionOf(options: readonly AliasOption[], flag: string): AliasOption | undefined {
  return options.find(({ flags }) => flags.includes(flag));
}

/** Options of ours that may be mixed in: `plimsoll image app:1.0 --lang ko`. */
export function ownOption(flag: string): { readonly value: boolean } | undefined {
  if (flag === '--config') return { value: true };
  for (const name of SETTING_NAMES) {
    const setting: Setting = SETTINGS[name];
    if (setting.flags === undefined) continue;
    const option = new Option(setting.flags);
    if (option.long === flag || option.short === flag || longFlag(setting) === flag) return { value: option.required || option.optional };
  }
  return undefined;
}

function unknown(alias: Alias, option: string): PlimsollError {
  return new PlimsollError('alias-option', { option, tool: TOOLS[alias.tool], help: helpOf(alias) }, { exitCode: EXIT.usage });
}

export function helpOf({ tool, words, bare }: Alias): string {
  return ['plimsoll', ...(bare ? [] : [tool]), ...(words[0] ?? []), '--help'].join(' ');
}
