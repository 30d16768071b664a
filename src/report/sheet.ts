import type { SeverityLevel } from '../model/index.ts';

/** A short document of tables, in one language: written as text, Markdown or a page. Texts may be hostile; formats make them harmless. */
export interface Sheet {
  readonly title: string;
  /** Under the title. */
  readonly lines: readonly string[];
  readonly sections: readonly SheetSection[];
  /** What must be known before it is trusted, what the gate says: last on a terminal, first on a page. */
  readonly closing: readonly string[];
}

export interface SheetSection {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Instead of a table without rows. */
  readonly none?: string;
  /** Below the table. */
  readonly notes?: readonly string[];
  /** Lines to be copied. */
  readonly code?: readonly string[];
}

export interface SheetCell {
  readonly text: string;
  /** Coloured by it. */
  readonly severity?: SeverityLevel;
}
