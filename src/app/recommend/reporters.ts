import type { Language } from '../../messages/fill.ts';
import type { Plan } from '../../model/index.ts';
import { safeJson } from '../../report/safe-json.ts';
import type { PlanFormat } from '../sheet-formats.ts';

/** The pieces of the text. */
export async function writePlan(
  plan: Plan,
  format: PlanFormat,
  how: { readonly language: Language; readonly colour: boolean; readonly width?: number },
): Promise<readonly string[]> {
  if (format === 'json') return [...safeJson(plan)];
  const [{ planSheet }, { writeSheet }] = await Promise.all([import('../../report/plan-sheet.ts'), import('../write-sheet.ts')]);
  return [await writeSheet(planSheet(plan, how.language), format, how)];
}
