import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOf } from '../../../testing/chromium.ts';
import { assessedReport, check, secret } from '../../../testing/fixtures/assessed-report.ts';
import { compared, renderedComparison } from '../../../testing/fixtures/compared.ts';
import { finding } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { Package, Report } from '../../model/index.ts';
import { scoreOf } from '../../policy/score.ts';
import { html } from './index.ts';
import { CHUNK } from './table.ts';

const work = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
const [openssl, , lodash] = assessedReport().inventory.packages as [Package, Package, Package];

/** Everything that a page can show, with so many vulnerabilities. */
function assessed(count = 40): Report {
  const report = assessedReport();
  const findings = Array.from({ length: count }, (_, i) =>
    finding(`CVE-2024-${1000 + i}`, i % 2 ? openssl : lodash, {
      severity: SEVERITIES[i % 6] as (typeof SEVERITIES)[number],
      published: `20${16 + (i % 10)}-05-01T00:00:00Z`,
      url: `https://nvd.nist.gov/vuln/detail/CVE-2024-${1000 + i}`,
      ...(i % 3 === 0 ? { fix: { state: 'fixed' as const, versions: ['9.9.9'] } } : {}),
    }),
  );
  const found = { ...report, findings: [...report.findings, ...findings] };
  return {
    ...found,
    score: scoreOf(found),
    recommendations: [
      {
        code: 'update-package',
        params: { package: 'lodash', installed: '4.17.15', version: '4.17.21' },
        severity: 'high',
        findings: 2,
        points: 20,
      },
      { code: 'follow-check', params: { file: 'Dockerfile:4' }, rule: 'dockerfile/made-up', severity: 'medium', findings: 1, points: 0 },
    ],
    wasted: {
      bytes: 10,
      files: 1,
      layers: [{ index: 0, bytes: 10, files: 1 }],
      largest: [{ path: 'a', bytes: 10, layer: 0, hiddenBy: 1 }],
    },
    licenses: [{ expression: 'MIT', class: 'permissive', packages: 5 }],
  };
}

describe('a page', () => {
  it.each(['en', 'ko'] as const)('needs nothing but itself, and says so to the browser (%s)', async (language) => {
    const text = await rendered(html, assessed(), { language });
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
    expect(text).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\ssrc=|@import|url\(|\son\w+=|\sstyle=/i);
  });

  it('shows what is hostile and runs none of it', async () => {
    const evil = `</script><img src=x onerror=alert(1)>"'\`${'\u202e'}<!--`;
    const report = assessed();
    const evilPackage = { ...lodash, name: evil, version: evil, path: evil, licenses: [evil], licenseExpression: evil };
    const { inventory } = report;
    const text = await rendered(html, {
      ...report,
      inventory: {
        ...inventory,
        target: { ...inventory.target, name: evil },
        packages: [evilPackage],
        layers: inventory.layers.map((layer) => ({ ...layer, createdBy: evil })),
        config: { ...inventory.config!, config: { ...inventory.config!.config, env: [`A=${evil}`], user: evil, labels: { [evil]: evil } } },
      },
      findings: [finding(evil, evilPackage, { url: 'javascript:alert(1)', cwes: [evil], aliases: [evil] })],
      secrets: { ...report.secrets!, findings: [secret({ masked: evil, service: evil, location: { where: 'file', path: evil } })] },
      checks: { files: 1, findings: [check({ snippet: evil, params: { user: evil } })] },
      wasted: { bytes: 1, files: 1, layers: [], largest: [{ path: evil, bytes: 1, layer: 0, hiddenBy: 1 }] },
    });
    expect(text).not.toContain('<img');
    expect(text).not.toContain('javascript:alert(1)"');
    expect(text.match(/<script/g)).toHaveLength(text.match(/<\/script>/g)?.length ?? 0);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

const available = await chromiumOf();

describe.skipIf(available === undefined)('a page in a browser (needs chromium)', () => {
  let browser: Browser;
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await (available as NonNullable<typeof available>)();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(work, { recursive: true, force: true });
  });

  async function open(
    report: Report,
    how: { language?: 'en' | 'ko'; width?: number; dark?: boolean; script?: boolean; to?: Report } = {},
  ): Promise<Page> {
    const file = join(work, `${how.language ?? 'en'}-${report.findings.length}.html`);
    const { language = 'en', to } = how;
    const text = to ? renderedComparison(html, compared(report, to), { language }) : rendered(html, report, { language });
    writeFileSync(file, await text);
    const context = await browser.newContext({
      viewport: { width: how.width ?? 1280, height: 900 },
      colorScheme: how.dark ? 'dark' : 'light',
      javaScriptEnabled: how.script !== false,
    });
    const page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => requests.push(`error: ${error.message}`));
    page.on('console', (message) => requests.push(`console: ${message.text()}`));
    requests.length = 0;
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it.each<['en' | 'ko', boolean, number, string, { readonly to?: Report }]>([
    ['en', false, 1280, 'a report', {}],
    ['ko', true, 1280, 'a report', {}],
    ['ko', false, 390, 'a report', {}],
    ['en', true, 1280, 'a comparison', { to: assessedReport() }],
    ['ko', false, 390, 'a comparison', { to: { ...assessed(), findings: [] } }],
  ])('passes the accessibility check (%s, dark: %s, %i wide): %s', async (language, dark, width, _, more) => {
    const page = await open(assessed(), { language, dark, width, ...more });
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    // The page's policy lets nothing in: the check comes in by the debugger.
    const session = await page.context().newCDPSession(page);
    const source = createRequire(import.meta.url)('axe-core').source;
    await session.send('Runtime.evaluate', { expression: source });
    const violations = await page.evaluate(async () => {
      const { violations: all } = await (globalThis as never as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run();
      return all.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} (${nodes.length})`);
    });
    expect(violations).toEqual([]);
    await page.context().close();
  });

  it('asks nothing of any network, and breaks its own policy nowhere', async () => {
    const page = await open(assessed());
    await page.waitForTimeout(200);
    expect(requests.filter((each) => !each.startsWith('file:'))).toEqual([]);
    expect(requests).toHaveLength(1);
    await page.context().close();
  });

  it('filters and sorts 5,000 rows, by keyboard too', async () => {
    const page = await open(assessed(5000));
    const rows = page.locator('#t-packages tbody tr');
    expect(await rows.count()).toBe(CHUNK);
    const shown = page.locator('[data-table=t-packages] .shown');
    expect(await shown.textContent()).toBe('5006 of 5006 shown');
    const took = await page.evaluate<number>(`(() => {
      const input = document.querySelector('[data-table=t-packages] input[type=search]');
      return Math.max(...['cve-2024-12', 'lodash critical', 'no such thing', '', 'openssl 9.9.9'].map((text) => {
        const from = performance.now();
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - from;
      }));
    })()`);
    console.log(`the slowest filter of 5,006 rows took ${took.toFixed(1)} ms`);
    await page.locator('[data-table=t-packages] input[type=search]').fill('cve-2024-1001');
    expect(await shown.textContent()).toBe('1 of 5006 shown');
    await page.locator('[data-table=t-packages] input[type=search]').fill('');
    await page.locator('[data-table=t-packages] select').selectOption('0');
    await page.locator('[data-table=t-packages] input[name=fixable]').check();
    expect(Number((await shown.textContent())?.split(' ')[0])).toBeLessThan(1000);

    await page.locator('[data-table=t-packages] select').selectOption('');
    await page.locator('[data-table=t-packages] input[name=fixable]').uncheck();
    const heading = page.locator('#t-packages th').nth(1);
    await heading.locator('button').focus();
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(await rows.first().textContent()).toContain('CVE-2007-6755');
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await rows.first().textContent()).toContain('CVE-2024-9999');
    await page.context().close();
  });

  it('brings more rows where one scrolls to them, and all of them on paper', async () => {
    const page = await open(assessed(400));
    const rows = page.locator('#t-packages tbody tr');
    await page.locator('#t-packages').evaluate((table) => table.parentElement?.scrollTo(0, 1e9));
    await expect.poll(() => rows.count()).toBeGreaterThan(CHUNK);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await rows.count()).toBe(406);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('[data-table=t-packages] form').isVisible()).toBe(false);
    await page.context().close();
  });

  it('is as wide as the screen of a telephone, and no wider', async () => {
    for (const language of ['en', 'ko'] as const) {
      const page = await open(assessed(), { language, width: 360 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.context().close();
    }
  });

  it('says where the rest is without JavaScript', async () => {
    const page = await open(assessed(400), { script: false });
    expect(await page.locator('#t-packages tbody tr').count()).toBe(CHUNK);
    expect(await page.locator('noscript').first().textContent()).toContain(`The first ${CHUNK} of 406`);
    expect(await page.locator('[data-table=t-packages] form').isVisible()).toBe(false);
    await page.context().close();
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
