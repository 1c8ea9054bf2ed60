import { expect, it } from 'vitest';
import { fakeSystem, silentCounters, type ScriptedDial } from '../../../test/fake-system.js';
import { parseTarget } from '../../model/parse-target.js';
import type { AddressProbe, ConnectTry, Facts } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { defaultOptions } from '../../model/settings.js';
import { past } from './past.js';
import { path } from './path.js';

const target = '192.0.2.10';
const port = 443;

interface Way {
  /** Milliseconds to each router and back; null says nothing. */
  readonly routers: readonly (number | null)[];
  /** The router that swallows what goes to the target's own port and farther, counted from 1. */
  readonly swallowedBy: number;
  /** Milliseconds to the target and back, on its other port. */
  readonly targetMs: number;
}

const refused = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;

function system({ routers, swallowedBy, targetMs }: Way) {
  const expired = (at: number): ScriptedDial => {
    const ms = routers[at - 1] ?? null;
    if (ms === null) return 'silent';
    const icmp = [{ origin: 'icmp', type: 11, code: 0, from: `198.51.100.${at}` }] as never;
    return { failure: { ...refused, code: 'host-unreachable', raw: 'EHOSTUNREACH' }, icmp, ms, tcp: silentCounters };
  };
  return fakeSystem({
    dial: ({ ttl = 64, port: to }) => {
      if (to === port && ttl > swallowedBy) return 'silent';
      if (ttl <= routers.length) return expired(ttl);
      return to === port ? 'silent' : { failure: refused, ms: targetMs };
    },
  });
}

function once(one: Partial<ConnectTry>): ConnectTry {
  const base = { address: target, port, synchronous: false, ms: 1_000, localAddress: '192.0.2.2', localPort: 40_000 };
  return { ...base, icmp: [], tcp: silentCounters, ...one };
}

async function measured(way: Way, others: readonly ConnectTry[]) {
  const parsed = parseTarget(`https://${target}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  const silent: AddressProbe = {
    address: target,
    port,
    first: once({ failure: { operation: 'connect', code: 'timed-out', raw: 'timeout' } }),
    repeats: [],
  };
  let facts = {
    target: parsed.target,
    connect: known([silent], 'test'),
    'connect.ports': known([{ address: target, ports: others }], 'test'),
  } as unknown as Facts;
  const context = {
    system: system(way),
    signal: new AbortController().signal,
    options: defaultOptions,
    remaining: () => 30_000,
  } as unknown as Context;
  for (const gatherer of [path, past]) facts = { ...facts, [gatherer.fact]: await gatherer.gather(facts, context) };
  const [behind] = facts['path.past']?.state === 'known' ? facts['path.past'].value : [];
  return behind;
}

const far: Way = { routers: [1, 2, 600, 602, 604], swallowedBy: 4, targetMs: 610 };

it('finds where a connection is swallowed behind a satellite, by a port that answers from there', async () => {
  const behind = await measured(far, [once({ port: 80, failure: refused, ms: 610 })]);
  expect(behind?.oneFlow.hops.findLast(({ address }) => address !== null)?.ttl).toBe(4);
  expect(behind?.own?.hops.filter(({ ttl, answered }) => ttl > 4 && answered > 0)).toEqual([]);
  expect(behind?.other?.hops.filter(({ ttl, answered }) => ttl > 4 && answered > 0)).toHaveLength(1);
});

it('goes on behind a long hop where nothing else answers either', async () => {
  const behind = await measured(far, []);
  expect(behind?.oneFlow.hops.findLast(({ address }) => address !== null)?.ttl).toBe(4);
});

it('calls a way ended that ends there, however long it is waited for', async () => {
  const behind = await measured({ ...far, routers: [1, 2, null, null, null], swallowedBy: 2 }, []);
  expect(behind?.oneFlow.hops.findLast(({ address }) => address !== null)?.ttl).toBe(2);
});
