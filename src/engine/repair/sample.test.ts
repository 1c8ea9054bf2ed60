import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import type { System } from '../../model/system.js';
import { gotWorse, sampleOf, thatWork } from './sample.js';

const known = (value: unknown) => ({ state: 'known', value });
const facts = {
  target: { host: 'shop.example' },
  'name.config': known({ resolvers: [{ address: '192.0.2.53', port: 53 }] }),
  'connect.ports': known([
    { address: '198.51.100.10', ports: [{ port: 80 }, { port: 22, failure: { code: 'timed-out' } }] },
  ]),
  references: known([
    { kind: 'host', name: 'one.example', address: '203.0.113.1', port: 443, ok: true },
    { kind: 'host', name: 'two.example', address: '203.0.113.2', port: 443, ok: false },
    { kind: 'resolver', name: '9.9.9.9', address: '9.9.9.9', port: 53, ok: true },
  ]),
} as unknown as Facts;

/** A machine on which those addresses are silent, each for so many tries. */
function machine(silent: Readonly<Record<string, number>>): Pick<System, 'sockets' | 'random' | 'clock'> {
  const left = new Map(Object.entries(silent));
  const isSilent = (address: string): boolean => {
    const times = left.get(address) ?? 0;
    left.set(address, times - 1);
    return times > 0;
  };
  return {
    random: () => new Uint8Array([7, 9]),
    clock: { sleep: () => Promise.resolve() },
    sockets: {
      dial: ({ address }: { address: string }) => ({
        done: Promise.resolve(isSilent(address) ? { failure: { code: 'timed-out' } } : {}),
      }),
      datagram: ({ address, accept, payload }: { address: string; accept?: (bytes: Uint8Array) => boolean; payload: Uint8Array }) =>
        Promise.resolve({ outcome: !isSilent(address) && accept?.(payload) ? 'reply' : { code: 'timed-out' } }), // prettier-ignore
    },
  } as unknown as Pick<System, 'sockets' | 'random' | 'clock'>;
}

const { signal } = new AbortController();
const names = (points: readonly { words: string }[]): string[] => points.map(({ words }) => words);

describe('what else must go on working', () => {
  it('is what the diagnosis saw working', () => {
    expect(names(sampleOf(facts))).toEqual(['the resolver 192.0.2.53', 'port 80 of 198.51.100.10', 'one.example']);
  });

  it('is only what works right before the change', async () => {
    const working = await thatWork(sampleOf(facts), machine({ '203.0.113.1': 9 }), signal);
    expect(names(working)).toEqual(['the resolver 192.0.2.53', 'port 80 of 198.51.100.10']);
  });

  it('has got worse when it is silent twice, not when one packet was lost', async () => {
    expect(names(await gotWorse(sampleOf(facts), machine({ '198.51.100.10': 9, '192.0.2.53': 1 }), signal))).toEqual([
      'port 80 of 198.51.100.10',
    ]);
    expect(await gotWorse(sampleOf(facts), machine({}), signal)).toEqual([]);
  });
});
