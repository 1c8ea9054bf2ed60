import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import { facts, known, contextOf, run } from './context.fixture.js';
import { systemNames } from './system-names.js';

describe('name.system', () => {
  it('gives what getaddrinfo gives', async () => {
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['198.51.100.10', '2001:db8::10'] } }),
    ).toMatchObject({
      state: 'known',
      value: { addresses: ['198.51.100.10', '2001:db8::10'] },
    });
  });
  it('calls 0.0.0.0 alone no address, and leaves it alone beside a real one', async () => {
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['0.0.0.0', '::'] } }),
    ).toMatchObject({ state: 'failed', failure: { code: 'useless-address', raw: '0.0.0.0 ::' } });
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['0.0.0.0', '198.51.100.10'] } }),
    ).toMatchObject({ state: 'known' });
  });
  it('ends when every resolver is known to be silent, not ten seconds later', async () => {
    const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
    const answer = {
      resolver: '192.0.2.53',
      port: 53,
      transport: 'udp',
      ms: 2000,
      tries: 2,
      addresses: [],
      cnames: [],
      errors: [],
      strangers: 0,
      failure: { operation: 'exchange', code: 'timed-out', raw: 'timeout' },
    } as const;
    const direct = facts('shop.example', {
      'name.direct': known({
        name: 'shop.example',
        answers: [
          { ...answer, type: 'A' },
          { ...answer, type: 'AAAA' },
        ],
      }),
    });
    const latest = (): Facts => (system.clock.now() > 2_100 ? direct : facts('shop.example'));
    expect(await systemNames.gather(facts('shop.example'), contextOf(system, {}, latest))).toMatchObject({
      state: 'failed',
      failure: { code: 'timed-out' },
    });
    expect(system.clock.now()).toBeLessThan(3_500);

    const slow = fakeSystem();
    const lookup: typeof slow.lookup = async (_host, _family, signal) => {
      await slow.clock.sleep(3_000, signal);
      return { addresses: ['198.51.100.10'] };
    };
    const later = (): Facts => (slow.clock.now() > 2_100 ? direct : facts('shop.example'));
    expect(await systemNames.gather(facts('shop.example'), contextOf({ ...slow, lookup }, {}, later))).toMatchObject({
      state: 'known',
      value: { addresses: ['198.51.100.10'] },
    });
  });
  describe('where a resolver answers and getaddrinfo is silent', () => {
    const answer = {
      resolver: '192.0.2.53',
      port: 53,
      type: 'A',
      transport: 'udp',
      ms: 3,
      tries: 1,
      addresses: ['198.51.100.10'],
      cnames: [],
      errors: [],
      strangers: 0,
    } as const;
    const direct = facts('shop.example', { 'name.direct': known({ name: 'shop.example', answers: [answer] }) });
    const latest = (): Facts => direct;

    it('asks once more, and takes what comes', async () => {
      const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
      let asked = 0;
      const lookup: typeof system.lookup = async (...rest) =>
        ++asked === 1 ? system.lookup(...rest) : { addresses: ['198.51.100.10'] };
      const of = contextOf({ ...system, lookup }, {}, latest);
      expect(await systemNames.gather(facts('shop.example'), of)).toMatchObject({
        state: 'known',
        value: { addresses: ['198.51.100.10'], silentMs: 2500 },
      });
      expect(asked).toBe(2);
    });
    it('asks for one kind of address alone where the resolver keeps silent about the other', async () => {
      const system = fakeSystem({});
      const families: number[] = [];
      const lookup: typeof system.lookup = async (_host, family, signal) => {
        families.push(family);
        if (family === 4) return { addresses: ['198.51.100.10'] };
        await system.clock.sleep(60_000, signal);
        return { addresses: [], failure: { operation: 'resolve', code: 'timed-out', raw: 'aborted' } };
      };
      const silent = { operation: 'exchange', code: 'timed-out', raw: 'timeout' } as const;
      const half = facts('shop.example', {
        'name.direct': known({
          name: 'shop.example',
          answers: [answer, { ...answer, type: 'AAAA', tries: 2, addresses: [], failure: silent }],
        }),
      });
      const result = await systemNames.gather(
        facts('shop.example'),
        contextOf({ ...system, lookup }, {}, () => half),
      );
      expect(result).toMatchObject({
        state: 'known',
        value: { addresses: ['198.51.100.10'], unanswered: { resolver: '192.0.2.53', family: 6 } },
      });
      expect(result).not.toHaveProperty('value.silentMs');
      expect(families).toEqual([0, 4]);
    });
    it('gives up well before the time is up', async () => {
      const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
      expect(await systemNames.gather(facts('shop.example'), contextOf(system, {}, latest))).toMatchObject({
        state: 'failed',
        failure: { code: 'timed-out', raw: expect.stringContaining('a resolver answers') },
      });
      expect(system.clock.now()).toBeLessThan(8_000);
    });
    it('waits on for the first, whatever the second says', async () => {
      const system = fakeSystem({});
      let asked = 0;
      const lookup: typeof system.lookup = async (_host, _family, signal) => {
        if (++asked > 1)
          return { addresses: [], failure: { operation: 'resolve', code: 'not-found', raw: 'ENOTFOUND' } };
        await system.clock.sleep(4_000, signal);
        return { addresses: ['198.51.100.10'] };
      };
      const of = contextOf({ ...system, lookup }, {}, latest);
      const result = await systemNames.gather(facts('shop.example'), of);
      expect(result).toMatchObject({ state: 'known', value: { addresses: ['198.51.100.10'] } });
      expect(result).not.toHaveProperty('value.silentMs');
    });
    it('is patient when asked to be', async () => {
      const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
      await systemNames.gather(facts('shop.example'), contextOf(system, { thorough: true }, latest));
      expect(system.clock.now()).toBeGreaterThan(50_000);
    });
  });
  it('has nothing to ask for an address', () => {
    expect(systemNames.when?.(facts('192.0.2.1'), contextOf(fakeSystem()))).toBe('the target is an address');
  });
});
