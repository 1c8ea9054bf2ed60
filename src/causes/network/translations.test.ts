import { describe, expect, it } from 'vitest';
import type { Cause } from '../../model/cause.js';
import type { FactValues } from '../../model/facts.js';
import { factsOf } from '../names/scene.fixture.js';
import { cause as sharedAddress } from '../path/shared-address.js';
import { cause as doubleNat } from './double-nat.js';

const router = (outside: string | null): Partial<FactValues> => ({
  router: { address: '192.168.7.1', outside, by: ['upnp'], mappings: [], inside: null },
});
const out = (source: string, via: string | null, address = '198.51.100.9'): Partial<FactValues> => ({
  'device.routes': {
    choices: [{ address, type: 'unicast', via, device: 'eth0', source, table: null, error: null, line: null }],
    defaults: [],
    rules: [],
  },
});
const beside = (cause: Cause, values: Partial<FactValues>) =>
  cause.beside?.({ facts: factsOf('https://shop.example/', values), attempts: [] }) ?? null;

describe('addresses that are translated more than once', () => {
  it('are told by the router alone', () => {
    expect(beside(doubleNat, router('192.168.1.2'))).toMatchObject({
      says: 'fits',
      culprit: { address: '192.168.7.1' },
    });
    for (const outside of ['203.0.113.2', '100.64.0.7', null]) expect(beside(doubleNat, router(outside))).toBeNull();
    expect(beside(doubleNat, {})).toBeNull();
  });

  it('are shared where the router has one of that range, or this device goes out by one', () => {
    expect(beside(sharedAddress, router('100.64.9.7'))).toMatchObject({
      says: 'fits',
      culprit: { address: '192.168.7.1' },
    });
    expect(beside(sharedAddress, out('100.64.0.7', '100.64.0.1'))).toMatchObject({
      culprit: { address: '100.64.0.1' },
    });
    for (const values of [
      router('203.0.113.2'),
      router('10.0.0.2'),
      out('100.64.0.7', null),
      out('100.64.0.7', '192.168.7.1'),
      out('100.64.0.7', '100.64.0.1', '100.64.3.3'),
      out('192.168.7.20', '192.168.7.1'),
    ])
      expect(beside(sharedAddress, values)).toBeNull();
  });
});
