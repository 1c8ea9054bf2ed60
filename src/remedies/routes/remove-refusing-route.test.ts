import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { readRefusingRoute, wordsOfRoute } from '../../operations/routes/refusing-route.js';
import { operation } from '../../operations/routes/route-remove.js';
import { remedy } from './remove-refusing-route.js';

function ailment(line: string | null, { address = '198.51.100.10', table = 'main' } = {}): Ailment {
  const choice = { address, type: 'blackhole', via: null, device: null, source: null, table, error: 'no', line };
  return {
    verdict: { cause: 'no-route', culprit: { kind: 'route', name: line ?? '', address } },
    facts: { 'device.routes': { state: 'known', value: { choices: [choice], defaults: [], rules: [] } } },
  } as unknown as Ailment;
}
const planned = (one: Ailment): object => remedy.plan(one, null);

describe('a route that says no', () => {
  it('of one address is taken out, by the very words of it', () => {
    expect(planned(ailment('blackhole 198.51.100.10 proto static metric 7'))).toMatchObject({
      operations: [{ kind: 'route-remove', family: 4, type: 'blackhole', prefix: '198.51.100.10', table: 'main', protocol: 'static', metric: 7 }], // prettier-ignore
      wider: false,
    });
  });

  it('of a network opens more than the target', () => {
    const plan = planned(
      ailment('unreachable 2001:db8::/32 dev lo metric 1024 pref medium', { address: '2001:db8::1' }),
    );
    expect(plan).toMatchObject({ wider: true, opens: ['every other address of 2001:db8::/32'] });
    expect(plan).not.toHaveProperty('blockLooksRight');
  });

  it('may be meant', () => {
    expect(planned(ailment('prohibit 198.51.100.10'))).toHaveProperty('blockLooksRight');
    expect(planned(ailment('unreachable default metric 4'))).toHaveProperty('blockLooksRight');
  });

  it('in a numbered table is taken out of that one', () => {
    expect(planned(ailment('blackhole 198.51.100.10', { table: '77' }))).toMatchObject({
      operations: [{ table: '77' }],
    });
  });

  it.each([
    null,
    '',
    'default via 192.0.2.1 dev eth0',
    'blackhole 198.51.100.10 proto bird',
    'blackhole 198.51.100.10 realm 4',
    'blackhole 198.51.100.10 dev eth0',
    'blackhole 198.51.100.10 table vpn',
    'blackhole $(reboot)',
    'blackhole -batch',
    '32765: from all to 198.51.100.10 prohibit',
  ])('is left alone where it could not be put back: %s', (line) => {
    expect(remedy.offers(ailment(line))).toBe(false);
    expect(planned(ailment(line))).toHaveProperty('whyNot');
  });

  it('is read and written alike', () => {
    for (const line of ['prohibit 198.51.100.0/24 proto static metric 5', 'blackhole default'])
      expect(wordsOfRoute(readRefusingRoute(line) ?? { type: 'prohibit', prefix: '' }).join(' ')).toBe(line);
  });
});

describe('the arguments of route-remove', () => {
  const good = { kind: 'route-remove', family: 4, type: 'prohibit', prefix: '198.51.100.0/24', table: 'main' };
  it('are taken as they are', () => {
    expect(operation.check(good)).toEqual(good);
    expect(operation.check({ ...good, prefix: 'default', metric: 0, protocol: 'boot' })).toHaveProperty('metric', 0);
  });

  it.each([
    { type: 'unicast' },
    { type: 'throw' },
    { prefix: '198.51.100.0/33' },
    { prefix: '2001:db8::/32' },
    { prefix: '198.51.100.0/24/24' },
    { prefix: '-batch' },
    { prefix: 'fe80::1%eth0', family: 6 },
    { prefix: '198.51.100.1; reboot' },
    { table: 'vpn' },
    { table: 'local' },
    { table: '../x' },
    { metric: -1 },
    { metric: '1' },
    { protocol: 'bird' },
    { family: 5 },
    { via: '192.0.2.1' },
  ])('are refused: %j', (wrong) => {
    expect(() => operation.check({ ...good, ...wrong })).toThrow(/not valid/);
  });
});
