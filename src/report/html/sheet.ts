import { createHash } from 'node:crypto';
import type { Language } from '../../messages/fill.ts';
import type { Sheet, SheetSection } from '../sheet.ts';
import { Html, html } from './markup.ts';
import { STYLE } from './style.ts';
import { plainTable } from './table.ts';

/** One page that needs nothing else, ending with a newline. */
export function sheetHtml({ title, lines, sections, closing }: Sheet, language: Language): string {
  const style = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><h1>${title}</h1>${lines.map((line) => html`<p>${line}</p>`)}${closing.map((line) => html`<p><strong>${line}</strong></p>`)}</header>
${sections.length > 2 ? navigation(title, sections) : undefined}
<main id="main">${sections.map(section)}</main>
</body>
</html>`;
  return `${page.text}\n`;
}

function navigation(label: string, sections: readonly SheetSection[]): Html {
  const items = sections.map(({ title }, i) => html`<li><a href="#${idOf(i)}">${title}</a></li>`);
  return html`<nav aria-label="${label}"><ul>${items}</ul></nav>`;
}

function idOf(number: number): string {
  return `section-${number}`;
}

function section({ title, columns, rows, none, notes = [], code = [] }: SheetSection, number: number): Html {
  const cells = rows.map((row) =>
    row.map(({ text, severity }) => (severity ? html`<span class="sev ${severity}">${text}</span>` : html`${text}`)),
  );
  return html`<section id="${idOf(number)}"><h2>${title}</h2>${
    rows.length > 0 ? plainTable(title, columns, cells) : none === undefined ? undefined : html`<p class="ok">${none}</p>`
  }${notes.map((note) => html`<p class="note">${note}</p>`)}${code.length > 0 ? html`<pre>${code.join('\n')}</pre>` : undefined}</section>`;
}
