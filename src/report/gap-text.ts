import { saidIn } from '../messages/details/index.ts';
import { fill } from '../messages/fill.ts';
import type { Catalogues } from '../messages/index.ts';
import type { Gap } from '../model/index.ts';

/** What a gap is, without its place. What a system refused with (`EACCES`) is said in words, where there are some. */
export function gapText(
  { code, params }: Pick<Gap, 'code' | 'params'>,
  { gap, report, language }: Pick<Catalogues, 'gap' | 'language' | 'report'>,
): string {
  const words: Readonly<Record<string, string>> = report;
  const refused = code === 'unreadable' ? words[`gap.system.${params.what}`] : undefined;
  return fill(gap[code], refused === undefined ? saidIn(language, params) : { ...params, what: refused });
}
