import type { Language } from '../messages/fill.ts';
import type { Sheet } from '../report/sheet.ts';

/** A sheet in one of the forms that people read. */
export async function writeSheet(
  sheet: Sheet,
  format: 'table' | 'markdown' | 'html',
  how: { readonly language: Language; readonly colour: boolean; readonly width?: number },
): Promise<string> {
  if (format === 'markdown') return (await import('../report/sheet-markdown.ts')).sheetMarkdown(sheet);
  if (format === 'html') return (await import('../report/html/sheet.ts')).sheetHtml(sheet, how.language);
  return (await import('../report/sheet-text.ts')).sheetText(sheet, how);
}
