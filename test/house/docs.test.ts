import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorsEn } from '../../src/messages/errors.en.ts';
import { exists, projectFiles, read } from './files.ts';

/** Everything between ``` fences, with the language of each. */
function fences(markdown: string): { language: string; text: string }[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1]!, text: match[2]! }));
}

function headings(markdown: string): string[] {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '').match(/^#{1,6} .+$/gm) ?? [];
}

describe('docs/errors.md', () => {
  it('documents every error code, and none that does not exist', () => {
    const documented = [...read('docs/errors.md').matchAll(/^#+ `?([a-z0-9-]+)`?\s*$|^\| ?`([a-z0-9-]+)` ?\|/gm)].map(
      (match) => (match[1] ?? match[2])!,
    );
    const codes = Object.keys(errorsEn);
    expect(
      codes.filter((code) => !documented.includes(code)),
      'not documented',
    ).toEqual([]);
    const section = documented.filter((code) => !codes.includes(code) && !GAP_CODES.includes(code) && !OTHER_HEADINGS.includes(code));
    expect(section, 'documented, but not there').toEqual([]);
  });
});

const GAP_CODES = [
  'malformed',
  'too-large',
  'truncated',
  'unsupported',
  'unreadable',
  'encrypted',
  'nested-too-deep',
  'no-version',
  'not-here',
  'tool-missing',
  'tool-failed',
];
const OTHER_HEADINGS = ['errors', 'gaps'];

describe('docs/status.md', () => {
  it('points to tests that exist', () => {
    const named = [...read('docs/status.md').matchAll(/test: `([^`]+)`/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((file) => !exists(file))).toEqual([]);
  });

  it('says for each sentence either a test or "not done"', () => {
    const rows = read('docs/status.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| sentence') && !line.startsWith('|---'));
    const silent = rows.filter((row) => !/test: `|not done|shown in the note|measured/.test(row));
    expect(silent).toEqual([]);
  });
});

describe('README.md and README.ko.md', () => {
  const [english, korean] = [read('README.md'), read('README.ko.md')];

  it('have the same headings in number and depth', () => {
    const depths = (text: string): number[] => headings(text).map((line) => line.indexOf(' '));
    expect(depths(korean)).toEqual(depths(english));
  });

  it('show the same commands', () => {
    const commands = (text: string): string[] =>
      fences(text)
        .filter(({ language }) => language === 'sh')
        .map((fence) => fence.text.replace(/\s+#.*$/gm, ''));
    expect(commands(korean)).toEqual(commands(english));
  });

  it('begin with two plain lines that package.json knows', () => {
    const lines = fences(english)[0]?.text.trim().split('\n') ?? [];
    expect(lines).toHaveLength(2);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const line of lines) expect(Object.keys(scripts)).toContain(/^npm run ([\w:-]+)$/.exec(line)?.[1]);
  });
});

describe('links', () => {
  const pages = projectFiles().filter((file) => file.endsWith('.md') && !file.includes('/testdata/'));

  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1]!)
      .filter((target) => !/^[a-z]+:/.test(target));
    const missing = targets.filter((target) => !exists(posix.join(posix.dirname(page), target)));
    expect(missing).toEqual([]);
  });
});
