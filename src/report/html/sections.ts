import { SEVERITIES } from '../../model/index.ts';
import { type AssessView, countsText, instructionText, noteText, packagesOf, placeText, secretsScope } from '../assess-view.ts';
import { baseText } from '../base-text.ts';
import { bytes, environment, imageFacts } from '../image-facts.ts';
import { cwesOf, type Issue } from '../issues.ts';
import { layersText } from '../layers-text.ts';
import { ageChart, gauge, layersChart } from './charts.ts';
import { type Html, html, link } from './markup.ts';
import { dataTable, plainTable, type Row } from './table.ts';

/** A part of the page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Beside its name in the contents. */
  readonly count?: number;
  readonly body: Html;
}

/** Places of one finding that a row lists. */
const MOST_PLACES = 30;

/** `prefix` keeps several platforms apart. */
export function sections(view: AssessView, prefix: string): readonly Section[] {
  const { words, report } = view;
  const one = (name: Parameters<typeof words>[0] & `section.${string}`, body: Html, count?: number): Section => ({
    id: `${prefix}${name.slice('section.'.length)}`,
    title: words(name),
    body,
    ...(count === undefined ? {} : { count }),
  });
  return [
    one('section.summary', summary(view)),
    ...(report.recommendations ? [one('section.recommendations', recommendations(view), report.recommendations.length)] : []),
    one('section.vulnerabilities', packages(view, prefix), open(view.packages)),
    one('section.secrets', secrets(view, prefix), report.secrets && open(view.secrets)),
    one('section.configuration', checks(view, prefix), report.checks && open(view.checks)),
    ...(report.imported ? [one('section.imported', imported(view, prefix), open(view.imported))] : []),
    one('section.image', image(view)),
    one('section.licenses', licenses(view, prefix)),
    one(
      'section.notes',
      html`${view.notes.length === 0 ? html`<p>${words('notes.none')}</p>` : html`<ul>${view.notes.map((note) => html`<li>${note}</li>`)}</ul>`}`,
    ),
  ];
}

function summary(view: AssessView): Html {
  const { words, report, packages: of, secrets: found, checks: checked } = view;
  const { score } = report;
  const tile = (title: string, issues: readonly Issue[], looked: boolean): Html =>
    html`<li><span>${title}</span><span class="big">${looked ? open(issues) : '\u2013'}</span><span class="small">${looked ? countsText(issues, words) : words('not-looked')}</span></li>`;
  const tiles = html`<ul class="tiles">${[
    tile(words('section.vulnerabilities'), of, report.database !== undefined),
    tile(words('section.secrets'), found, report.secrets !== undefined),
    tile(words('section.configuration'), checked, report.checks !== undefined),
    ...(report.imported ? [tile(words('section.imported'), view.imported, true)] : []),
    html`<li><span>${words('image.packages')}</span><span class="big">${report.inventory.packages.length}</span><span class="small">${words('image.layers')} ${report.inventory.layers.length}</span></li>`,
  ]}</ul>`;
  const least = Number(report.decision.reasons.find(({ params }) => params.least !== undefined)?.params.least ?? 70);
  const base = baseText(report, packagesOf(of), view.catalogue);
  return html`${base === undefined ? undefined : html`<p class="note">${base}</p>`}${score ? html`<div class="top">${gauge(score.value, least, view)}<div>${tiles}</div></div>` : tiles}
${view.standing.map((line) => html`<p class="note">${line}</p>`)}
<div class="charts">${layersChart(view)}${ageChart(view)}</div>
${score ? html`<h3>${words('score.cost')}</h3><p class="note">${words('score.formula')}</p>${cost(view)}` : undefined}`;
}

function cost({ report, words }: AssessView): Html {
  const items = report.score?.items ?? [];
  if (items.length === 0) return html`<p class="ok">${words('score.clean')}</p>`;
  const rows = items.map(({ kind, severity: level, count, weight, points }) => [
    words(`kind.${kind}`),
    severity(level, words),
    count,
    weight,
    points,
  ]);
  const lost = items.reduce((sum, { points }) => sum + points, 0);
  const titles = [words('kind'), words('severity'), words('count'), words('weight'), words('points')];
  return plainTable(words('score.cost'), titles, [
    ...rows,
    [words('total'), '', items.reduce((sum, { count }) => sum + count, 0), '', lost],
  ]);
}

function recommendations({ recommendations: all, words }: AssessView): Html {
  if (all.length === 0) return html`<p class="ok">${words('none.recommendations')}</p>`;
  const item = ({ text, remedy, severity: level, findings, points }: (typeof all)[number]): Html => {
    const removes = findings === 1 ? words('removes.one') : words('removes.text', { count: findings });
    const points_ = points > 0 ? ` \u00b7 ${words('points')} ${points}` : '';
    return html`<li>${severity(level, words)} ${text} <span class="note">${words('removes')}: ${removes}${points_}</span>${remedy ? html`<span class="note">${remedy}</span>` : undefined}</li>`;
  };
  const [first, rest] = [all.slice(0, FIRST), all.slice(FIRST)];
  return html`<ol class="todo">${first.map(item)}</ol>${
    rest.length === 0
      ? undefined
      : html`<details><summary>${words('filter.more')} (${rest.length})</summary><ol class="todo" start="${FIRST + 1}">${rest.map(item)}</ol></details>`
  }`;
}

/** Recommendations that are seen at once. */
const FIRST = 10;

function packages(view: AssessView, prefix: string): Html {
  const { words, report } = view;
  if (!report.database && view.packages.length === 0) return html`<p>${words('not-looked')}</p>`;
  if (view.packages.length === 0) return html`<p class="ok">${words('none.vulnerabilities')}</p>`;
  const columns = [
    { title: words('severity') },
    { title: words('id') },
    { title: words('exploit'), narrow: false },
    { title: words('package') },
    { title: words('installed'), narrow: false },
    { title: words('fixed'), narrow: false },
    { title: words('layer'), narrow: false },
  ];
  const rows = view.packages.map((issue) => packageRow(issue, view));
  return dataTable(
    { id: `${prefix}t-packages`, caption: words('section.vulnerabilities'), columns, rows, filters: ['fixable', 'exploited'] },
    words,
  );
}

function packageRow(issue: Issue, view: AssessView): Row {
  const { words, catalogue } = view;
  const { finding, severity: level } = issue;
  if (!finding) throw new TypeError('a package without a finding');
  const { package: of, fix, kev, epss, url } = finding;
  const fixed = fix.versions.join(', ') || catalogue.report[`fix.${fix.state}`];
  const layers = [...new Set(issue.places.flatMap(({ layer }) => (layer ? [layer.index] : [])))];
  const exploit = [
    kev ? `KEV (${words('exploit.kev')})` : '',
    epss ? `EPSS ${(epss.score * 100).toFixed(epss.score < 0.01 ? 2 : 1)}%` : '',
  ];
  const name = of.source && of.source.name !== of.name ? `${of.name} (${of.source.name})` : of.name;
  return {
    severity: level,
    fixable: fix.versions.length > 0,
    exploited: kev !== undefined,
    keys: [SEVERITIES.indexOf(level), issue.rule, kev ? -2 : -(epss?.score ?? 0), of.name, of.version, fixed, layers[0] ?? -1],
    cells: [
      html`${severity(level, words)}${note(issue, view)}`,
      html`<span class="id">${link(url ?? issue.references[0], issue.rule)}</span>${details(issue, view)}`,
      html`${exploit.filter(Boolean).join(', ')}`,
      html`${name}<span class="narrow note">${of.version} \u2192 ${fixed}</span>`,
      html`<span class="code">${of.version}</span>`,
      html`<span class="code">${fixed}</span>`,
      html`${[...new Set(issue.places.map(layersText))].filter(Boolean).join(' ')}`,
    ],
  };
}

/** Everything else that is known, folded away. */
function details(issue: Issue, { words }: AssessView): Html {
  const { finding, places } = issue;
  const shown = places.slice(0, MOST_PLACES).map((place) => placeText(place));
  const pairs: (readonly [string, readonly string[]])[] = [
    [words('what'), [issue.remedy]],
    [words('aliases'), [issue.aliases.join(', ')]],
    ['CVSS', (finding?.cvss ?? []).map(({ baseScore, vector, source }) => `${baseScore} ${vector} (${source})`)],
    ['CWE', [cwesOf(issue).join(', ')]],
    [words('layer'), layerLines(places)],
    [words('places'), places.length > MOST_PLACES ? [...shown, `+${places.length - MOST_PLACES}`] : shown],
    [words('evidence'), (finding?.evidence ?? []).map(({ detail, advisory, feed }) => `${advisory} (${feed}): ${detail}`)],
  ];
  const urls = issue.references;
  return html`<details><summary>${words('details')}</summary><dl>${pairs.map(([name, values]) =>
    values.filter(Boolean).length === 0 ? html`` : html`<dt>${name}</dt>${values.map((value) => html`<dd>${value}</dd>`)}`,
  )}${urls.length === 0 ? undefined : html`<dt>${words('references')}</dt>${urls.map((url) => html`<dd>${link(url, url)}</dd>`)}`}</dl></details>`;
}

/** The layers that brought it and those that changed it last, each once, with their instructions. */
function layerLines(places: Issue['places']): readonly string[] {
  const layers = new Map(places.flatMap(({ layer, modified }) => [layer, modified].flatMap((each) => (each ? [[each.index, each]] : []))));
  return [...layers.values()].slice(0, MOST_PLACES).map(({ index, createdBy }) => `#${index} ${instructionText(createdBy)}`.trimEnd());
}

function secrets(view: AssessView, prefix: string): Html {
  const { words, report } = view;
  const scope = secretsScope(report, words);
  if (scope === undefined) return html`<p>${words('not-looked')}</p>`;
  if (view.secrets.length === 0) return html`<p class="ok">${words('none.secrets')}</p><p class="note">${scope}</p>`;
  const columns = [
    { title: words('severity') },
    { title: words('finding') },
    { title: words('place') },
    { title: words('masked'), narrow: false },
    { title: words('layer'), narrow: false },
  ];
  const rows = view.secrets.map((issue): Row => {
    const { secret, severity: level, places } = issue;
    const [place] = places;
    const hidden = secret?.hiddenBy
      ? html`<span class="note">${words('hidden-by', { layer: `#${secret.hiddenBy.index}` })}</span>`
      : undefined;
    const at = place ? placeText(place) : '';
    return {
      severity: level,
      keys: [SEVERITIES.indexOf(level), issue.title, at, secret?.masked ?? '', place?.layer?.index ?? -1],
      cells: [
        html`${severity(level, words)}${note(issue, view)}`,
        html`${issue.title}${explained(issue, view)}`,
        html`<span class="code">${at}</span>${hidden}`,
        html`<code>${secret?.masked}</code>${issue.live === undefined ? undefined : html`<span class="note">${issue.live}</span>`}`,
        html`${place?.layer ? `#${place.layer.index}` : ''}`,
      ],
    };
  });
  return html`<p class="note">${scope}</p>${dataTable({ id: `${prefix}t-secrets`, caption: words('section.secrets'), columns, rows, filters: [] }, words)}`;
}

function checks(view: AssessView, prefix: string): Html {
  const { words, report } = view;
  if (!report.checks) return html`<p>${words('not-looked')}</p>`;
  const scope = html`<p class="note">${words('checks.scope', { files: report.checks.files })}</p>`;
  if (view.checks.length === 0) return html`<p class="ok">${words('none.configuration')}</p>${scope}`;
  const columns = [
    { title: words('severity') },
    { title: words('finding') },
    { title: words('place') },
    { title: words('id'), narrow: false },
  ];
  const rows = view.checks.map((issue): Row => {
    const { severity: level, places } = issue;
    const [place] = places;
    const at = place ? placeText(place) : '';
    return {
      severity: level,
      keys: [SEVERITIES.indexOf(level), issue.message, at, issue.rule],
      cells: [
        html`${severity(level, words)}${note(issue, view)}`,
        html`${issue.message}${explained(issue, view)}`,
        html`<span class="code">${at}</span>${place?.snippet === undefined ? undefined : html`<span class="note code">${place.snippet.slice(0, 300)}</span>`}`,
        html`<span class="code">${issue.rule}</span><span class="note">${issue.aliases.join(', ')}</span>`,
      ],
    };
  });
  return html`${scope}${dataTable({ id: `${prefix}t-checks`, caption: words('section.configuration'), columns, rows, filters: [] }, words)}`;
}

function imported(view: AssessView, prefix: string): Html {
  const { words } = view;
  if (view.imported.length === 0) return html`<p class="ok">${words('none.imported')}</p>`;
  const columns = [{ title: words('severity') }, { title: words('tool') }, { title: words('finding') }, { title: words('place') }];
  const rows = view.imported.map((issue): Row => {
    const { imported: of, severity: level, message, places } = issue;
    const at = places[0] ? placeText(places[0]) : '';
    return {
      severity: level,
      keys: [SEVERITIES.indexOf(level), of?.tool ?? '', message, at],
      cells: [
        html`${severity(level, words)}${note(issue, view)}`,
        html`${of?.tool}<span class="note">${[of?.id, ...cwesOf(issue)].join(', ')}</span>`,
        html`${message}${explained(issue, view)}`,
        html`<span class="code">${at}</span>`,
      ],
    };
  });
  return dataTable({ id: `${prefix}t-imported`, caption: words('section.imported'), columns, rows, filters: [] }, words);
}

/** Why it matters and what to do, folded away. */
function explained(issue: Issue, { words }: AssessView): Html {
  const { why, remedy, benchmarks, references } = issue;
  return html`<details><summary>${words('what')}</summary><dl>
<dt>${words('what')}</dt><dd>${remedy}</dd><dt>${words('why')}</dt><dd>${why}</dd>${
    benchmarks.length === 0 ? undefined : html`<dt>${words('benchmarks')}</dt><dd>${benchmarks.join(', ')}</dd>`
  }${references.length === 0 ? undefined : html`<dt>${words('references')}</dt>${references.map((url) => html`<dd>${link(url, url)}</dd>`)}`}</dl></details>`;
}

function image({ report, words }: AssessView): Html {
  const { layers, config } = report.inventory;
  const variables = environment(report);
  const labels = Object.entries(config?.config.labels ?? {});
  const { wasted } = report;
  const inLayer = new Map(wasted?.layers.map((each) => [each.index, each.bytes]));
  return html`<dl class="pairs">${imageFacts(report, words).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${
  layers.length === 0
    ? undefined
    : html`<h3>${words('image.layers')}</h3>${plainTable(
        words('image.layers'),
        [words('layer'), words('image.instruction'), words('image.stored'), words('image.wasted')],
        layers.map((layer) => [
          `#${layer.index}`,
          html`<span class="code">${instructionText(layer.createdBy)}</span>`,
          html`<span class="number">${bytes(layer.size)}</span>`,
          wasted ? html`<span class="number">${bytes(inLayer.get(layer.index) ?? 0)}</span>` : '\u2013',
        ]),
      )}`
}
${
  variables.length === 0
    ? undefined
    : html`<h3>${words('image.env')}</h3>${plainTable(
        words('image.env'),
        [words('image.env.name'), words('value')],
        variables.map(([name, value]) => [html`<code>${name}</code>`, html`<span class="code">${value}</span>`]),
      )}`
}
${
  labels.length === 0
    ? undefined
    : html`<h3>${words('image.labels')}</h3>${plainTable(
        words('image.labels'),
        [words('image.labels'), words('value')],
        labels.map(([name, value]) => [html`<code>${name}</code>`, html`<span class="code">${value}</span>`]),
      )}`
}
${
  !wasted || wasted.largest.length === 0
    ? undefined
    : html`<h3>${words('image.wasted')}</h3>${plainTable(
        words('image.wasted'),
        [words('path'), words('image.stored'), words('layer'), words('image.hidden-by')],
        wasted.largest.map(({ path, bytes: size, layer, hiddenBy }) => [
          html`<span class="code">${path}</span>`,
          bytes(size),
          `#${layer}`,
          `#${hiddenBy}`,
        ]),
      )}`
}`;
}

function licenses({ report, words }: AssessView, prefix: string): Html {
  const { packages: all } = report.inventory;
  const uses = report.licenses ?? [];
  const classes = new Map(uses.map((use) => [use.expression ?? '', use.class]));
  const byClass = [...Map.groupBy(uses, (use) => use.class)];
  const count = (of: typeof uses): number => of.reduce((sum, { packages: number }) => sum + number, 0);
  const rows = all.map((each): Row => {
    const expression = each.licenseExpression ?? each.licenses?.join(', ') ?? '';
    const kind = classes.get(each.licenseExpression ?? '');
    return {
      severity: 'unknown',
      keys: [each.name, each.version, expression, kind ?? '', each.type],
      cells: [
        html`${each.name}`,
        html`<span class="code">${each.version}</span>`,
        html`${expression}`,
        html`${kind === undefined ? '' : words(`license.${kind}`)}`,
        html`${each.type}`,
      ],
    };
  });
  const columns = [
    { title: words('package') },
    { title: words('installed') },
    { title: words('license') },
    { title: words('license.class'), narrow: false },
    { title: words('kind'), narrow: false },
  ];
  return html`${
    byClass.length === 0
      ? undefined
      : plainTable(
          words('license.class'),
          [words('license.class'), words('license.packages'), words('license')],
          byClass.map(([kind, of]) => [
            words(`license.${kind}`),
            count(of),
            of
              .map(({ expression, packages: number }) => (expression === undefined ? '' : `${expression} ${number}`))
              .slice(0, 40)
              .filter(Boolean)
              .join(' \u00b7 '),
          ]),
        )
  }
<h3>${words('image.packages')}</h3>${dataTable({ id: `${prefix}t-licenses`, caption: words('image.packages'), columns, rows, filters: [], bySeverity: false }, words)}`;
}

function severity(level: Issue['severity'], words: AssessView['words']): Html {
  return html`<span class="sev ${level}">${words(`severity.${level}`)}</span>`;
}

/** Why it is not counted, or only perhaps. */
function note(issue: Issue, { words }: AssessView): Html | undefined {
  const text = noteText(issue, words);
  return text === '' ? undefined : html`<span class="note">${text}</span>`;
}

function open(of: readonly Issue[]): number {
  return of.filter(({ suppressed }) => suppressed === undefined).length;
}
