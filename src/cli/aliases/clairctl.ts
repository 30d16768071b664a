import { flag, LOCAL_FIRST, one, value } from './line.ts';
import type { Alias } from './types.ts';

const FORMATS: Readonly<Record<string, string>> = { text: 'table', json: 'clair' };

/** Source: quay.github.io/clair, "clairctl"; every image named gets a report there, one is taken here. */
export const clairAliases: readonly Alias[] = [
  {
    tool: 'clairctl',
    words: [['report']],
    bare: true,
    usage: 'report IMAGE',
    options: [
      value('`--format`; text is table, json as Clair has it', '--out', '-o'),
      value('nothing', '--host', '--config', '-c'),
      flag('nothing', '--keep', '--novel'),
      flag('`--debug`', '-D'),
      flag('`--quiet`', '-q'),
    ],
    translate(line) {
      const format = line.value('--out');
      return {
        argv: [
          'scan',
          one(line, 'IMAGE'),
          ...LOCAL_FIRST,
          ...(format === undefined ? [] : ['-f', FORMATS[format] ?? format]),
          ...(line.has('-D') ? ['--debug'] : []),
          ...(line.has('-q') ? ['--quiet'] : []),
        ],
      };
    },
  },
];
