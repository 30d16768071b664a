import { fill } from '../messages/fill.ts';
import type { Catalogues } from '../messages/index.ts';
import type { Finding, Report } from '../model/index.ts';
import { safeText } from '../util/terminal/text.ts';
import { originOf } from './origin.ts';

/** The base image and how many of `findings` are its own, in a line; undefined where no base is known. */
export function baseText({ base }: Report, findings: readonly Finding[], { report: words }: Catalogues): string | undefined {
  if (!base) return undefined;
  const how = fill(words['base.how'], { evidence: words[`base.${base.evidence}`], confidence: words[`confidence.${base.confidence}`] });
  const name = safeText(base.name ?? base.digest ?? words['base.unnamed']);
  const origins = findings.map(({ locations }) => originOf(locations.map(({ layer }) => layer), base)); // biome-ignore format: short
  if (!origins.some(Boolean)) return `${fill(words['base.line'], { name })} (${how})`;
  const count = (origin: 'base' | 'own'): number => origins.filter((each) => each === origin).length;
  return `${fill(words['base.split'], { base: count('base'), name, own: count('own') })} (${how})`;
}
