import { createHash } from 'node:crypto';
import { fill } from '../../messages/fill.ts';
import { catalogues } from '../../messages/index.ts';
import type { Report } from '../../model/index.ts';
import { type AssessView, assessView } from '../assess-view.ts';
import { outcomeOf, reasonsText } from '../decision-text.ts';
import { platformName } from '../platform-name.ts';
import type { PlatformReports, Rendering } from '../types.ts';
import { Html, html } from './markup.ts';
import { SCRIPT } from './script.ts';
import { type Section, sections } from './sections.ts';
import { STYLE } from './style.ts';

/** The whole page, ending with a newline. There is at least one report. */
export async function page({ reports, failed }: PlatformReports, how: Rendering): Promise<string> {
  const views: AssessView[] = [];
  for (const report of reports) views.push(await assessView(report, how));
  const [first] = views;
  if (!first) throw new RangeError('a page of no report');
  const several = reports.length + failed.length > 1;
  const parts = views.map((view, i) => ({ view, sections: sections(view, several ? `p${i}-` : '') }));
  const { errors } = catalogues(how.language);
  const { words, report } = first;
  const body = html`<a class="skip" href="#main">${words('skip')}</a>
<header><h1>${words('title')}</h1>${several ? html`<p class="target">${report.inventory.target.name}</p>` : identity(first)}</header>
${several ? undefined : navigation(parts[0]?.sections ?? [], first)}
<main id="main">${parts.map(({ view, sections: own }) =>
    several
      ? html`<article aria-label="${platformName(view.report.inventory.target)}">${identity(view)}${own.map(sectionMarkup)}</article>`
      : html`${own.map(sectionMarkup)}`,
  )}${failed.map(
    ({ platform, digest, error }) =>
      html`<section><h2>${platform ?? digest}</h2><p>${fill(errors[error.code].what, error.params)} <code>${error.code}</code></p></section>`,
  )}</main>
<footer><p>${words('by', { version: report.tool.version })} \u00b7 ${words('made')} <time datetime="${report.createdAt}">${report.createdAt}</time></p></footer>
<script>${new Html(SCRIPT)}</script>`;
  const document = html`<!doctype html>
<html lang="${how.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="plimsoll ${report.tool.version}">
<meta name="referrer" content="no-referrer">
<title>${words('title')}: ${report.inventory.target.name}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>`;
  return `${document.text}\n`;
}

/** Nothing is fetched, sent or run but the page's own style and script. */
function policy(): string {
  const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

/** What this is about and what the gate says. */
function identity({ report, words, catalogue }: AssessView): Html {
  const { target, distro } = report.inventory;
  const outcome = outcomeOf(report.decision);
  const meta: (readonly [string, string | undefined])[] = [
    [words('platform'), platformName(target) || undefined],
    [words('distro'), distro && (distro.prettyName ?? distro.id)],
    [words('digest'), target.digest],
    [words('made'), report.createdAt],
    [words('database'), databaseText(report, words)],
  ];
  return html`<p class="target">${target.name}</p>
<p class="reasons"><span class="gate ${outcome}">${words('gate')}: ${words(`gate.${outcome}`)}</span> ${reasonsText(report.decision, catalogue)}</p>
<ul class="meta">${meta.map(([name, value]) => (value === undefined ? html`` : html`<li>${name}: <code>${value}</code></li>`))}</ul>`;
}

function databaseText({ database }: Report, words: AssessView['words']): string | undefined {
  if (!database) return undefined;
  return database.starter
    ? words('database.starter')
    : words('database.text', { records: database.records, age: Math.floor(database.ageDays) });
}

function navigation(all: readonly Section[], { words }: AssessView): Html {
  const items = all.map(
    ({ id, title, count }) =>
      html`<li><a href="#${id}">${title}${count === undefined ? undefined : html` <span class="n">${count}</span>`}</a></li>`,
  );
  return html`<nav aria-label="${words('nav')}"><ul>${items}</ul></nav>`;
}

function sectionMarkup({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`;
}
