import type { Links } from '../model/links.js';
import type { Sent } from '../model/report.js';
import type { Around, Policies, System, Tracer, TraceSession } from '../model/system.js';
import { Budget } from './budget.js';
import { tooMany } from '../model/over-budget.js';
import { type Allotting, pacedSockets } from './paced-sockets.js';

const mostAddresses = 64;
/** A kernel sends something again after 200 ms at the earliest, but for one copy that comes sooner (TCP_RTO_MIN, RFC 8985 7). */
const lookMs = 20;
/** What could not be begun waits so long for others to be over, which seldom send all that was set aside for them. */
const patienceMs = 1_500;
/** What the kernel's tracing sends by itself: two packets to see where they are lost, one whose answer is waited for. */
const traced = { lost: 2, answerLost: 3 };

export interface Pacer {
  readonly system: System;
  /** Packets sent so far, as far as the kernel tells. */
  count(): number;
  /** The same of each address, the most first. */
  perAddress(): readonly Sent[];
}

/**
 * Bounds what goes to one destination, and counts it. All that a diagnosis sends by itself goes through here: what a
 * gatherer is given of the system has no other door. What programs of this device send in its place (getaddrinfo, a
 * browser that is asked to open a page) is theirs.
 */
export function paced(system: System): Pacer {
  const budgets = new Map<string, Budget>();
  const budgetOf = (address: string): Budget => {
    const budget = budgets.get(address) ?? new Budget();
    budgets.set(address, budget);
    return budget;
  };
  const begin: Allotting['begin'] = (address, ...packets) => budgetOf(address).begin(...packets);
  const beginSoon: Allotting['beginSoon'] = async (address, packets, signal) => {
    const until = system.clock.now() + patienceMs;
    for (;;) {
      const allotment = begin(address, packets);
      const left = until - system.clock.now();
      if (allotment || !budgetOf(address).isHeld || left <= 0 || signal.aborted) return allotment;
      const over = new AbortController();
      const late = system.clock.sleep(left, AbortSignal.any([signal, over.signal]));
      // oxlint-disable-next-line no-await-in-loop -- each turn waits for what another one leaves over
      await Promise.race([budgetOf(address).released(), late]);
      over.abort();
    }
  };
  let isLooking = false;
  const look = async (): Promise<void> => {
    for (const budget of budgets.values()) budget.look();
    if (isLooking) return;
    isLooking = true;
    while ([...budgets.values()].some(({ hasOpen }) => hasOpen)) {
      await system.clock.sleep(lookMs);
      for (const budget of budgets.values()) budget.look();
    }
    isLooking = false;
  };
  const keep: Allotting['keep'] = (address, packets) => budgetOf(address).keep(packets);
  const allotting: Allotting = { begin, beginSoon, keep, opened: () => void look() };
  const { links, tracer, policies, around } = system;
  const wrapped: System = Object.create(system, {
    sockets: { value: pacedSockets(system.sockets, allotting), enumerable: true },
    ...(links && { links: { value: pacedLinks(links, begin), enumerable: true } }),
    ...(tracer && { tracer: { value: pacedTracer(tracer, begin), enumerable: true } }),
    ...(around && { around: { value: pacedAround(around, allotting), enumerable: true } }),
    ...(policies && { policies: { value: pacedPolicies(policies, allotting), enumerable: true } }),
  }) as System;
  const perAddress = (): Sent[] =>
    [...budgets]
      .map(([address, { sent }]) => ({ address, packets: sent }))
      .toSorted((a, b) => b.packets - a.packets)
      .slice(0, mostAddresses);
  return {
    system: wrapped,
    count: () => [...budgets.values()].reduce((sum, { sent }) => sum + sent, 0),
    perAddress,
  };
}

type Begin = Allotting['begin'];

function pacedLinks(links: Links, begin: Begin): Links {
  return {
    whoHas: async (question, signal) => {
      const allotment = begin(question.address, question.times);
      if (!allotment) return tooMany;
      const answers = await links.whoHas(question, signal);
      allotment.settle(question.times);
      return answers;
    },
    knock: async (request, signal) => {
      const allotment = begin(request.address, 2);
      if (!allotment) return null;
      const outcome = await links.knock(request, signal);
      allotment.settle(2);
      return outcome;
    },
    // One packet to all routers of the link, and to no address that anything else is sent to.
    routersSay: (question, signal) => links.routersSay(question, signal),
    // These send nothing.
    leaving: (question, signal) => links.leaving(question, signal),
    answers: (address, signal, ready) => links.answers(address, signal, ready),
  };
}

function pacedAround(around: Around, allotting: Allotting): Around {
  return {
    tracer: pacedTracer(around.tracer, allotting.begin),
    sockets: pacedSockets(around.sockets, allotting),
    run: (program, args, options) => around.run(program, args, options),
    setting: (name) => around.setting(name),
  };
}

function pacedTracer(tracer: Tracer, begin: Begin): Tracer {
  return {
    open: async (signal) => {
      const session = await tracer.open(signal);
      return 'operation' in session ? session : pacedSession(session, begin);
    },
  };
}

function pacedSession(session: TraceSession, begin: Begin): TraceSession {
  return {
    follow: (flow) => session.follow(flow),
    events: () => session.events(),
    seen: (localPort) => session.seen(localPort),
    wait: (localPort, test, ms) => session.wait(localPort, test, ms),
    logged: () => session.logged(),
    lost: (protocol, to) => {
      const allotment = begin(to.address, traced.lost);
      if (!allotment) return [];
      allotment.settle(traced.lost);
      return session.lost(protocol, to);
    },
    answerLost: async (to) => {
      const allotment = begin(to.address, traced.answerLost);
      if (!allotment) return null;
      const lost = await session.answerLost(to);
      allotment.settle(traced.answerLost);
      return lost;
    },
    close: () => session.close(),
  };
}

function pacedPolicies(policies: Policies, allotting: Allotting): Policies {
  return {
    group: () => policies.group(),
    ofGroup: (group) => policies.ofGroup(group),
    ofInterface: (index) => policies.ofInterface(index),
    areForInterfaces: () => policies.areForInterfaces(),
    rootSockets: async () => {
      const sockets = await policies.rootSockets();
      return typeof sockets === 'string' ? sockets : pacedSockets(sockets, allotting);
    },
  };
}
