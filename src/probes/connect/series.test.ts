import { describe, expect, it } from 'vitest';
import type { DialRequest } from '../../model/system.js';
import { fakeSystem, silentCounters } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import { contextOf, facts, known } from '../names/context.fixture.js';
import { series } from './series.js';

const ADDRESS = '198.51.100.10';
const first = {
  address: ADDRESS,
  port: 443,
  failure: { operation: 'connect', code: 'timed-out', raw: 'timeout' },
  synchronous: false,
  ms: 2_000,
  localAddress: null,
  localPort: null,
  icmp: [],
  tcp: silentCounters,
} as const;
const target = (more: Partial<Facts> = {}): Facts =>
  facts('shop.example', { connect: known([{ address: ADDRESS, port: 443, first, repeats: [] }]), ...more });

const portal = {
  kind: 'host',
  name: 'www.example.net:443',
  address: '192.0.2.80',
  port: 443,
  ok: true,
  ms: 1,
} as const;

function measure(dial: (request: DialRequest, nth: number) => 'silent' | 'refused' | { icmp: never[] }, of = target()) {
  const system = fakeSystem({ dial });
  return {
    system,
    result: series.gather(
      of,
      contextOf(system, {}, () => of),
    ),
  };
}

describe('connect.series', () => {
  it('counts what is answered, be it by a refusal', async () => {
    const { system, result } = measure(({ ttl, address }, nth) =>
      ttl === 1 || address !== ADDRESS ? 'silent' : nth % 3 === 0 ? 'silent' : 'refused',
    );
    const measured = await result;
    expect(measured).toMatchObject({
      state: 'known',
      value: [{ address: ADDRESS, sent: 10, nearest: { sent: 5, answered: 0 } }],
    });
    // No packet is sent again before the kernel would, and nothing stays open.
    expect(system.asked.dials.every(({ timeoutMs, discard }) => timeoutMs < 1_000 && discard === true)).toBe(true);
    // Ten, five as far as the first router, and seven to each of the five hop limits behind it: its loss may begin there.
    expect(system.asked.dials.length).toBe(10 + 5 + 5 * 7);
  });

  it('tries a reference too, where some get through', async () => {
    const of = target({ references: known([portal]) });
    const { result } = measure(
      ({ address, ttl }, nth) => (address === ADDRESS && (ttl === 1 || nth % 2 === 0) ? 'silent' : 'refused'),
      of,
    );
    expect(await result).toMatchObject({
      value: [{ reference: { name: 'www.example.net:443', sent: 10, answered: 10 } }],
    });
  });

  it('leaves out what was not tried at all', async () => {
    let own = 0;
    const { result } = measure(({ ttl }) => (ttl === undefined && own++ > 2 ? ('failed' as 'refused') : 'silent'));
    expect(await result).toMatchObject({ value: [{ sent: 3, answered: 0, reference: null }] });
  });

  it('has nothing to do where nothing was silent', () => {
    const open = { ...first, failure: undefined, tcp: { ...silentCounters, totalRetransmitted: 0 } };
    const { failure: _, ...held } = open;
    const of = facts('shop.example', { connect: known([{ address: ADDRESS, port: 443, first: held, repeats: [] }]) });
    expect(series.when?.(of, contextOf(fakeSystem()))).toMatch(/silent/);
  });
});
