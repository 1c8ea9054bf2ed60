import { expect, it } from 'vitest';
import { fakeSystem } from '../../test/fake-system.js';
import type { AddressProbe, ConnectTry, RoutesFact } from '../model/facts.js';
import type { Cause } from '../model/cause.js';
import type { AnyGatherer, Gatherer } from '../model/gatherer.js';
import { known, skipped } from '../model/observed.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultOptions } from '../model/settings.js';
import { gather } from './gather.js';

const refused: ConnectTry = {
  address: '198.51.100.10',
  port: 443,
  failure: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
  synchronous: false,
  ms: 1,
  localAddress: '192.0.2.2',
  localPort: 40_000,
  icmp: [],
  tcp: null,
};
const routes: RoutesFact = { choices: [], defaults: [], rules: [] };
const rest = { needs: [], cost: 'local', platforms: 'any', privilege: 'none' } as const;

/** What was begun and ended, in order, when a connection fails; with redirects followed or none. */
async function begun(redirects: boolean) {
  const order: string[] = [];
  const connect: Gatherer<'connect'> = {
    ...rest,
    fact: 'connect',
    base: true,
    async gather(_facts, context) {
      context.troubled?.(refused);
      await context.system.clock.sleep(50);
      order.push('connect ended');
      const probe: AddressProbe = { address: refused.address, port: 443, first: refused, repeats: [] };
      return known([probe], 'test');
    },
  };
  const redirected: Gatherer<'redirects'> = {
    ...rest,
    fact: 'redirects',
    needs: ['connect'],
    base: true,
    gather: () => Promise.resolve(redirects ? known([], 'test') : skipped('none')),
  };
  const early: Gatherer<'device.routes'> = {
    ...rest,
    fact: 'device.routes',
    base: false,
    early: 'failing',
    gather(_facts, context) {
      order.push(`routes after ${context.troubles?.().length ?? 0} failure`);
      return Promise.resolve(known(routes, 'test'));
    },
  };
  const parsed = parseTarget('198.51.100.10:443');
  if (!parsed.ok) throw new Error(parsed.why);
  const all: readonly AnyGatherer[] = [early];
  const { facts } = await gather({
    target: parsed.target,
    system: fakeSystem(),
    options: defaultOptions,
    base: [connect, redirected],
    soon: () => Promise.resolve(all),
    more: () => Promise.resolve(all),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal: new AbortController().signal,
  });
  return { order, facts };
}

it('begins what each failure asks for while the connection is still being repeated', async () => {
  const { order, facts } = await begun(false);
  expect(order).toEqual(['routes after 1 failure', 'connect ended']);
  expect(facts['device.routes']?.state).toBe('known');
});

it('takes what was measured early for nothing once redirects have led elsewhere', async () => {
  const { facts } = await begun(true);
  expect(facts['device.routes']).toBeUndefined();
});

/** A handshake whose answer is late, and what was begun because of it; it is answered in the end, or never. */
async function late(ending: 'answered' | 'silent' | 'explained', of: 'tls' | 'greeting' = 'tls') {
  const order: string[] = [];
  const step = { address: refused.address, port: 443, step: of, taken: true, isSlow: () => false } as const;
  const tls: Gatherer<'tls'> = {
    ...rest,
    fact: 'tls',
    base: true,
    async gather(_facts, context) {
      const wait = context.late?.(step);
      const stop = AbortSignal.any([context.signal, ...(wait ? [wait.explained] : [])]);
      await context.system.clock.sleep(3_000, stop);
      order.push(`handshake ended at ${context.system.clock.now() < 3_000 ? 'once' : 'last'}`);
      wait?.end(ending !== 'answered');
      return skipped('test');
    },
  };
  const experiment: Gatherer<'path.sizes'> = {
    ...rest,
    fact: 'path.sizes',
    needs: ['tls'],
    base: false,
    whenLate: { afterMs: 0 },
    async gather(_facts, context) {
      order.push(`experiment about ${context.lateStep?.()?.step ?? 'nothing'}`);
      await context.system.clock.sleep(100, context.signal);
      if (ending === 'explained') context.explained?.(step);
      return known([], 'test');
    },
  };
  const patient: Gatherer<'connect.series'> = {
    ...rest,
    fact: 'connect.series',
    base: false,
    whenLate: { afterMs: 500, greets: true },
    gather: () => {
      order.push('series');
      return Promise.resolve(known([], 'test'));
    },
  };
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const all: readonly AnyGatherer[] = [experiment, patient];
  const { facts } = await gather({
    target: parsed.target,
    system: fakeSystem(),
    options: defaultOptions,
    base: [tls],
    more: () => Promise.resolve(all),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal: new AbortController().signal,
  });
  return { order, facts };
}

it('begins experiments about a late answer while it is waited for', async () => {
  const { order, facts } = await late('silent');
  expect(order).toEqual(['experiment about tls', 'series', 'handshake ended at last']);
  expect(facts['path.sizes']?.state).toBe('known');
});

it('ends the waiting once an experiment has explained it, and begins no others', async () => {
  const { order, facts } = await late('explained');
  expect(order).toEqual(['experiment about tls', 'handshake ended at once']);
  expect(facts['path.sizes']?.state).toBe('known');
});

it('begins for words that a service is late with only what tells something of them', async () => {
  const { order } = await late('silent', 'greeting');
  expect(order).toEqual(['series', 'handshake ended at last']);
});

it('forgets what a late answer made it measure once that has come', async () => {
  const { facts } = await late('answered');
  expect(facts['path.sizes']).toBeUndefined();
  expect(facts['connect.series']).toBeUndefined();
});

/** A look-up for which no resolver answers, and what was begun because of it; the system gets an answer in the end, or none. */
async function nameless(answered: boolean) {
  const order: string[] = [];
  const names: Gatherer<'name.system'> = {
    ...rest,
    fact: 'name.system',
    base: true,
    async gather(_facts, context) {
      const wait = context.nameless?.();
      await context.system.clock.sleep(1_000, context.signal);
      order.push('look-up ended');
      wait?.end(!answered);
      return answered ? known({ addresses: [refused.address] }, 'test') : skipped('test');
    },
  };
  const routesRead: Gatherer<'device.routes'> = {
    ...rest,
    fact: 'device.routes',
    base: false,
    gather: () => Promise.resolve(known(routes, 'test')),
  };
  const others: Gatherer<'references'> = {
    ...rest,
    fact: 'references',
    needs: ['device.routes', 'name.system'],
    base: false,
    whenNameless: true,
    gather() {
      order.push('others asked');
      return Promise.resolve(known([], 'test'));
    },
  };
  const atTarget: Gatherer<'path.sizes'> = {
    ...rest,
    fact: 'path.sizes',
    base: false,
    whenLate: { afterMs: 0 },
    gather() {
      order.push('target asked');
      return Promise.resolve(known([], 'test'));
    },
  };
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const all: readonly AnyGatherer[] = [atTarget, others, routesRead];
  const { facts } = await gather({
    target: parsed.target,
    system: fakeSystem(),
    options: defaultOptions,
    base: [names],
    more: () => Promise.resolve(all),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal: new AbortController().signal,
  });
  return { order, facts };
}

it('begins what tells of the network while no resolver answers, without the name', async () => {
  const { order, facts } = await nameless(false);
  expect(order).toEqual(['others asked', 'look-up ended']);
  expect(facts.references?.state).toBe('known');
});

it('forgets that, and what it needed, once the name was found after all', async () => {
  const { facts } = await nameless(true);
  expect(facts.references).toBeUndefined();
  expect(facts['device.routes']).toBeUndefined();
});

/** What is asked for once the routes are known, while an experiment at the target takes a second: when it is begun. */
async function beside(apart: boolean) {
  const order: string[] = [];
  const connect: Gatherer<'connect'> = {
    ...rest,
    fact: 'connect',
    base: true,
    gather: () =>
      Promise.resolve(known([{ address: refused.address, port: 443, first: refused, repeats: [] }], 'test')),
  };
  const experiment: Gatherer<'interference'> = {
    ...rest,
    fact: 'interference',
    base: false,
    async gather(_facts, { system }) {
      await system.clock.sleep(1_000);
      order.push('experiment ended');
      return skipped('test');
    },
  };
  const routesRead: Gatherer<'device.routes'> = {
    ...rest,
    fact: 'device.routes',
    base: false,
    async gather(_facts, { system }) {
      await system.clock.sleep(100);
      return known(routes, 'test');
    },
  };
  const others: Gatherer<'references'> = {
    ...rest,
    fact: 'references',
    cost: 'heavy',
    base: false,
    ...(apart && { apart }),
    gather() {
      order.push('others asked');
      return Promise.resolve(skipped('test'));
    },
  };
  const asking: Cause = {
    id: 'nothing-listening',
    side: 'server',
    stage: 'connect',
    title: 'asks for one thing after the other',
    symptoms: ['connect/refused'],
    needs: ['interference', 'device.routes', 'references'],
    judge: (_attempt, { facts }) => ({
      says: 'unknown',
      missing: facts['device.routes'] ? ['interference', 'references'] : ['interference', 'device.routes'],
    }),
  };
  const parsed = parseTarget('198.51.100.10:443');
  if (!parsed.ok) throw new Error(parsed.why);
  await gather({
    target: parsed.target,
    system: fakeSystem(),
    options: defaultOptions,
    base: [connect],
    more: () => Promise.resolve<AnyGatherer[]>([experiment, routesRead, others]),
    catalogue: () => Promise.resolve({ built: [asking], unbuilt: [] }),
    signal: new AbortController().signal,
  });
  return order;
}

it('asks others while an experiment at the target goes on, where that disturbs nothing', async () => {
  expect(await beside(true)).toEqual(['others asked', 'experiment ended']);
  expect(await beside(false)).toEqual(['experiment ended', 'others asked']);
});
