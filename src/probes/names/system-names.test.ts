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
  describe('that calls its failure one for a moment', () => {
    const given = (...addresses: string[]): Facts => {
      const answer = { resolver: '192.0.2.53', port: 53, type: 'A', transport: 'udp', ms: 1, tries: 1 } as const;
      const answers = [{ ...answer, addresses, cnames: [], errors: [], strangers: 0 }];
      return facts('shop.example', { 'name.direct': known({ name: 'shop.example', answers }) });
    };
    const look = async (of: Facts, code: 'temporary-failure' | 'not-found') => {
      const raw = code === 'temporary-failure' ? 'EAI_AGAIN' : 'ENOTFOUND';
      let asked = 0;
      const lookup = () =>
        Promise.resolve(
          ++asked > 1
            ? { addresses: ['198.51.100.10'] }
            : { addresses: [], failure: { operation: 'resolve', code, raw } as const },
        );
      const found = await systemNames.gather(
        facts('shop.example'),
        contextOf({ ...fakeSystem(), lookup }, {}, () => of),
      );
      return { found, asked };
    };

    it('is asked once more where a resolver gives addresses by now', async () => {
      const { found } = await look(given('198.51.100.10'), 'temporary-failure');
      expect(found).toMatchObject({ state: 'known', value: { failedFirst: { raw: 'EAI_AGAIN' } } });
    });

    it('is not asked once more where none does, nor after a word on the name', async () => {
      expect((await look(given(), 'temporary-failure')).asked).toBe(1);
      expect((await look(given('0.0.0.0'), 'temporary-failure')).asked).toBe(1);
      expect((await look(given('198.51.100.10'), 'not-found')).asked).toBe(1);
    });
  });
  describe('where every resolver is known to be silent', () => {
    const resolver = '192.0.2.53';
    const answer = {
      resolver,
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
    const answers = [{ ...answer, type: 'A' }, { ...answer, type: 'AAAA' }] as const; // prettier-ignore
    const where = { resolver, port: 53 };
    const direct = (opened: boolean, answered: boolean, series: number | null = null): Facts =>
      facts('shop.example', {
        'name.direct': known({ name: 'shop.example', answers, overTcp: [{ ...where, opened, answered }] }),
        ...(series !== null && { 'name.series': known([{ address: resolver, sent: 10, answered: series }]) }),
      });
    const look = async (of: Facts, answersAfterMs?: number) => {
      const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
      const lookup: typeof system.lookup = async (host, family, signal) => {
        if (answersAfterMs === undefined) return system.lookup(host, family, signal);
        await system.clock.sleep(answersAfterMs, signal);
        return signal?.aborted ? system.lookup(host, family, signal) : { addresses: ['198.51.100.10'] };
      };
      const latest = (): Facts => (system.clock.now() > 2_100 ? of : facts('shop.example'));
      const found = await systemNames.gather(facts('shop.example'), contextOf({ ...system, lookup }, {}, latest));
      return [found.state, Math.round(system.clock.now())];
    };

    it('ends in time for one that must search first, not ten seconds later', async () => {
      expect(await look(direct(false, false))).toEqual(['failed', 3_300]);
      expect(await look(direct(false, false), 3_000)).toEqual(['known', 3_000]);
    });
    it('waits as long as programs do for one that takes connections over TCP: it may be slow', async () => {
      expect(await look(direct(true, false))).toEqual(['failed', 5_300]);
      expect(await look(direct(true, false), 4_500)).toEqual(['known', 4_500]);
    });
    it('waits no longer for one that answers over TCP: it is not slow', async () => {
      expect(await look(direct(true, true))).toEqual(['failed', 3_300]);
      expect(await look(direct(true, true, 0))).toEqual(['failed', 3_300]);
    });
    it('waits where it answers some questions over UDP: packets get lost', async () => {
      expect(await look(direct(true, true, 3), 5_050)).toEqual(['known', 5_050]);
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
