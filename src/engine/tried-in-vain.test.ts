import { describe, expect, it } from 'vitest';
import type { Facts } from '../model/facts.js';
import { triedInVain } from '../model/tried-in-vain.js';
import { attemptsOf } from './attempts.js';
import { isForAnother, programsLuck } from './reached-for-another.js';

const address = '198.51.100.10';

function factsWith(tried: object, series?: { sent: number; answered: number }, holds = true): Facts {
  const known = (value: unknown): object => ({ state: 'known', value, at: 0, ms: 0, source: 'test' });
  const first = holds
    ? { address, port: 80, ms: 3, synchronous: false, icmp: [], tcp: null }
    : { address, port: 80, ms: 3, failure: { operation: 'connect', code: 'refused', raw: '' }, icmp: [], tcp: null };
  return {
    target: { host: address, port: 80, literal: 4, scheme: 'http', transport: 'plain', protocol: 'http', path: '/' },
    connect: known([{ address, port: 80, first, repeats: [] }]),
    'device.program': known({ tried: [{ address, port: 80, synchronous: false, ...tried }], running: true }),
    ...(series && { 'connect.series': known([{ ...series, address, port: 80, nearest: null, reference: null }]) }),
  } as unknown as Facts;
}

const silent = { outcome: 'silent' };
const code = (one: string): object => ({ outcome: { operation: 'connect', code: one, raw: one } });

describe('what a named program tried in vain while we got through', () => {
  it('is silence and what somebody on the way says', () => {
    for (const tried of [silent, code('timed-out'), code('network-unreachable')])
      expect(triedInVain(factsWith(tried))).toHaveLength(1);
  });

  it('is nothing that held, that its own system said at once, or that fails for us too', () => {
    expect(triedInVain(factsWith({ outcome: 'connected' }))).toEqual([]);
    expect(triedInVain(factsWith({ ...code('network-unreachable'), synchronous: true }))).toEqual([]);
    expect(triedInVain(factsWith({ ...silent, port: 81 }))).toEqual([]);
    expect(triedInVain(factsWith(silent, undefined, false))).toEqual([]);
  });

  it('keeps "reachable" from being sure, and says how many more got through', () => {
    const facts = factsWith(code('timed-out'), { sent: 8, answered: 8 });
    expect(isForAnother(facts)).toBe(true);
    expect(programsLuck(facts)).toContain('of 8 more of ours 8 were answered');
  });

  it('keeps "reachable" from being sure where its own system refused the program at once, and not us', () => {
    const refused = { outcome: { operation: 'connect', code: 'invalid-route', raw: 'EINVAL' }, synchronous: true };
    expect(isForAnother(factsWith(refused))).toBe(true);
    expect(programsLuck(factsWith(refused))).toContain('(EINVAL)');
    expect(isForAnother(factsWith(refused, undefined, false))).toBe(false);
    expect(isForAnother(factsWith({ ...refused, port: 81 }))).toBe(false);
  });

  it('is a failure that goes on where some of ours are not answered', () => {
    const ours = (facts: Facts): unknown =>
      attemptsOf(facts).find(({ stage, byProgram }) => stage === 'connect' && !byProgram)?.recovered;
    expect(ours(factsWith(silent, { sent: 8, answered: 5 }))).toMatchObject({ failures: 3, tries: 9 });
    expect(ours(factsWith(silent, { sent: 8, answered: 8 }))).toBeUndefined();
    expect(ours(factsWith({ outcome: 'connected' }, { sent: 8, answered: 5 }))).toBeUndefined();
  });
});
