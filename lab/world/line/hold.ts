// Holds each packet that a rule hands to a queue for as long as a slow line would, then lets it go on: delay, jitter and
// bandwidth without netem, which not every kernel has. Run inside the router's network
// (include/uapi/linux/netfilter/nfnetlink_queue.h).
import { loadNative } from '../../../src/system/linux/native.js';
import { attribute, attributesIn, message, messagesIn } from '../../../src/system/linux/trace/netlink-message.js';
import { Due, type Pace } from './due.js';

const [AF_INET, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER, MSG_DONTWAIT] = [2, 16, 3, 12, 0x40];
const SUBSYSTEM = 3 << 8;
const [PACKET, VERDICT, CONFIG] = [0, 1, 2];
const [CONFIG_COMMAND, CONFIG_PARAMETERS, CONFIG_LENGTH] = [1, 2, 3];
const [PACKET_HEADER, VERDICT_HEADER, PAYLOAD, WHOLE_LENGTH] = [1, 2, 10, 13];
const [BIND, COPY_PACKET, DROP, ACCEPT] = [1, 2, 0, 1];
/** Copied of each packet: enough for the kernel to tell its whole length (NFQA_CAP_LEN). */
const COPIED = 20;
/** Packets that the kernel keeps for us at most: far more than any test sends at once. */
const MOST_HELD = 20_000;
/** Looked for this often: finer than any delay that is set. */
const EVERY_MS = 1;

function word(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at);
  return bytes;
}

/** Until standard input ends. Says "ready" once the queue is its own. */
export function hold(queue: number, pace: Pace): void {
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
  const decide = (id: number, verdict: number): void => say(VERDICT, attribute(VERDICT_HEADER, word(verdict, id)));
  say(CONFIG, attribute(CONFIG_COMMAND, Uint8Array.of(BIND, 0, 0, AF_INET)));
  say(CONFIG, attribute(CONFIG_PARAMETERS, Uint8Array.of(...word(COPIED), COPY_PACKET)));
  say(CONFIG, attribute(CONFIG_LENGTH, word(MOST_HELD)));
  const due = new Due(pace);
  let held: { id: number; at: number }[] = [];
  const bytes = Buffer.alloc(70_000);
  const look = (): void => {
    for (let got = receive(fd, bytes, bytes.length, MSG_DONTWAIT); got > 0;) {
      for (const one of messagesIn(Uint8Array.from(bytes.subarray(0, got)))) {
        if (one.type !== (SUBSYSTEM | PACKET)) continue;
        const attributes = attributesIn(one.body.subarray(4));
        const header = attributes.get(PACKET_HEADER);
        if (!header) continue;
        const id = Buffer.from(header).readUInt32BE(0);
        const whole = attributes.get(WHOLE_LENGTH);
        const length = whole ? Buffer.from(whole).readUInt32BE(0) : (attributes.get(PAYLOAD)?.length ?? 0);
        const at = due.of(length, performance.now());
        if (at === null) decide(id, DROP);
        else held.push({ id, at });
      }
      got = receive(fd, bytes, bytes.length, MSG_DONTWAIT);
    }
    const now = performance.now();
    for (const { id } of held.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)) decide(id, ACCEPT);
    held = held.filter(({ at }) => at > now);
  };
  setInterval(look, EVERY_MS);
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
  process.stdout.write('ready\n');
}
