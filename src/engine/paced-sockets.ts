import { loginPorts } from '../model/login-ports.js';
import { OverBudget, tooMany } from '../model/over-budget.js';
import type { ConverseRequest, ConverseResult } from '../model/converse.js';
import type { DatagramRequest, DatagramResult, DialRequest, DialResult, Dialling, Sockets } from '../model/system.js';
import type { Allotment } from './budget.js';

/**
 * What is set aside for one that is on its way: a first packet, and what ends it; one that opens is acknowledged before it
 * is ended; a handshake, and what is sent again of it. Of a conversation, which nobody can look at on
 * its way, three more where an answer can come: each packet of it that arrives out of order, because one before it was
 * lost, is acknowledged by itself.
 * Told exactly once it is over.
 */
const expected = { short: 2, ended: 3, open: 7, conversation: 8, shortConversation: 5 };
/** What connections that stay open a while send again beyond that: nothing that opens one more is begun so near the bound. */
const spare = 4;
/**
 * Left by connections that are only begun, for one that is open already: where packets get lost, a page that is still coming
 * needs more of them, and counting what gets lost would take them all.
 */
const forOpen = 12;
/** What ends an open connection: a reset, or its own end and the acknowledgement of the other side's. */
const ending = 2;
/** When what nobody acknowledges is sent again on a short way (measured: the probe for a lost tail, then TCP_RTO_MIN doubled). */
const copiesAtMs = [50, 250, 650, 1_450];
/** A first packet that nobody answers is sent again each second at first (tcp_syn_linear_timeouts, Linux 6.5), before that after 1, 3 and 7 s. */
const secondPacketMs = 1_000;
/** Most connections that open to a port behind which a login is asked: nobody gets banned by their doctor. */
const mostLogins = 3;

/** Whether a connection may be begun to a port of a login; told once how it came out. */
type Login =
  | { readonly may: true; readonly over: (opened: boolean, refused: boolean) => void }
  | { readonly may: false };

export interface Allotting {
  /** Null: refused. */
  begin(address: string, packets: number, left?: number, leftForOpen?: number, takesKept?: boolean): Allotment | null;
  /** So many are left there for one that takes what is kept. */
  keep(address: string, packets: number): void;
  /** The same, where it can wait a while for what others on their way leave over of theirs. */
  beginSoon(address: string, packets: number, signal: AbortSignal): Promise<Allotment | null>;
  /** Something was opened that may send on: it has to be looked at. */
  opened(): void;
}

/**
 * Sockets of which each packet is within the bound of its address. What is refused is `failed`, which no cause takes for
 * anything but "not measured".
 */
export function pacedSockets(sockets: Sockets, budgets: Allotting): Sockets {
  const logins = new Map<string, number>();
  const opensFrom = new Map<string, number>();
  const keyOf = ({ address, port }: DialRequest | ConverseRequest): string => `${address} ${port}`;
  /** Who refused the last one has no login to ask: what is begun then counts once it opens. */
  const refusing = new Set<string>();
  const loginBy = (request: DialRequest | ConverseRequest): Login => {
    const reachesIt = request.ttl === undefined || 'waitMs' in request;
    if (!reachesIt || !loginPorts.has(request.port)) return { may: true, over: () => undefined };
    const key = keyOf(request);
    const add = (many: number): void => void logins.set(key, (logins.get(key) ?? 0) + many);
    const counted = !refusing.has(key);
    if (counted && (logins.get(key) ?? 0) >= mostLogins) return { may: false };
    if (counted) add(1);
    const over = (opened: boolean, refused: boolean): void => {
      if (refused) refusing.add(key);
      if (opened) refusing.delete(key);
      if (opened !== counted) add(opened ? 1 : -1);
    };
    return { may: true, over };
  };
  const dial = (request: DialRequest, signal: AbortSignal): Dialling => {
    const { address, discard, patient, keeps, takesKept = false } = request;
    if (keeps !== undefined) budgets.keep(address, keeps);
    const packets = expectedOf(request, opensFrom.get(address));
    if (patient === true) return laterDial(request, packets, signal);
    const allotment =
      discard === true
        ? budgets.begin(address, packets, 0, forOpen)
        : budgets.begin(address, packets, spare, 0, takesKept);
    return allotment ? dialWith(allotment, request, signal) : refusedDial;
  };
  const laterDial = (request: DialRequest, packets: number, signal: AbortSignal): Dialling => {
    const stop = new AbortController();
    let begun: Dialling | null = null;
    const begin = async (): Promise<DialResult> => {
      const allotment = await budgets.beginSoon(request.address, packets, AbortSignal.any([signal, stop.signal]));
      begun = allotment ? dialWith(allotment, request, signal) : refusedDial;
      return begun.done;
    };
    return { done: begin(), peek: () => begun?.peek() ?? null, giveUp: () => (begun ? begun.giveUp() : stop.abort()) };
  };
  const dialWith = (allotment: Allotment, request: DialRequest, signal: AbortSignal): Dialling => {
    const { address, ttl } = request;
    const login = loginBy(request);
    if (!login.may) {
      allotment.settle(0);
      return refusedDial;
    }
    const dialling = sockets.dial(request, signal);
    const over = (result: DialResult): DialResult => {
      const { failure, stream, sent } = result;
      login.over(!failure, failure?.code === 'refused');
      if (!failure && ttl !== undefined) opensFrom.set(address, Math.min(ttl, opensFrom.get(address) ?? Infinity));
      if (!stream || !sent) {
        allotment.settle(packetsOf(result));
        return result;
      }
      const all = (): number => Math.max(1, sent()) + ending;
      allotment.follow(all, () => stream.destroy(new OverBudget()));
      stream.once('close', () => allotment.settle(all()));
      // A burst of packets is acknowledged before anybody here has a turn: looked at with what it brings.
      const push = stream.push.bind(stream);
      stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
        budgets.opened();
        return push(chunk, encoding);
      };
      budgets.opened();
      return result;
    };
    return { ...dialling, done: dialling.done.then(over) };
  };
  const datagram = async (request: DatagramRequest, signal: AbortSignal): Promise<DatagramResult> => {
    const allotment = budgets.begin(request.address, 1);
    if (!allotment) return refusedDatagram;
    const result = await sockets.datagram(request, signal);
    allotment.settle(1);
    return result;
  };
  const { converse, counters } = sockets;
  const conversation = async (request: ConverseRequest, signal: AbortSignal): Promise<ConverseResult> => {
    const own = request.ttl === undefined ? expected.conversation : expected.shortConversation;
    const most = own + copiesAtMs.filter((ms) => ms < request.waitMs).length;
    const allotment = converse ? await budgets.beginSoon(request.address, most, signal) : null;
    if (!converse || !allotment) return unopened;
    const login = loginBy(request);
    if (!login.may) {
      allotment.settle(0);
      return unopened;
    }
    const result = await converse(request, signal);
    const isOpen = result.ending !== 'unopened' && result.ending !== 'reset';
    allotment.settle(Math.max(1, result.tcp?.segmentsOut ?? most) + (isOpen ? 1 : 0));
    login.over(result.ending !== 'unopened', false);
    return result;
  };
  return {
    ...(converse && { converse: conversation }),
    ...(counters && { counters }),
    dial,
    datagram,
    dialUnix: (path, timeoutMs, signal) => sockets.dialUnix(path, timeoutMs, signal),
  };
}

/** `opensFrom`: the smallest hop limit with which a connection to that address was seen to open. */
function expectedOf({ discard, timeoutMs, ttl }: DialRequest, opensFrom = Infinity): number {
  const copies = Math.floor(timeoutMs / secondPacketMs);
  // One that may open takes three packets, though it is closed at once.
  const mayOpen = ttl === undefined || ttl >= opensFrom;
  if (discard === true) return (mayOpen ? expected.ended : expected.short) + copies;
  return copies === 0 && ttl !== undefined ? expected.short : expected.open;
}

/** What the kernel counts to its end, without the packet that ends it. */
function packetsOf({ failure, tcp, synchronous }: DialResult): number {
  return synchronous ? 0 : Math.max(1, tcp?.segmentsOut ?? 1) + (failure ? 0 : 1);
}

const refusedDial: Dialling = {
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

const refusedDatagram: DatagramResult = {
  outcome: { operation: 'datagram', code: 'failed', raw: tooMany },
  ms: 0,
  icmp: null,
  ignored: 0,
  localPort: null,
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
