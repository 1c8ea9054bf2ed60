import { familyOf, hostPort } from '../../../model/address.js';
import { fact, type Facts, type ReferenceTry } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import type { QueryResult } from '../../dns/query-result.js';
import { referenceResolvers } from '../reference-resolvers.js';
import { addressesOfReference, type AskReference } from './addresses-of-reference.js';
import { firstAnswer, type TryOne } from './first-answer.js';
import { gatewaysOf, tryGateway } from './gateway-check.js';
import { namelessTries } from './nameless-check.js';
import { checkUrl, type PortalCheck, tryPortal } from './portal-check.js';
import { checkResolver } from './resolver-check.js';

/** Silence after which all is given up, as long as nobody has answered. */
const BUDGET_MS = 1500;
/** A page takes a name, a connection and an answer: by satellite, where each takes 600 ms, longer than that. */
const LONGEST_MS = 3000;
const PAGE_TIMES = 4;
/**
 * Once one kind of them has answered, the others get this long, or ten times as long as that one took: what is silent
 * then says nothing more, for the failure of a reference proves nothing.
 */
const PATIENCE_MS = 500;
const PATIENCE_TIMES = 10;
const STAGGER_MS = 250;
/** One family may be dead: the other is tried soon after (RFC 8305 has 250 ms; here nobody waits to read a page). */
const FAMILY_STAGGER_MS = 100;
const MAX_EACH = 4;

/**
 * Whether anything else works: asked only after something failed, to tell "this target" from "everything". Without
 * leave to contact third parties, it is only this device's gateway and its own resolvers.
 */
export const references: Gatherer<'references'> = {
  fact: 'references',
  needs: ['device.routes', 'name.config'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  whenLate: { afterMs: 1_000 },
  whenNameless: true,
  // A second of silence is a packet that was sent twice for nothing: something has failed by then.
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 1_150 },
  when: ({ target }) => (target.scheme === 'unix' ? 'a socket file has nothing to do with the network' : null),
  async gather(facts, context) {
    const { clock } = context.system;
    const done = new AbortController();
    const budget = AbortSignal.any([context.signal, done.signal]);
    const over = new AbortController();
    let answered = false;
    const endAfter = (ms: number): Promise<void> => clock.sleep(Math.min(ms, Math.max(0, context.remaining())), budget);
    void endAfter(BUDGET_MS).then(() => answered || over.abort());
    void endAfter(LONGEST_MS).then(() => over.abort());
    const signal = AbortSignal.any([budget, over.signal]);
    const race = (tries: readonly TryOne[]): Promise<ReferenceTry[]> =>
      firstAnswer(tries, { clock, staggerMs: STAGGER_MS, signal });
    const kinds = [
      ...gatewayTries(facts, context),
      ...(context.options.references ? thirdParties(context, signal) : [ownResolvers(facts, context)]),
    ];
    const begun = clock.now();
    const results = await Promise.all(
      kinds.map(async (kind) => {
        const tries = await race(kind);
        if (!context.options.thorough && tries.some((one) => one.ok && one.kind !== 'gateway')) {
          answered = true;
          const took = clock.now() - begun;
          const most = Math.max(BUDGET_MS - took, PAGE_TIMES * took);
          void endAfter(Math.max(PATIENCE_MS, Math.min(PATIENCE_TIMES * took, most))).then(() => over.abort());
        }
        return tries;
      }),
    );
    done.abort();
    const tries = results.flat();
    return tries.length > 0 ? known(tries, 'references') : skipped('no reference could be tried to the end');
  },
};

/** For each family of addresses: that the router of one answers says nothing of the other's. */
function gatewayTries(facts: Facts, context: Context): TryOne[][] {
  const gateways = gatewaysOf(fact(facts, 'device.routes'));
  return [4, 6].map((family) =>
    gateways
      .filter(({ address }) => familyOf(address) === family)
      .map((gateway) => async (signal) => [await tryGateway(gateway, context, signal)]),
  );
}

/** The root's name servers are what every resolver knows. */
function ownResolvers(facts: Facts, context: Context): TryOne[] {
  const resolvers = fact(facts, 'name.config')?.resolvers ?? [];
  return resolvers.slice(0, MAX_EACH).map(({ address, port }) => async (signal) => {
    const { attempt } = await checkResolver({ address, port }, '.', context, signal);
    return [attempt('own resolver')];
  });
}

function thirdParties(context: Context, signal: AbortSignal): TryOne[][] {
  const { settings } = context.options;
  const hosts = settings.references.hosts.slice(0, MAX_EACH).flatMap(hostAndPort);
  const checks = settings.references.portalChecks.slice(0, MAX_EACH);
  const resolvers = referenceResolvers(settings);
  const name = [...hosts.map(({ host }) => host), '.'].find((host) => !/^[\d.]+$|:/.test(host)) ?? '.';
  const asked = new Map<string, Promise<QueryResult | null>>();
  const ask: AskReference = (host) => {
    const known = asked.get(host) ?? firstOf(resolvers, host, context, signal);
    asked.set(host, known);
    return known;
  };
  return [
    resolvers.map((server) => async (stop) => [
      (await checkResolver(server, name, context, stop)).attempt(hostPort(server.address, server.port)),
    ]),
    hosts.map(
      ({ host, port }) =>
        (stop) =>
          tryHost(host, port, ask, context, stop),
    ),
    checks.map((check) => (stop) => tryCheck(check, ask, context, stop)),
    namelessTries(resolvers, () => ask(name).then((result) => result !== null), context),
  ];
}

async function firstOf(
  resolvers: readonly Endpoint[],
  name: string,
  context: Context,
  signal: AbortSignal,
): Promise<QueryResult | null> {
  const stop = new AbortController();
  const results = resolvers.map(async (server) => {
    const { result } = await checkResolver(server, name, context, AbortSignal.any([signal, stop.signal]));
    if (result?.kind !== 'answer') throw new Error('no answer');
    return result;
  });
  const first = await Promise.any(results).catch(() => null);
  stop.abort();
  return first;
}

async function tryHost(
  host: string,
  port: number,
  ask: AskReference,
  context: Context,
  signal: AbortSignal,
): Promise<ReferenceTry[]> {
  const { system, options } = context;
  const begun = system.clock.now();
  const base = { kind: 'host', name: hostPort(host, port), port } as const;
  const addresses = await addressesOfReference(host, ask, context, signal);
  if (addresses.length === 0)
    return [{ ...base, address: null, ok: false, failure: noAddress, ms: system.clock.now() - begun }];
  const tryAddress =
    (address: string): TryOne =>
    async (stop) => {
      const { stream, failure } = await system.sockets.dial(
        { address, port, timeoutMs: BUDGET_MS, interface: options.interface },
        stop,
      ).done;
      stream?.destroy();
      return [
        { ...base, address, ok: stream !== undefined, ...(failure && { failure }), ms: system.clock.now() - begun },
      ];
    };
  return firstAnswer(addresses.map(tryAddress), { clock: system.clock, staggerMs: FAMILY_STAGGER_MS, signal });
}

async function tryCheck(
  check: PortalCheck,
  ask: AskReference,
  context: Context,
  signal: AbortSignal,
): Promise<ReferenceTry[]> {
  const { clock } = context.system;
  const begun = clock.now();
  const host = checkUrl(check)?.host;
  const addresses = host === undefined ? [] : await addressesOfReference(host, ask, context, signal);
  if (addresses.length === 0)
    return [
      {
        kind: 'portal',
        name: check.url,
        address: null,
        port: null,
        ok: false,
        failure: noAddress,
        ms: clock.now() - begun,
      },
    ];
  const tryAddress =
    (address: string): TryOne =>
    async (stop) => [await tryPortal(check, address, LONGEST_MS, context, stop)];
  return firstAnswer(addresses.map(tryAddress), { clock, staggerMs: FAMILY_STAGGER_MS, signal });
}

const noAddress = { operation: 'resolve', code: 'failed', raw: 'no address' } as const;

/** `name:443`, `192.0.2.80:443`, `[2001:db8::80]:443`. */
function hostAndPort(text: string): { host: string; port: number }[] {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host !== undefined && port > 0 && port < 65_536 ? [{ host: host.toLowerCase(), port }] : [];
}
