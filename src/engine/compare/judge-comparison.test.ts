import { describe, expect, it } from 'vitest';
import type { Vantage } from '../../model/comparison.js';
import type { Report, Verdict } from '../../model/report.js';
import { renderComparison } from '../../report/comparison-text.js';
import { comparison } from './compare.js';
import { judgeComparison } from './judge-comparison.js';

const verdicts: Readonly<Record<string, Partial<Verdict>>> = {
  works: { outcome: 'reachable', cause: 'reachable', side: 'none', certainty: 'proven' },
  hop: { cause: 'rejected-by-hop', side: 'path', certainty: 'confirmed' },
  firewall: { cause: 'local-firewall', side: 'this-device', certainty: 'proven' },
  expired: { cause: 'certificate-expired', side: 'server', stage: 'tls', certainty: 'proven' },
  silent: { cause: 'undetermined', side: 'unknown', certainty: 'possible' },
};

function look(
  kind: Vantage['kind'],
  name: string,
  what: string,
  source: string | null,
  gateway: string | null = null,
): Vantage {
  const verdict = { outcome: 'failed', stage: 'connect', summary: `${what}.`, ...verdicts[what] } as Verdict;
  const report = {
    verdict,
    startedAt: '2026-11-27T10:00:00.000Z',
    target: { input: 'https://shop.example/', host: 'shop.example', port: 443, scheme: 'https', addresses: [] },
  } as unknown as Report;
  return { kind, name, network: { interface: name, gateway, source }, report };
}

const eth = (what: string): Vantage => look('interface', 'eth0', what, '192.168.1.2', '192.168.1.1');
const wlan = (what: string): Vantage => look('interface', 'wlan0', what, '10.0.0.5', '10.0.0.1');
const saved = (what: string, source: string | null = '172.16.0.9'): Vantage =>
  look('saved', 'laptop.json', what, source);

describe('a comparison', () => {
  it.each([
    ['one network fails', [eth('hop'), wlan('works')], 'differs', 'network'],
    ['one network fails for a reason nobody could tell', [eth('silent'), wlan('works')], 'differs', 'network'],
    ['this computer stops one of them', [eth('firewall'), wlan('works')], 'differs', 'device'],
    ['the server is at fault through both', [eth('expired'), wlan('expired')], 'fails', 'server'],
    ['this computer stops both', [eth('firewall'), wlan('firewall')], 'fails', 'device'],
    ['both are silent', [eth('silent'), wlan('silent')], 'fails', 'device-or-server'],
    ['another device in another network sees it too', [eth('silent'), saved('silent')], 'fails', 'server'],
    ['they fail in different ways', [eth('expired'), wlan('hop')], 'fails', 'unknown'],
    ['another device reaches it', [eth('silent'), saved('works')], 'differs', 'device-or-network'],
    ['another device reaches it, and the rule here is known', [eth('firewall'), saved('works')], 'differs', 'device'],
    ['another device reaches it, and the hop is known', [eth('hop'), saved('works')], 'differs', 'network'],
    ['it worked before, from the same place', [eth('silent'), saved('works', '192.168.1.2')], 'differs', 'time'],
    ['it failed before, from the same place', [eth('works'), saved('hop', '192.168.1.2')], 'differs', 'time'],
    ['all is well', [eth('works'), wlan('works')], 'works', 'nothing'],
    ['there is only one look', [eth('hop')], 'fails', 'unknown'],
  ] as const)('when %s', (_, vantages, outcome, differs) => {
    expect(judgeComparison(vantages)).toMatchObject({ outcome, differs });
  });

  it('says of one network, looked at twice, that it failed alike, and no more', () => {
    const again = (what: string) => ({ ...saved(what, '192.168.1.2'), network: eth('hop').network });
    expect(judgeComparison([eth('hop'), again('hop')])).toMatchObject({
      differs: 'unknown',
      certainty: 'possible',
      summary: expect.stringMatching(/in the same way each time .* one network/),
    });
    expect(judgeComparison([eth('hop'), again('expired')]).summary).toContain('not in one way');
  });

  it('is never surer of a network than likely when a look could not say what failed', () => {
    expect(judgeComparison([eth('silent'), wlan('works')]).certainty).toBe('likely');
    expect(judgeComparison([eth('silent'), saved('works')]).certainty).toBe('likely');
  });

  it('reads as text, clean whatever a report holds', () => {
    const hostile = { ...saved('hop'), name: 'a\u001b[31mb.json' };
    const text = renderComparison(comparison('https://shop.example/', [eth('hop'), wlan('works'), hostile]));
    expect(text).toMatch(/^✗ It is the network/);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  });
});
