// Hears every packet that enters or leaves a machine of a world. What it hears is the truth about where a packet got to:
// the kernel hands a copy over before its packet filter on the way in, and behind it on the way out (net/core/dev.c,
// __netif_receive_skb_core and dev_queue_xmit_nit).
import { closeSync, openSync } from 'node:fs';
import { loadNative } from '../../../src/system/linux/native.js';
import type { Machine } from '../../world/topology.js';
import type { World } from '../../world/world.js';
import { readArp, readNeighbourDiscovery, readPacket, type NeighbourTalk, type Packet } from './packet.js';

export interface Sighting {
  readonly machine: Machine;
  readonly interface: number;
  readonly leaves: boolean;
  readonly packet: Packet;
}

export interface Asked extends NeighbourTalk {
  readonly machine: Machine;
  readonly leaves: boolean;
}

export interface Heard {
  readonly sightings: readonly Sighting[];
  readonly neighbours: readonly Asked[];
}

const CLONE_NEWNET = 0x40000000;
const [AF_PACKET, SOCK_DGRAM, SOCK_CLOEXEC, ETH_P_ALL] = [17, 2, 0o2000000, 3];
const [SOL_SOCKET, SO_RCVBUFFORCE, MSG_DONTWAIT, MSG_TRUNC] = [1, 33, 0x40, 0x20];
const [ETH_P_ARP, PACKET_OUTGOING] = [0x0806, 4];
/** A diagnosis sends some hundred packets; the kernel counts about 800 bytes for a small one. */
const HELD = 16 * 1024 * 1024;
const MOST = 60_000;

interface Calls {
  setns: (fd: number, kind: number) => number;
  socket: (family: number, kind: number, protocol: number) => number;
  setsockopt: (fd: number, level: number, name: number, value: Buffer, length: number) => number;
  recvfrom: (fd: number, to: Buffer, length: number, flags: number, from: Buffer, fromLength: Buffer) => number;
}

let calls: Calls | null = null;

function libc(): Calls {
  if (calls) return calls;
  const native = loadNative();
  if (typeof native === 'string') throw new Error(native);
  const library = native.load(null);
  calls = {
    setns: library.func('setns', 'int', ['int', 'int']) as Calls['setns'],
    socket: library.func('socket', 'int', ['int', 'int', 'int']) as Calls['socket'],
    setsockopt: library.func('setsockopt', 'int', ['int', 'int', 'int', 'void*', 'uint32']) as Calls['setsockopt'],
    recvfrom: library.func('recvfrom', 'long', [
      'int',
      'void*',
      'size_t',
      'int',
      'void*',
      'void*',
    ]) as Calls['recvfrom'],
  };
  return calls;
}

/** One socket in each machine's network; the kernel keeps what they hear until it is read. */
export class Wiretap {
  readonly #sockets = new Map<Machine, number>();

  constructor(world: World) {
    const { setns, socket, setsockopt } = libc();
    const home = openSync('/proc/thread-self/ns/net', 'r');
    const size = Buffer.alloc(4);
    size.writeInt32LE(HELD);
    try {
      for (const machine of world.topology.machines) {
        const network = openSync(`/run/netns/${world.namespace(machine)}`, 'r');
        if (setns(network, CLONE_NEWNET) !== 0) throw new Error(`${machine} cannot be entered`);
        // In network byte order, as packet(7) wants it.
        const fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, ETH_P_ALL << 8);
        setns(home, CLONE_NEWNET);
        closeSync(network);
        if (fd < 0) throw new Error(`no packet socket in ${machine}`);
        setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4);
        this.#sockets.set(machine, fd);
      }
    } finally {
      setns(home, CLONE_NEWNET);
      closeSync(home);
    }
  }

  /** Everything since the last time. */
  read(): Heard {
    const sightings: Sighting[] = [];
    const neighbours: Asked[] = [];
    const { recvfrom } = libc();
    const bytes = Buffer.alloc(2048);
    const from = Buffer.alloc(20);
    const length = Buffer.alloc(4);
    for (const [machine, fd] of this.#sockets) {
      for (let count = 0; count < MOST; count++) {
        length.writeInt32LE(from.length);
        const got = recvfrom(fd, bytes, bytes.length, MSG_DONTWAIT | MSG_TRUNC, from, length);
        if (got < 0) break;
        const held = bytes.subarray(0, Math.min(got, bytes.length));
        const leaves = from[10] === PACKET_OUTGOING;
        const talk = from.readUInt16BE(2) === ETH_P_ARP ? readArp(held) : readNeighbourDiscovery(held);
        if (talk !== null) neighbours.push({ machine, leaves, ...talk });
        else {
          const packet = readPacket(held);
          if (packet !== null) sightings.push({ machine, interface: from.readInt32LE(4), leaves, packet });
        }
      }
    }
    return { sightings, neighbours };
  }

  close(): void {
    for (const fd of this.#sockets.values()) closeSync(fd);
    this.#sockets.clear();
  }
}
