import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';
import { cutSomewhere, degraded, provenFirewall, reachable } from '../src/report/fixtures/reports.js';
import { renderHtml } from '../src/report/html.js';

// The page in a real browser: Debian's Chromium. Skipped where it is not installed.

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const folder = mkdtempSync(path.join(tmpdir(), 'whoblocked-page-'));
const hostile = '"><script>document.title="caught"</script><img src=x onerror=\'document.title="caught"\'>';
const hostileReport: Report = {
  ...provenFirewall,
  verdict: { ...provenFirewall.verdict, summary: hostile, advice: hostile },
  evidence: [{ fact: 'connect', says: hostile }],
};

describe.skipIf(executablePath === undefined)('the page in Chromium (skipped: no chromium here)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const cases = { proven: provenFirewall, undetermined: cutSomewhere, reachable, degraded, hostile: hostileReport };
  const schemes = ['light', 'dark'] as const;
  it.each(Object.entries(cases).flatMap(([name, report]) => schemes.map((scheme) => ({ name, scheme, report }))))(
    '$name in $scheme: axe finds nothing, no script runs, nothing is loaded, it fits a telephone',
    async ({ name, scheme, report }) => {
      const file = path.join(folder, `${name}-${scheme}.html`);
      writeFileSync(file, renderHtml(report));
      const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      expect(await page.title()).toContain('whoblocked');
      expect(asked).toEqual([pathToFileURL(file).href]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      for (const summary of await page.locator('summary').all()) await summary.click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`),
      ).toEqual([]);
      await context.close();
    },
    60_000,
  );
});
