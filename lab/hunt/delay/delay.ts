// Holds each packet that a rule hands to a queue for some time, then lets it go on: a slow line without netem, which
// not every kernel has. Run inside the router's network (include/uapi/linux/netfilter/nfnetlink_queue.h).
import { loadNative } from '../../../src/system/linux/native.js';
import { attribute, attributesIn, message, messagesIn } from '../../../src/system/linux/trace/netlink-message.js';

const [AF_INET, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER, MSG_DONTWAIT] = [2, 16, 3, 12, 0x40];
const SUBSYSTEM = 3 << 8;
const [PACKET, VERDICT, CONFIG] = [0, 1, 2];
const [CONFIG_COMMAND, CONFIG_PARAMETERS, PACKET_HEADER, VERDICT_HEADER] = [1, 2, 1, 2];
const [BIND, COPY_META, ACCEPT] = [1, 1, 1];
/** Looked for this often: finer than any delay that a hunt sets. */
const EVERY_MS = 1;

function word(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at);
  return bytes;
}

export function delay(queue: number, ms: number): void {
  const native = loadNative();
  if (typeof native === 'string') throw new Error(native);
  const library = native.load(null);
  const socket = library.func('socket', 'int', ['int', 'int', 'int']) as (a: number, b: number, c: number) => number;
  type Move = (fd: number, bytes: Uint8Array, length: number, flags: number) => number;
  const send = library.func('send', 'long', ['int', 'void*', 'size_t', 'int']) as Move;
  const receive = library.func('recv', 'long', ['int', 'void*', 'size_t', 'int']) as Move;
  const fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
  if (fd < 0) throw new Error(`no netlink socket: errno ${native.errno()}`);
  const say = (kind: number, ...attributes: Uint8Array[]): void => {
    const bytes = message(SUBSYSTEM | kind, 0, 0, 0, queue, ...attributes);
    send(fd, bytes, bytes.length, 0);
  };
  say(CONFIG, attribute(CONFIG_COMMAND, Uint8Array.of(BIND, 0, 0, AF_INET)));
  say(CONFIG, attribute(CONFIG_PARAMETERS, Uint8Array.of(...word(0), COPY_META)));
  const held: { id: number; due: number }[] = [];
  const bytes = Buffer.alloc(70_000);
  const look = (): void => {
    for (let got = receive(fd, bytes, bytes.length, MSG_DONTWAIT); got > 0;) {
      for (const one of messagesIn(Uint8Array.from(bytes.subarray(0, got)))) {
        const header =
          one.type === (SUBSYSTEM | PACKET) ? attributesIn(one.body.subarray(4)).get(PACKET_HEADER) : undefined;
        if (header) held.push({ id: Buffer.from(header).readUInt32BE(0), due: performance.now() + ms });
      }
      got = receive(fd, bytes, bytes.length, MSG_DONTWAIT);
    }
    const now = performance.now();
    for (let first = held[0]; first && first.due <= now; first = held[0]) {
      held.shift();
      say(VERDICT, attribute(VERDICT_HEADER, word(ACCEPT, first.id)));
    }
  };
  setInterval(look, EVERY_MS);
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
  process.stdout.write('ready\n');
}
