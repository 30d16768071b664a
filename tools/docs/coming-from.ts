import { readFileSync } from 'node:fs';
import { ALIASES } from '../../src/cli/aliases/index.ts';
import { type AliasOption, TOOLS, type ToolId } from '../../src/cli/aliases/types.ts';
import { aliasHere } from '../../src/messages/aliases.ts';

/** docs/coming-from.md with the options of each tool as the program has them. */
export function comingFromPage(): string {
  const page = readFileSync(new URL('../../docs/coming-from.md', import.meta.url), 'utf8');
  return (Object.keys(TOOLS) as ToolId[]).reduce(withOptions, page);
}

function withOptions(page: string, tool: ToolId): string {
  const from = `<!-- Options of ${tool}: made by \`npm run docs\` out of src/cli/aliases -->`;
  const to = `<!-- End of the options of ${tool} -->`;
  const [before, rest] = page.split(from);
  const after = rest?.split(to)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/coming-from.md has no place for the options of ${tool}`);
  return `${before}${from}\n\n${optionsTable(tool).join('\n')}\n\n${to}${after}`;
}

/** A line for each option, with the commands that have it. */
function optionsTable(tool: ToolId): readonly string[] {
  const aliases = ALIASES.filter((alias) => alias.tool === tool);
  const options = new Map<string, { readonly option: AliasOption; readonly of: string[] }>();
  for (const { words, options: own } of aliases) {
    for (const option of own) {
      const key = JSON.stringify(option);
      const known = options.get(key) ?? { option, of: [] };
      options.set(key, { ...known, of: [...known.of, words[0]?.join(' ') ?? ''] });
    }
  }
  const rows = [...options.values()].map(({ option: { flags, value, here }, of }) => {
    const said = aliasHere(here, 'en');
    const names = flags.map((each) => `\`${each}\``).join(', ');
    return `| ${names}${value ? ' ...' : ''} | ${of.length === aliases.length ? 'all' : of.map((each) => `\`${each}\``).join(', ')} | ${said.replaceAll('|', '\\|')} |`;
  });
  return ['| option | of | here |', '|---|---|---|', ...rows];
}
