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
  const sheet = (await import('../../report/plan-sheet.ts')).planSheet(plan, how.language);
  if (format === 'markdown') return [(await import('../../report/sheet-markdown.ts')).sheetMarkdown(sheet)];
  if (format === 'html') return [(await import('../../report/html/sheet.ts')).sheetHtml(sheet, how.language)];
  return [(await import('../../report/sheet-text.ts')).sheetText(sheet, how)];
}
