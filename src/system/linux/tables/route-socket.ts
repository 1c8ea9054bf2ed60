import { AF_NETLINK, EINTR, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW } from '../constants.js';
import type { Kernel } from '../kernel.js';
import { errorOf, join, type Message, messagesIn } from '../trace/netlink-message.js';
import { viewOf } from './decode.js';

const NETLINK_ROUTE = 0;
const NLM_F_REQUEST = 0x001;
const NLM_F_DUMP = 0x300;
const NLMSG_DONE = 3;
const headerLength = 16;
/** A full table of the Internet's routes is beyond this: then somebody else must look for the few that matter. */
const maxMessages = 20_000;
const maxReads = 4_096;

/** Messages, or the errno with which the kernel refused; null when the answer is too long or makes no sense. */
export type Answered = readonly Message[] | number | null;

export interface RouteSocket {
  /** One answer. */
  get(type: number, body: Uint8Array): Answered;
  /** A whole table. */
  dump(type: number, body: Uint8Array): Answered;
  close(): void;
}

/**
 * A socket to the kernel's routing tables, or to others that are asked for in the same way, or the errno. The kernel has
 * answered when send() returns: nothing waits.
 */
export function openRouteSocket(kernel: Kernel, protocol = NETLINK_ROUTE): RouteSocket | number {
  const { libc } = kernel;
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (fd < 0) return libc.errno();
  let sequence = 0;
  const ask = (type: number, flags: number, body: Uint8Array): Answered => {
    sequence++;
    const unsent = kernel.send(fd, request(type, flags, sequence, body));
    if (unsent !== 0) return unsent;
    const found: Message[] = [];
    for (let read = 0; read < maxReads && found.length < maxMessages; read++) {
      const bytes = kernel.receive(fd);
      if (bytes === EINTR) continue;
      if (typeof bytes === 'number') return null;
      for (const message of messagesIn(bytes)) {
        if (message.sequence !== sequence) continue;
        if (message.type === NLMSG_DONE) return endedWith(message) ?? found;
        const errno = errorOf(message);
        if (errno !== null) return errno === 0 ? found : errno;
        found.push(message);
      }
      if (flags !== NLM_F_DUMP && found.length > 0) return found;
    }
    return null;
  };
  return {
    get: (type, body) => ask(type, 0, body),
    dump: (type, body) => ask(type, NLM_F_DUMP, body),
    close: () => kernel.close(fd),
  };
}

/**
 * The errno with which a table broke off, or null where it is whole. A kernel without the module for a kind of sockets says so
 * here alone (ENOENT; netlink_dump_done): taken for the end of an empty table, it would be "nobody listens".
 */
function endedWith({ body }: Message): number | null {
  const said = body.length < 4 ? 0 : viewOf(body).getInt32(0, true);
  return said < 0 ? -said : null;
}

function request(type: number, flags: number, sequence: number, body: Uint8Array): Uint8Array {
  const header = new Uint8Array(headerLength);
  const view = new DataView(header.buffer);
  view.setUint32(0, headerLength + body.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, NLM_F_REQUEST | flags, true);
  view.setUint32(8, sequence, true);
  return join([header, body]);
}
