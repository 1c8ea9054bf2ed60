import { describe, expect, it } from 'vitest';
import type { Verdict } from '../model/report.js';
import { provenBy, showedBy } from './pause-proof.js';

const failed: Verdict = {
  outcome: 'failed',
  cause: 'local-firewall',
  side: 'this-device',
  stage: 'connect',
  certainty: 'likely',
  summary: 'The firewall stops it.',
  confidence: 0.8,
};
const works: Verdict = { ...failed, outcome: 'reachable', cause: 'reachable', side: 'none', summary: 'It works.' };
const elsewhere: Verdict = { ...failed, cause: 'undetermined', side: 'unknown', summary: 'Nobody can tell.' };

describe('a pause', () => {
  it('proves the guard when it works without it and fails with it, before and after', () => {
    expect(provenBy('firewall', { before: failed, during: works, after: failed })).toEqual({
      ...failed,
      certainty: 'proven',
      confidence: undefined,
    });
    expect(provenBy('firewall', { before: elsewhere, during: works, after: elsewhere })).toMatchObject({
      cause: 'local-firewall',
      side: 'this-device',
      certainty: 'proven',
    });
  });

  it('says where it gets further, and proves nothing by that', () => {
    const tries = {
      before: failed,
      during: { ...failed, stage: 'tls', summary: 'Bad certificate.' } as const,
      after: failed,
    };
    expect(showedBy('vpn', tries)).toMatch(/past the VPN it gets further.*Bad certificate/);
    expect(provenBy('vpn', tries)).toBe(null);
  });

  it.each([
    ['connect', /without the proxy it fails too: Nobody answers/],
    ['tls', /without the proxy it gets further.*Nobody answers/],
  ] as const)('is past what a proxy refused only when the server was reached: %s', (stage, said) => {
    const before: Verdict = { ...failed, cause: 'proxy-refuses', stage: 'proxy' };
    const during: Verdict = { ...failed, stage, summary: 'Nobody answers.' };
    expect(showedBy('proxy', { before, during, after: before })).toMatch(said);
  });

  it.each([
    ['fails without it too', { before: failed, during: failed, after: failed }],
    ['worked before', { before: works, during: works, after: failed }],
    ['works with it afterwards: it was a passing fault', { before: failed, during: works, after: works }],
    ['was not tried again', { before: failed, during: works, after: undefined }],
    ['was not tried', { before: failed, during: undefined, after: failed }],
  ])('proves nothing when it %s', (_what, tries) => {
    for (const guard of ['firewall', 'vpn', 'antivirus', 'proxy'] as const) expect(provenBy(guard, tries)).toBe(null);
    expect(showedBy('firewall', tries)).not.toMatch(/before and after/);
  });
});
