import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { Facts, FactValues, HopFact } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import type { HopOwner } from '../../model/way-facts.js';
import { ownedPlace } from './hop-owner.js';

const target = '198.51.100.10';
const attempt = { address: target, port: 443 } as unknown as Attempt;
const hops = (...addresses: readonly (string | null)[]): HopFact[] =>
  addresses.map((address, i) => ({ ttl: i + 1, address, icmp: null, ms: 1 }));

function sceneOf(way: readonly HopFact[], owners: readonly HopOwner[], reachedAt: number | null = null): Scene {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const values: Partial<FactValues> = {
    'device.routes': {
      choices: [],
      defaults: [{ family: 4, via: '192.168.7.1', device: 'eth0', metric: null }],
      rules: [],
    } as unknown as FactValues['device.routes'],
    path: [{ address: target, port: 443, hops: way, reachedAt: null }],
    'path.past': [
      {
        address: target,
        port: 443,
        oneFlow: { localPort: 1, hops: [], balanced: false },
        own: { protocol: 'tcp', port: 443, hops: [], reachedAt: null },
        other: { protocol: 'tcp', port: 80, hops: [], reachedAt },
        alike: [],
      },
    ],
    'path.owners': owners,
  };
  const known = Object.entries(values).map(([key, value]) => [
    key,
    { state: 'known', value, at: 0, ms: 1, source: '' },
  ]);
  return { facts: { target: parsed.target, ...Object.fromEntries(known) } as Facts, attempts: [] };
}

const named = (address: string, name: string | null, number: number | null = null): HopOwner => ({
  address,
  name,
  network: number === null ? null : { number, organisation: 'Somebody' },
});

describe('whose a router on the way is', () => {
  const way = hops('192.168.7.1', '203.0.113.1', '203.0.113.9', '192.0.2.9', null);
  const words = (address: string, owners: readonly HopOwner[], reachedAt?: number): string =>
    ownedPlace(address, attempt, sceneOf(way, owners, reachedAt)).name;

  it("is the user's own where it is the gateway", () => {
    expect(words('192.168.7.1', [])).toBe('your router (192.168.7.1)');
  });

  it('is the first one behind it, with the name that it has', () => {
    expect(words('203.0.113.1', [named('203.0.113.1', 'bras1.isp.example')])).toBe(
      'the first router behind yours (bras1.isp.example, 203.0.113.1)',
    );
  });

  it("is the provider's where it has its domain, or is of its network", () => {
    const domain = [named('203.0.113.1', 'bras1.isp.co.uk'), named('203.0.113.9', 'core.isp.co.uk')];
    expect(words('203.0.113.9', domain)).toContain('a router of your provider');
    const network = [named('203.0.113.1', null, 64500), named('203.0.113.9', null, 64500)];
    expect(words('203.0.113.9', network)).toContain('a router of your provider');
  });

  it("is of the server's network by the same signs", () => {
    const owners = [
      named('203.0.113.1', 'a.isp.example', 64500),
      named('192.0.2.9', null, 64511),
      named(target, null, 64511),
    ];
    expect(words('192.0.2.9', owners)).toContain("a router of the server's network");
  });

  it('is not taken for somebody’s by a suffix that many share', () => {
    const owners = [
      named('203.0.113.1', 'a.isp.co.uk'),
      named('192.0.2.9', 'b.other.co.uk'),
      named(target, 'c.third.co.uk'),
    ];
    expect(words('192.0.2.9', owners)).toBe('a router on the way (b.other.co.uk, 192.0.2.9)');
  });

  it('stands right before the server where something else comes there with one hop more', () => {
    expect(words('192.0.2.9', [], 5)).toBe('the last router before the server (192.0.2.9)');
    expect(words('192.0.2.9', [], 6)).toBe('a router on the way (192.0.2.9)');
  });

  it("is a provider's in the address space that only providers use (RFC 6598)", () => {
    expect(words('100.64.0.1', [])).toBe('a router of your provider (100.64.0.1)');
  });
});
