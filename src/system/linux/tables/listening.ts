/**
 * Listening sockets from the kernel itself, as `ss` asks for them (sock_diag(7), include/uapi/linux/inet_diag.h). /proc/net/tcp
 * has them too, but its reader walks through the whole table of connections behind them: 4 ms of the processor a family
 * where the machine has the memory for 262144, however few there are (measured).
 */
import type { ListenerFact } from '../../../model/facts.js';
import { scopeOf } from '../../../model/address.js';
import type { ForeignListener } from '../../../model/kernel-tables.js';
import { AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP } from '../constants.js';
import { inNetworkOf } from '../enter-network.js';
import type { Kernel } from '../kernel.js';
import { attributesIn, type Message } from '../trace/netlink-message.js';
import { addressText, viewOf } from './decode.js';
import { openRouteSocket, type RouteSocket } from './route-socket.js';

const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const INET_DIAG_SKV6ONLY = 11;
/** struct inet_diag_req_v2, and struct inet_diag_msg: each with a struct inet_diag_sockid in it. */
const questionLength = 56;
const answerLength = 72;
const states = { tcp: 10, udp: 7 } as const; // TCP_LISTEN; TCP_CLOSE, which is a UDP socket that is bound and not connected
const protocols = { tcp: IPPROTO_TCP, udp: IPPROTO_UDP } as const;

const kinds = [
  ['tcp', AF_INET],
  ['tcp', AF_INET6],
  ['udp', AF_INET],
  ['udp', AF_INET6],
] as const;

/** Without their programs. Null where the kernel does not tell (no such module, a sandbox). */
export function listeningSockets(
  kernel: Kernel,
  nameOf: (index: number) => string | null,
): readonly ListenerFact[] | null {
  const found = dumped(openRouteSocket(kernel, NETLINK_SOCK_DIAG), kinds);
  const all = found?.map((message) => listenerIn(message, nameOf)) ?? [null];
  return all.every((one) => one !== null) ? all : null;
}

/**
 * Those of TCP in the network of another process, which a socket belongs to that is made there. Null where this process may
 * not go there, too.
 */
export function listeningSocketsOf(kernel: Kernel, pid: number): readonly ForeignListener[] | null {
  const found = dumped(
    inNetworkOf(pid, () => openRouteSocket(kernel, NETLINK_SOCK_DIAG)),
    kinds.filter(([protocol]) => protocol === 'tcp'),
  );
  const all = found?.map(foreignIn) ?? [null];
  return all.every((one) => one !== null) ? all : null;
}

type Kind = (typeof kinds)[number];
type Told = Message & { readonly protocol: 'tcp' | 'udp' };

function dumped(socket: RouteSocket | number | null, wanted: readonly Kind[]): readonly Told[] | null {
  if (socket === null || typeof socket === 'number') return null;
  try {
    const found: Told[] = [];
    for (const [protocol, family] of wanted) {
      const answer = socket.dump(SOCK_DIAG_BY_FAMILY, question(protocol, family));
      if (typeof answer === 'number' || answer === null) return null;
      found.push(...answer.map((message) => ({ ...message, protocol })));
    }
    return found;
  } finally {
    socket.close();
  }
}

function question(protocol: 'tcp' | 'udp', family: number): Uint8Array {
  const bytes = new Uint8Array(questionLength);
  bytes[0] = family;
  bytes[1] = protocols[protocol];
  viewOf(bytes).setUint32(4, 1 << states[protocol], true);
  return bytes;
}

interface End {
  readonly view: DataView;
  readonly six: boolean;
  readonly address: string;
  readonly port: number;
}

function endOf({ type, body }: Told): End | null {
  if (type !== SOCK_DIAG_BY_FAMILY || body.length < answerLength) return null;
  const view = viewOf(body);
  const six = body[0] === AF_INET6;
  const address = addressText(body.subarray(8, six ? 24 : 12));
  return address === null ? null : { view, six, address, port: view.getUint16(4) };
}

function foreignIn(told: Told): ForeignListener | null {
  const end = endOf(told);
  return end && { address: end.address, port: end.port, inode: String(end.view.getUint32(68, true)) };
}

function listenerIn(told: Told, nameOf: (index: number) => string | null): ListenerFact | null {
  const end = endOf(told);
  if (!end) return null;
  const { view, six, address, port } = end;
  const bound = view.getUint32(40, true);
  // Of a link-local address the interface is a part of the address.
  const device = bound === 0 || scopeOf(address) === 'link-local' ? undefined : nameOf(bound);
  if (device === null) return null;
  const only = six ? attributesIn(told.body.subarray(answerLength)).get(INET_DIAG_SKV6ONLY)?.[0] : undefined;
  return {
    protocol: told.protocol,
    address,
    port,
    ...(device !== undefined && { device }),
    v6only: only === undefined ? null : only === 1,
    process: null,
    pid: null,
    backlog: told.protocol === 'tcp' ? { used: view.getUint32(56, true), limit: view.getUint32(60, true) } : null,
  };
}
