import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.js';
import { stillOpening } from './probed.js';

const target = { host: 'shop.example', port: 443, literal: 0 };
const known = (value: unknown): unknown => ({ state: 'known', value });
const facts = (more: Record<string, unknown>): Facts => ({ target, ...more }) as unknown as Facts;

describe('what is still being opened', () => {
  const named = { 'name.system': known({ addresses: ['192.0.2.1', '2001:db8::1'] }) };
  const proxied = {
    ...named,
    connect: { state: 'skipped', why: 'it goes through a proxy' },
    'proxy.choice': known({ setting: { server: { scheme: 'http', host: 'proxy.example', port: 3128 } } }),
  };

  it('is a connection to each address of the target, until it is known what became of them', () => {
    expect(stillOpening(facts(named))).toEqual([
      { address: '192.0.2.1', port: 443 },
      { address: '2001:db8::1', port: 443 },
    ]);
    expect(stillOpening(facts({ ...named, connect: known([]) }))).toEqual([]);
  });

  it('is one to the proxy where one leads to the target', () => {
    expect(stillOpening(facts(proxied))).toEqual([]);
    const found = { ...proxied, 'proxy.addresses': known({ addresses: ['192.0.2.8'] }) };
    expect(stillOpening(facts(found))).toEqual([{ address: '192.0.2.8', port: 3128 }]);
    expect(stillOpening(facts({ ...found, 'proxy.connect': known([]) }))).toEqual([]);
  });
});
