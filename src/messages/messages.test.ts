import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assessEn } from './assess.en.ts';
import { assessKo } from './assess.ko.ts';
import { cliEn } from './cli.en.ts';
import { cliKo } from './cli.ko.ts';
import { fill } from './fill.ts';
import { findingsEn } from './findings.en.ts';
import { findingsKo } from './findings.ko.ts';
import { catalogues } from './index.ts';
import { localeLanguage } from './language.ts';

const names = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ''))].sort();

function pairs(): [string, string, string][] {
  const en = catalogues('en');
  const ko = catalogues('ko');
  const all: [string, string, string][] = [];
  for (const family of ['report', 'warning', 'gap'] as const) {
    for (const [key, text] of Object.entries(en[family])) {
      all.push([`${family} ${key}`, text, (ko[family] as Record<string, string>)[key] ?? '']);
    }
  }
  for (const [code, text] of Object.entries(en.errors)) {
    const other = (ko.errors as Record<string, { what: string; next: string }>)[code];
    all.push([`error ${code}`, `${text.what} ${text.next}`, `${other?.what} ${other?.next}`]);
  }
  for (const [key, text] of Object.entries(cliEn)) all.push([`cli ${key}`, text, cliKo[key as keyof typeof cliKo]]);
  for (const [key, text] of Object.entries(findingsEn)) all.push([`finding ${key}`, text, findingsKo[key as keyof typeof findingsKo]]);
  for (const [key, text] of Object.entries(assessEn)) all.push([`assess ${key}`, text, assessKo[key as keyof typeof assessKo]]);
  return all;
}

describe('catalogues', () => {
  it('fill the same params in both languages', () => {
    const different = pairs().filter(([, en, ko]) => names(en).join() !== names(ko).join());
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('are translated: a Korean sentence has Hangul', () => {
    const untranslated = pairs().filter(([, en, ko]) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(en) && !/[\uac00-\ud7a3]/.test(ko));
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  it('speak to the reader in one style: Korean sentences ask with -십시오, never with -세요', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ko.ts'));
    expect(files.length).toBeGreaterThan(20);
    const other = files.filter((name) => readFileSync(join(import.meta.dirname, name), 'utf8').includes('세요'));
    expect(other).toEqual([]);
  });

  it('put both forms of a particle behind a param, whose last sound nobody knows', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('ko.ts'));
    const one = /\{\w+\}(?:이라는|라는|으로|은|는|이|가|을|를|과|와|로)(?![(\uac00-\ud7a3])/g;
    const found = files.flatMap((name) =>
      [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(one)].map(([text]) => `${name}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('leave a name without a param visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });
});

describe('localeLanguage', () => {
  it.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'ko' }, 'ko'],
    [{ LANG: 'kok_IN' }, 'en'],
    [{ LC_ALL: 'C', LANG: 'ko_KR.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'ko_KR', LANG: 'en_US' }, 'ko'],
    [{}, 'en'],
  ])('%o is %s', (env, language) => {
    expect(localeLanguage(env)).toBe(language);
  });
});
