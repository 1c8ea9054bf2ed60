import { loginPorts } from '../model/login-ports.js';
import type { Links } from '../model/links.js';
import type { Sent } from '../model/report.js';
import type { ConverseRequest } from '../model/converse.js';
import type { DatagramRequest, DialRequest, DialResult, Dialling, Sockets, System } from '../model/system.js';

/** Most packets that one diagnosis sends to one address. */
const mostPerAddress = 150;
/**
 * What is set aside for one that is on its way: a first packet, and what ends it; a handshake; and what is sent again
 * where nobody answers for seconds (the kernel does so after 1, 3 and 7 s). Told exactly once it is over.
 */
const expected = { short: 2, silent: 3, open: 7, conversation: 7 };
/** What connections that stay open a while send again beyond that: nothing that opens one more is begun so near the bound. */
const spare = 6;
/** Before that the kernel does not send a first packet again. */
const secondPacketMs = 1_000;
/** Most connections that open to a port behind which a login is asked: nobody gets banned by their doctor. */
const mostLogins = 3;
const mostAddresses = 64;

const tooMany = 'not tried: enough was sent to this address';

export interface Pacer {
  readonly system: System;
  /** Packets sent so far, as far as the kernel tells. */
  count(): number;
  /** The same of each address, the most first. */
  perAddress(): readonly Sent[];
}

/** What one thing costs: known when it is over, expected before. */
type Cost = () => number;

/**
 * Bounds what goes to one destination, and counts it. What is over the bound is refused as `failed`, which no cause takes
 * for anything but "not measured".
 */
export function paced(system: System): Pacer {
  const costs = new Map<string, Cost[]>();
  const logins = new Map<string, number>();
  const spent = (address: string): number => (costs.get(address) ?? []).reduce((sum, cost) => sum + cost(), 0);
  const add = (address: string, cost: Cost): void => {
    const own = costs.get(address);
    if (own) own.push(cost);
    else costs.set(address, [cost]);
  };
  const isTooMany = (address: string, packets: number): boolean => spent(address) + packets > mostPerAddress;
  const isLogin = (request: DialRequest | ConverseRequest): boolean => {
    const reachesIt = request.ttl === undefined || 'waitMs' in request;
    if (!reachesIt || !loginPorts.has(request.port)) return false;
    const key = `${request.address} ${request.port}`;
    const login = (logins.get(key) ?? 0) + 1;
    if (login > mostLogins) return true;
    logins.set(key, login);
    return false;
  };
  /** A connection that never opened has not been to any login. */
  const wasNoLogin = (request: DialRequest | ConverseRequest): void => {
    const key = `${request.address} ${request.port}`;
    const login = logins.get(key);
    if (login !== undefined && login > 0) logins.set(key, login - 1);
  };
  const dial = (request: DialRequest, signal: AbortSignal): Dialling => {
    const begins = expectedOf(request);
    const more = request.discard === true ? 0 : spare;
    if (isTooMany(request.address, begins + more) || isLogin(request)) return refused;
    const dialling = system.sockets.dial(request, signal);
    let over: DialResult | null = null;
    add(request.address, () => (over === null ? begins : packetsOf(over)));
    void dialling.done
      .then((result) => {
        over = result;
        if (result.failure && request.ttl === undefined) wasNoLogin(request);
      })
      .catch(() => undefined);
    return dialling;
  };
  const datagram = async (request: DatagramRequest, signal: AbortSignal): ReturnType<Sockets['datagram']> => {
    if (isTooMany(request.address, 1))
      return {
        outcome: { operation: 'datagram', code: 'failed', raw: tooMany },
        ms: 0,
        icmp: null,
        ignored: 0,
        localPort: null,
      };
    add(request.address, () => 1);
    return system.sockets.datagram(request, signal);
  };
  const { converse, counters } = system.sockets;
  const conversation = async (
    request: ConverseRequest,
    signal: AbortSignal,
  ): ReturnType<NonNullable<typeof converse>> => {
    if (!converse || isTooMany(request.address, expected.conversation + spare) || isLogin(request)) return unopened;
    let packets = expected.conversation;
    add(request.address, () => packets);
    const result = await converse(request, signal);
    packets = Math.max(1, result.tcp?.segmentsOut ?? packets);
    if (result.ending === 'unopened') wasNoLogin(request);
    return result;
  };
  const sockets: Sockets = {
    ...(converse && { converse: conversation }),
    ...(counters && { counters }),
    dial,
    datagram,
    dialUnix: (path, timeoutMs, signal) => system.sockets.dialUnix(path, timeoutMs, signal),
  };
  const { links } = system;
  const counted: Links | undefined = links && {
    whoHas: (question, signal) => {
      add(question.address, () => question.times);
      return links.whoHas(question, signal);
    },
    knock: async (request, signal) => {
      if (isTooMany(request.address, 2)) return null;
      add(request.address, () => 2);
      return links.knock(request, signal);
    },
    // It sends nothing.
    leaving: (question, signal) => links.leaving(question, signal),
    answers: (address, signal, ready) => links.answers(address, signal, ready),
  };
  const wrapped: System = Object.create(system, {
    sockets: { value: sockets, enumerable: true },
    ...(counted && { links: { value: counted, enumerable: true } }),
  }) as System;
  const perAddress = (): Sent[] =>
    [...costs.keys()]
      .map((address) => ({ address, packets: spent(address) }))
      .toSorted((a, b) => b.packets - a.packets)
      .slice(0, mostAddresses);
  return {
    system: wrapped,
    count: () => [...costs.keys()].reduce((sum, address) => sum + spent(address), 0),
    perAddress,
  };
}

function expectedOf({ discard, timeoutMs, ttl }: DialRequest): number {
  if (timeoutMs >= secondPacketMs) return discard === true ? expected.silent : expected.open;
  // What opens takes three packets, though it is closed at once.
  if (discard === true && ttl === undefined) return expected.silent;
  return discard === true || ttl !== undefined ? expected.short : expected.open;
}

/** What the kernel counts: of an open connection so far, of a closed one to its end, without the packet that ends it. */
function packetsOf({ failure, tcp, synchronous, sent }: DialResult): number {
  if (synchronous) return 0;
  const told = sent?.() ?? tcp?.segmentsOut ?? 1;
  return Math.max(1, told) + (failure ? 0 : 1);
}

const refused: Dialling = {
  done: Promise.resolve({
    failure: { operation: 'connect', code: 'failed', raw: tooMany },
    synchronous: true,
    ms: 0,
    localAddress: null,
    localPort: null,
    icmp: null,
    tcp: null,
  }),
  peek: () => null,
  giveUp: () => undefined,
};

const unopened = {
  failure: { operation: 'connect', code: 'failed', raw: tooMany },
  ending: 'unopened',
  bytes: new Uint8Array(),
  total: 0,
  icmp: [],
  turnedBack: false,
  acknowledged: null,
  unsent: null,
  tcp: null,
  localPort: null,
  ms: 0,
} as const;
