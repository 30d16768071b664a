import type { AssessWords } from '../../messages/assess.ts';
import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { Html, html, inScript } from './markup.ts';

/** Rows that stand in the page without its script, and that the script adds at a time. */
export const CHUNK = 50;

export interface Column {
  readonly title: string;
  /** False: on a narrow screen it is left out, and the row's details have it. */
  readonly narrow?: boolean;
}

/** A row that can be sorted by any column and filtered. */
export interface Row {
  readonly cells: readonly Html[];
  /** What the column is sorted by; numbers before texts. */
  readonly keys: readonly (string | number)[];
  readonly severity: SeverityLevel;
  readonly fixable?: boolean;
  readonly exploited?: boolean;
}

export interface DataTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Filters beside that by text and by severity. */
  readonly filters: readonly ('fixable' | 'exploited')[];
  /** False: there is no filter by severity. */
  readonly bySeverity?: boolean;
}

/** A table whose rows come in chunks, with what filters and sorts it. */
export function dataTable({ id, caption, columns, rows, filters, bySeverity = true }: DataTable, words: AssessWords): Html {
  const markup = rows.map((row) => rowMarkup(row, columns));
  const data = rows.map((row, i) => [
    markup[i]?.text,
    SEVERITIES.indexOf(row.severity),
    (row.fixable ? 1 : 0) | (row.exploited ? 2 : 0),
    row.keys,
  ]);
  const present = SEVERITIES.filter((level) => rows.some((row) => row.severity === level));
  return html`<div class="data" data-table="${id}" data-chunk="${CHUNK}" data-shown="${words('filter.shown')}">
<form class="filters" role="search" aria-label="${caption}">
<label>${words('filter.text')} <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
${
  bySeverity
    ? html`<label>${words('filter.severity')} <select name="severity"><option value="">${words('filter.all')}</option>${present.map(
        (level) => html`<option value="${SEVERITIES.indexOf(level)}">${words(`severity.${level}`)}</option>`,
      )}</select></label>`
    : undefined
}
${filters.map((name) => html`<label class="check"><input type="checkbox" name="${name}"> ${words(`filter.${name}`)}</label>`)}
<output class="shown" aria-live="polite"></output>
</form>
<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
<table id="${id}"><caption>${caption}</caption>
<thead><tr>${columns.map(
    ({ title, narrow }, i) =>
      html`<th scope="col" class="${narrow === false ? 'wide' : ''}" aria-sort="none"><button type="button" data-column="${i}" title="${words('sort', { column: title })}">${title}</button></th>`,
  )}</tr></thead>
<tbody>${markup.slice(0, CHUNK)}</tbody></table>
<button type="button" class="more" hidden>${words('filter.more')}</button>
</div>
${rows.length > CHUNK ? html`<noscript><p>${words('filter.static', { shown: CHUNK, total: rows.length })}</p></noscript>` : undefined}
<script type="application/json" id="${id}-data">${inScript(data)}</script>
</div>`;
}

function rowMarkup({ cells }: Row, columns: readonly Column[]): Html {
  const texts = cells.map((cell, i) => (columns[i]?.narrow === false ? `<td class="wide">${cell.text}</td>` : `<td>${cell.text}</td>`));
  return new Html(`<tr>${texts.join('')}</tr>`);
}

/** A small table that is only read. The first cell of a row is its heading. */
export function plainTable(caption: string, titles: readonly string[], rows: readonly (readonly (Html | string | number)[])[]): Html {
  const cell = (value: Html | string | number): Html =>
    typeof value === 'number' ? html`<td class="number">${value}</td>` : html`<td>${value}</td>`;
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${titles.map((title, i) => html`<th scope="col" class="${typeof rows[0]?.[i] === 'number' ? 'number' : ''}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map(cell)}</tr>`)}</tbody></table></div>`;
}
