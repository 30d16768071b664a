import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, ROOT, read } from './files.ts';
import { isTest, pluginOf, readImports } from './imports.ts';

const files = projectFiles().filter((file) => file.startsWith('src/'));
const LISTS = [
  'src/extract/index.ts',
  'src/versions/index.ts',
  'src/advisories/index.ts',
  'src/advisories/upstreams.ts',
  'src/report/index.ts',
  'src/match/distros/index.ts',
];

/** The file that makes a folder a plug-in of a list: a feed's folder may hold its upstream too, or an upstream alone. */
function entryOf(list: string): string {
  return list.endsWith('/upstreams.ts') ? 'upstream.ts' : 'index.ts';
}

/** Folders of plug-ins of the family whose list is `list`. */
function folders(list: string): string[] {
  const family = list.slice(0, list.lastIndexOf('/') + 1);
  const plugins = files.map(pluginOf).filter((plugin) => plugin?.startsWith(family) && files.includes(`${plugin}/${entryOf(list)}`));
  return [...new Set(plugins as string[])].sort();
}

/** `src/report` for everything below it. */
function familyOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

describe.each(LISTS)('%s', (list) => {
  it('lists every folder of its family, and nothing that is not there', () => {
    const listed = readImports(list, read(list))
      .map(({ to }) => pluginOf(to))
      .filter((plugin) => plugin !== undefined);
    expect([...new Set(listed)].sort()).toEqual(folders(list));
  });
});

describe.each(LISTS.filter((list) => entryOf(list) === 'index.ts'))('%s', (list) => {
  it('lists plug-ins whose id is the name of their folder', async () => {
    const root = list.slice(0, -'/index.ts'.length);
    for (const folder of folders(list)) {
      const file = join(ROOT, folder, 'index.ts');
      const module: Record<string, unknown> = await import(/* @vite-ignore */ file);
      const ids = Object.values(module).flatMap((value) =>
        typeof value === 'object' && value !== null && 'id' in value ? [value.id] : [],
      );
      expect(ids, folder).toContain(folder.slice(root.length + 1));
    }
  });
});

/** Plug-ins that need more files, each with its reason. */
const LARGER: Readonly<Record<string, string>> = {
  'src/report/table': 'findings, secrets and configuration, a section each',
  'src/advisories/ubuntu-cve-tracker': 'a feed in two forms, and its upstream',
  'src/extract/lang/java': 'archives in archives, and four ways to say what one is',
  'src/extract/bin/programs': 'a rule for each program, a file each',
  'src/report/html': 'a page: its sections, tables, charts, style and script, a file each',
  'src/report/template': 'a small language: parser, renderer, helpers, escaping, built-in templates, a file each',
  'src/report/trivy': 'a file for each kind of result',
};

describe('a plug-in', () => {
  it('is at most five hand-written files, tests and their data aside', () => {
    const perPlugin = Map.groupBy(
      files.filter((file) => pluginOf(file) !== undefined && !isTest(file)),
      (file) => pluginOf(file)!,
    );
    const tooMany = [...perPlugin]
      .filter(([plugin, own]) => own.length > 5 && !(plugin in LARGER))
      .map(([plugin, own]) => `${plugin}: ${own.length}`);
    expect(tooMany).toEqual([]);
  });

  it('has a test of its own, or its family has one for all', () => {
    const tested = new Set(files.filter(isTest).map((file) => pluginOf(file) ?? familyOf(file)));
    const untested = LISTS.flatMap(folders).filter((plugin) => !tested.has(plugin) && !tested.has(familyOf(plugin)));
    expect(untested).toEqual([]);
  });
});
