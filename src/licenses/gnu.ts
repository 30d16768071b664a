import { LICENSE_IDS } from './spdx-ids.ts';

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/\baffero (general )?public license\b/, 'agpl'],
  [/\b(library or lesser|lesser|library) (general )?public license\b/, 'lgpl'],
  [/\bgeneral public license\b/, 'gpl'],
  [/\bfree documentation license\b/, 'gfdl'],
];
const NAME =
  /^(gpl|lgpl|agpl|gfdl|fdl)[ -]?(niv)?[ -]?(\d(?:\.\d)?)?(?:\.0)?[ -]?(no[ -]invariants?)?[ -]?(\+|only|or[ -](?:any[ -])?(?:later|newer))?$/;
/** `GPL (>= 2)` as R writes it. */
const AT_LEAST = /^(a?gpl|lgpl) ?\(>= ?(\d(?:\.\d)?)(?:\.0)?\)$/;

/**
 * GNU's licences by any of their names, lower case: `gplv2+`, `gpl-3`, `lgpl 2.1 or later`, `gnu general public license v3 (gplv3)`. A
 * number alone means that version only; no number at all means any version, as section 9 of the GPL has it.
 */
export function gnuLicense(name: string): string | undefined {
  const atLeast = AT_LEAST.exec(name);
  if (atLeast) return identifier(atLeast[1] ?? '', atLeast[2] ?? '', '', 'or-later');
  let text = name.replace(/\s*\([^()]*\)$/, '').replace(/^gnu[ /-]/, '');
  for (const [pattern, short] of FAMILIES) text = text.replace(pattern, short);
  text = text
    .replace(/\bgpl\/lgpl\b/, '')
    .replace(/[,:]? ?\b(version|license)\b/g, '')
    .replace(/([ -]|gpl|fdl)v\.? ?(?=\d)/, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  const [, family = '', before, version = '', after, suffix] = NAME.exec(text) ?? [];
  if (family === '') return undefined;
  return identifier(family, version, before || after ? '-no-invariants' : '', suffix && suffix !== 'only' ? 'or-later' : 'only');
}

function identifier(family: string, version: string, invariants: string, suffix: string): string | undefined {
  if (version === '') return { gpl: 'GPL-1.0-or-later', lgpl: 'LGPL-2.0-or-later' }[family];
  const full = version.includes('.') ? version : `${version}.0`;
  return LICENSE_IDS.get(`${family === 'fdl' ? 'gfdl' : family}-${full}${invariants}-${suffix}`);
}
