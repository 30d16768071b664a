import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SPAN } from '../search.ts';
import { rules } from './index.ts';

const names = rules.map(({ id }) => id);

it('lists every file, by name and in order', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !/^index\.ts$|\.test\.ts$/.test(file));
  expect(names.map((name) => `${name}.ts`)).toEqual(files.sort());
});

describe.each(rules.flatMap((rule) => ('files' in rule ? [[rule.id, rule] as const] : [])))('%s', (id, rule) => {
  it('names whole files, its own among them, and no other rule’s', () => {
    expect(rule.files.source).toMatch(/^\^.*\$$/);
    expect(rule.files.flags).toBe('');
    const main = rule.main ?? id;
    expect(rules.filter((other) => 'files' in other && other.files.test(main)).map((other) => other.id)).toEqual([id]);
  });

  it('has signatures that the search can hold', () => {
    for (const { anchor, before = 0, pattern } of rule.signatures) {
      expect(anchor.length).toBeGreaterThan(1);
      expect(anchor.startsWith('\0')).toBe(false);
      expect(before).toBeLessThanOrEqual(SPAN);
      expect(pattern.source).toContain('(?<version>');
      expect(pattern.flags).toBe('');
      expect(pattern.source, 'no count without a bound').not.toMatch(/[^\\][*]|\)\+|\][+]/);
    }
  });
});
