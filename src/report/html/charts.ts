import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { type AssessView, countsText, instructionText } from '../assess-view.ts';
import type { Issue } from '../issues.ts';
import { type Html, html } from './markup.ts';

/** Bars of one chart. */
const MOST_BARS = 12;
const DAY = 86_400_000;

/** A ring that is filled as far as the score goes. */
export function gauge(value: number, least: number, { words }: AssessView): Html {
  const word = words(value >= 90 ? 'score.good' : value >= least ? 'score.fair' : 'score.poor');
  const radius = 52;
  const around = 2 * Math.PI * radius;
  const label = words('score.gauge', { score: value, word });
  return html`<svg class="gauge ${value >= 90 ? 'good' : value >= least ? 'fair' : 'poor'}" viewBox="0 0 120 120" role="img" aria-label="${label}">
<title>${label}</title><circle class="track" cx="60" cy="60" r="${radius}" fill="none" stroke-width="12"/>
<circle class="fill" cx="60" cy="60" r="${radius}" fill="none" stroke-width="12" stroke-dasharray="${((around * value) / 100).toFixed(1)} ${around.toFixed(1)}" transform="rotate(-90 60 60)"/>
<text x="60" y="66" text-anchor="middle" font-size="30">${value}</text><text x="60" y="86" text-anchor="middle" font-size="13">${word}</text></svg>`;
}

/** Which layers the findings come from, by severity. Findings at several places count once in each layer. */
export function layersChart(view: AssessView): Html {
  const { words, report } = view;
  const open = [...view.packages, ...view.secrets, ...view.checks].filter(({ suppressed }) => suppressed === undefined);
  const byLayer = new Map<number, Issue[]>();
  for (const issue of open) {
    for (const index of new Set(issue.places.flatMap(({ layer }) => (layer ? [layer.index] : [])))) {
      byLayer.set(index, [...(byLayer.get(index) ?? []), issue]);
    }
  }
  const all = [...byLayer].sort(([a], [b]) => a - b);
  const largest = new Set(
    [...all]
      .sort(([, a], [, b]) => b.length - a.length)
      .slice(0, MOST_BARS)
      .map(([index]) => index),
  );
  const rest = new Set(all.filter(([index]) => !largest.has(index)).flatMap(([, issues]) => issues));
  const bars = all
    .filter(([index]) => largest.has(index))
    .map(([index, issues]) => ({
      label: `#${index} ${instructionText(report.inventory.layers[index]?.createdBy)}`,
      issues,
    }));
  if (rest.size > 0) bars.push({ label: words('layer.other'), issues: [...rest] });
  return chart(words('chart.layers'), bars, view);
}

/** How long ago the vulnerabilities were published. */
export function ageChart(view: AssessView): Html {
  const { words, report } = view;
  const open = view.packages.filter(({ suppressed, kind }) => suppressed === undefined && kind === 'vulnerability');
  const now = Date.parse(report.createdAt);
  const buckets = Map.groupBy(open, (issue) => bucketOf(now, issue.finding?.published));
  const bars = BUCKETS.flatMap((name) => {
    const issues = buckets.get(name);
    return issues ? [{ label: words(`age.${name}`), issues }] : [];
  });
  return chart(words('chart.age'), bars, view);
}

const BUCKETS = ['month', 'quarter', 'year', 'years', 'old', 'unknown'] as const;

function bucketOf(now: number, published: string | undefined): (typeof BUCKETS)[number] {
  const days = published === undefined ? Number.NaN : (now - Date.parse(published)) / DAY;
  if (Number.isNaN(days)) return 'unknown';
  if (days <= 30) return 'month';
  if (days <= 90) return 'quarter';
  if (days <= 365) return 'year';
  return days <= 3 * 365.25 ? 'years' : 'old';
}

interface Bar {
  readonly label: string;
  readonly issues: readonly Issue[];
}

/** Bars of severities beside each other. Everything that a bar shows stands in the text beside it. */
function chart(title: string, bars: readonly Bar[], { words }: AssessView): Html {
  const longest = Math.max(1, ...bars.map(({ issues }) => issues.length));
  return html`<figure><figcaption>${title}</figcaption>${
    bars.length === 0
      ? html`<p>${words('chart.none')}</p>`
      : html`<ul class="bars">${bars.map(
          ({ label, issues }) => html`<li><span class="label" title="${label}">${label}</span>
<svg viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true" focusable="false">${segments(issues, longest)}</svg>
<span class="counts">${countsText(issues, words)}</span></li>`,
        )}</ul>`
  }</figure>`;
}

function segments(issues: readonly Issue[], longest: number): readonly Html[] {
  let x = 0;
  return SEVERITIES.flatMap((level) => {
    const count = issues.filter(({ severity }) => severity === level).length;
    const width = (1000 * count) / longest;
    const at = x;
    x += width;
    return count === 0 ? [] : [segment(level, at, width)];
  });
}

function segment(level: SeverityLevel, x: number, width: number): Html {
  return html`<rect class="bar-${level}" x="${x.toFixed(1)}" y="0" width="${Math.max(2, width - 2).toFixed(1)}" height="18"/>`;
}
