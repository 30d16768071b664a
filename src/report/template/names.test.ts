import { describe, expect, it } from 'vitest';
import comparison from '../../../schema/compare.json' with { type: 'json' };
import { sampleReport } from '../../../testing/fixtures/report.ts';
import { BUILT_IN } from './built-in.ts';
import { rootOf } from './data.ts';
import { checkNames, ROOT_NAMES } from './names.ts';
import { parseTemplate } from './parse.ts';

const check = (text: string): void => checkNames(parseTemplate(text, 'a.txt.hbs'), 'a.txt.hbs');

describe('names of a template', () => {
  it('are those that a report and a comparison have', async () => {
    const how = { language: 'en', colour: false, filter: { ignoreUnfixed: false } } as const;
    const root = Object.keys((await rootOf({ reports: [sampleReport()], failed: [] }, how)) as object);
    expect([...root, ...Object.keys(comparison.properties)].filter((name) => !ROOT_NAMES.has(name))).toEqual([]);
    expect([...ROOT_NAMES].filter((name) => !root.includes(name) && !(name in comparison.properties) && name !== 'platform')).toEqual([]);
  });

  it.each([
    ['{{ Range }}', 'Range'],
    ['\n{{#each Results}}{{/each}}', 'Results'],
    ['{{#if (eq severity "high")}}{{/if}}', 'severity'],
    ['{{#each issues}}{{../nothing}}{{/each}}', 'nothing'],
    ['{{#each issues}}{{@root.nothing}}{{/each}}', 'nothing'],
    ['{{#each issues}}{{else}}{{nothing}}{{/each}}', 'nothing'],
    ['{{@number}}', '@number'],
  ])('that no report has are refused before the scan: %s', (text, word) => {
    expect(() => check(text)).toThrow(
      expect.objectContaining({
        code: 'template-malformed',
        params: expect.objectContaining({
          line: text.startsWith('\n') ? 2 : 1,
          detail: expect.stringContaining(`has no ${word}; there are`),
        }),
      }),
    );
  });

  it.each([
    '{{platform}}',
    '{{#each issues}}{{whatever}} {{../target.name}} {{@index}}{{/each}}',
    '{{this}}',
    '{{#with target}}{{name}}{{/with}}',
  ])('that a report may have are taken: %s', (text) => {
    expect(() => check(text)).not.toThrow();
  });

  it('of the built-in templates are right', () => {
    for (const { text } of Object.values(BUILT_IN)) expect(() => check(text)).not.toThrow();
  });
});
