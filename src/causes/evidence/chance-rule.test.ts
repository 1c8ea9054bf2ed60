import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { stoppedByChance } from './chance-rule.js';

const place = { address: '198.51.100.10', port: 443 };
const attempt = { ...place, stage: 'tls', protocol: 'tls', host: 'shop.example', hop: 0 } as unknown as FailedAttempt;

/** What is read of `tcp dport 443 numgen random mod 100 < 70 drop` (recorded). */
const undecided = {
  ...place,
  protocol: 'tcp',
  direction: 'out',
  verdict: 'unknown',
  rule: null,
  why: 'drop (rule 1 of chain output, table inet lab) or accept (no rule decides): it hangs on numgen random mod 100 < 70',
  path: [{ hook: 'output', table: 'lab', chain: 'output', did: 'drop', number: 1 }],
};

function said(answered: number, decision: object): ReturnType<typeof stoppedByChance> {
  const tables = [{ backend: 'nft', family: 'inet', name: 'lab' }];
  const facts = {
    'connect.series': { state: 'known', value: [{ ...place, sent: 8, answered }] },
    'device.firewall': { state: 'known', value: { tables, decisions: [], said: [decision] } },
  };
  return stoppedByChance(attempt, { facts, attempts: [] } as unknown as Scene);
}

describe('a rule that decides by chance', () => {
  it('is named where some of a row got through', () => {
    expect(said(2, undecided)).toMatchObject({
      says: 'fits',
      atMost: 'likely',
      culprit: { rule: { table: 'lab', chain: 'output', number: 1, text: 'numgen random mod 100 < 70' } },
    });
  });
  it('is not where all of them did, or none', () => {
    expect(said(8, undecided)).toBeNull();
    expect(said(0, undecided)).toBeNull();
  });
  it('is not where it passes the packet, or hangs on something else', () => {
    expect(said(2, { ...undecided, verdict: 'accept', path: [] })).toBeNull();
    expect(said(2, { ...undecided, why: 'drop or accept: it hangs on the user who sends it' })).toBeNull();
    expect(said(2, { ...undecided, port: 8443 })).toBeNull();
  });
});
