import { createHash } from 'node:crypto';
import type { CheckFinding } from '../../model/index.ts';
import { IMAGE_RULES, type ImageRule } from './rules.ts';
import type { BuiltImage } from './types.ts';

export { IMAGE_RULES } from './rules.ts';
export type { BuiltImage, LayerFacts, Visible } from './types.ts';

/** Findings of one rule that are listed one by one. */
const MAX_OF_A_RULE = 1000;

/** What is wrong with a built image, in the order of the rules. Pure. */
export function checkImage(image: BuiltImage, rules: readonly ImageRule[] = IMAGE_RULES): readonly CheckFinding[] {
  return rules.flatMap((rule) => {
    const found: CheckFinding[] = [];
    const repeats = new Map<string, number>();
    rule.check(image, ({ file, line, layer, snippet, params = {}, severity = rule.severity }) => {
      if (found.length >= MAX_OF_A_RULE) return;
      // What is wrong with an image's name is the same of one with another name.
      const known = file === 'reference' ? {} : params;
      const key = JSON.stringify(['image', rule.id, file, Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))]);
      const repeat = repeats.get(key) ?? 0;
      repeats.set(key, repeat + 1);
      found.push({
        kind: 'misconfiguration',
        id: rule.id,
        domain: 'image',
        aliases: rule.aliases,
        severity,
        params,
        location: { file, ...(line === undefined ? {} : { line }), ...(layer === undefined ? {} : { layer }) },
        ...(snippet === undefined ? {} : { snippet }),
        benchmarks: rule.benchmarks ?? [],
        references: rule.references,
        fingerprint: createHash('sha256')
          .update(repeat === 0 ? key : `${key}#${repeat}`)
          .digest('hex'),
      });
    });
    return found;
  });
}
