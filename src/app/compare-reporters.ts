import type { Language } from '../messages/fill.ts';
import { safeJson } from '../report/safe-json.ts';
import { sarif } from '../report/sarif/index.ts';
import type { ComparedReports } from './compare.ts';
import type { CompareFormat } from './sheet-formats.ts';

interface How {
  readonly language: Language;
  readonly colour: boolean;
  readonly width?: number;
}

/** The pieces of the text. */
export async function writeComparison({ comparison, added }: ComparedReports, format: CompareFormat, how: How): Promise<readonly string[]> {
  if (format === 'json') return [...safeJson(comparison)];
  if (format === 'csv') return [(await import('../report/comparison-csv.ts')).comparisonCsv(comparison)];
  if (format === 'sarif') {
    const pieces: string[] = [];
    await sarif.write(added, { write: (text) => void pieces.push(text) }, { ...how, filter: { ignoreUnfixed: false } });
    return pieces;
  }
  const { comparisonSheet } = await import('../report/comparison-sheet.ts');
  return [await (await import('./write-sheet.ts')).writeSheet(comparisonSheet(comparison, how.language), format, how)];
}
