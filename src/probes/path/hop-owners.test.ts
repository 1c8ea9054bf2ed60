import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Context } from '../../model/gatherer.js';
import type { Facts, FactValues, HopFact } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { defaultOptions } from '../../model/settings.js';
import { hopOwners, reverseQuestion } from './hop-owners.js';

const hop = (ttl: number, address: string | null): HopFact => ({ ttl, address, icmp: null, ms: 1 });

function factsOf(hops: readonly HopFact[]): Facts {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const address = '198.51.100.10';
  const values: Partial<FactValues> = {
    path: [{ address, port: 443, hops, reachedAt: null }],
    'path.past': [
      {
        address,
        port: 443,
        oneFlow: { localPort: 1, hops: [hop(2, '203.0.113.1'), hop(3, null)], balanced: false },
        own: null,
        other: {
          protocol: 'tcp',
          port: 80,
          hops: [{ ttl: 3, address: '203.0.113.9', sent: 5, answered: 5 }],
          reachedAt: null,
        },
        alike: [],
      },
    ],
  };
  const known = Object.entries(values).map(([key, value]) => [
    key,
    { state: 'known', value, at: 0, ms: 1, source: '' },
  ]);
  return { target: parsed.target, ...Object.fromEntries(known) } as Facts;
}

const context = {
  system: fakeSystem({}),
  options: defaultOptions,
  signal: new AbortController().signal,
} as unknown as Context;

describe('whose the routers are', () => {
  it('is asked of those between which the way ends, the first one outside, and the target', async () => {
    const facts = factsOf([hop(1, '192.168.7.1'), hop(2, '203.0.113.1'), hop(3, null)]);
    const measured = await hopOwners.gather(facts, context);
    expect(measured.state === 'known' && measured.value.map(({ address }) => address)).toEqual([
      '203.0.113.1',
      '203.0.113.9',
      '198.51.100.10',
    ]);
  });

  it('is not asked where no router outside answers', () => {
    expect(hopOwners.when?.(factsOf([hop(1, '192.168.7.1')]), context)).toBe('no router outside this network answers');
  });

  it('is a question for the reverse name', () => {
    expect(reverseQuestion('203.0.113.9')).toBe('9.113.0.203.in-addr.arpa');
    expect(reverseQuestion('2001:db8::1')).toBe(`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`);
    expect(reverseQuestion('no address')).toBeNull();
  });
});
