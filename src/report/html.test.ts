import { describe, expect, it } from 'vitest';
import type { Report } from '../model/report.js';
import { cutSomewhere, degraded, nothingListens, provenFirewall, reachable } from './fixtures/reports.js';
import { renderHtml } from './html.js';

const hostile = '</h1><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x\u001b[31m\u202eevil';

function withHostileWords(report: Report): Report {
  const { verdict } = report;
  return {
    ...report,
    target: { ...report.target, input: hostile },
    verdict: {
      ...verdict,
      summary: hostile,
      advice: hostile,
      culprit: { kind: 'hop', name: hostile, address: hostile },
    },
    evidence: [{ fact: 'connect', says: hostile }],
    also: [{ ...verdict, summary: hostile }],
    ruledOut: [{ cause: hostile, because: hostile }],
    unknown: [{ cause: hostile, missing: hostile }],
  };
}

describe('the page', () => {
  it.each([
    ['proven', provenFirewall],
    ['likely', nothingListens],
    ['undetermined', cutSomewhere],
    ['reachable', reachable],
    ['degraded', degraded],
  ])('says of a %s report what the text says, without a script or anything from elsewhere', (_name, report) => {
    const page = renderHtml(report);
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|https?:\/\/[^<]*\.(?:css|js)/i);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('role="img"');
    if (report.verdict.outcome === 'failed' && report.verdict.cause !== 'undetermined') {
      expect(page).toContain(`How sure: ${report.verdict.certainty}`);
    }
  });

  it('draws no break where nothing is broken', () => {
    expect(renderHtml(reachable)).toContain('It holds to the end');
    expect(renderHtml(reachable)).not.toContain('class="break"');
    expect(renderHtml(provenFirewall)).toContain('class="cross"');
    expect(renderHtml(cutSomewhere)).toContain('class="question"');
  });

  it('lets no word from outside become markup', () => {
    const page = renderHtml(withHostileWords(provenFirewall));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const inside = page.slice(page.indexOf('<body'));
    expect(inside.match(/<[a-z0-9]+ [^>]*on\w+=/gi)).toBeNull();
  });
});
