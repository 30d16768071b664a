import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../tools/docs/pages.ts';

describe('generated pages', () => {
  it.each([...generatedPages()])('%s is what the program says; else run `npm run docs`', (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });
});
