import { familyOf } from '../../../model/address.js';
import type {
  Knock,
  KnockOutcome,
  LeavingCount,
  LeavingQuestion,
  LinkAnswer,
  LinkQuestion,
  Links,
  RouterQuestion,
  RouterWord,
} from '../../../model/links.js';
import { realClock } from '../../clock.js';
import { errnoName } from '../../errno-names.js';
import { monotonic } from '../../monotonic.js';
import { SOCK_STREAM } from '../constants.js';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';
import { encodeSocketAddress } from '../socket-address.js';
import { hearAnswers } from './answers.js';
import { parseMac } from './bytes.js';
import { answerIn, ethernet, ethernetLength, ETH_P_ALL, ETH_P_ARP, ETH_P_IP, ETH_P_IPV6, question } from './frames.js';
import { openPacketSocket } from './packet-socket.js';
import { portalAdvertised, solicitationOfRouters } from './router-advertisement.js';
import { answersFrom, answerTo, opensTo, synPacket } from './syn.js';

/** Between two questions of the same kind; some devices answer only the second one, from their sleep. */
const everyMs = 40;
const mostAnswers = 64;

export function linuxLinks(kernel: Kernel, readiness: Readiness): Links {
  return {
    whoHas: (asked, signal) => whoHas(kernel, readiness, asked, signal),
    knock: (request, signal) => knock(kernel, readiness, request, signal),
    leaving: (asked, signal) => leaving(kernel, readiness, asked, signal),
    routersSay: (asked, signal) => routersSay(kernel, readiness, asked, signal),
    answers: (address, signal, ready) => hearAnswers(kernel, readiness, address, signal, ready),
  };
}

async function whoHas(
  kernel: Kernel,
  readiness: Readiness,
  { address, index, source, times, waitMs }: LinkQuestion,
  signal: AbortSignal,
): Promise<readonly LinkAnswer[] | string> {
  const socket = openPacketSocket(kernel, readiness, index, familyOf(address) === 6 ? ETH_P_IPV6 : ETH_P_ARP);
  if (typeof socket === 'string') return socket;
  try {
    const frame = question(address, source, socket.mac);
    if (!frame) return 'the addresses are of different kinds';
    const answers: LinkAnswer[] = [];
    const began = monotonic();
    socket.listen((bytes) => {
      const answer = answerIn(bytes, address);
      if (answer && answers.length < mostAnswers) answers.push({ ...answer, ms: monotonic() - began });
    });
    for (let i = 0; i < times && !signal.aborted; i++) {
      const errno = socket.send(frame);
      if (errno !== 0) return errnoName(errno);
      await realClock.sleep(i === times - 1 ? waitMs : everyMs, signal);
    }
    return answers;
  } finally {
    socket.close();
  }
}

/** One that has several routers is asked no longer for the others' sake than these take: they all wait half a second at most. */
const amongRoutersMs = 50;
const mostRouters = 8;

async function routersSay(
  kernel: Kernel,
  readiness: Readiness,
  { index, source, waitMs }: RouterQuestion,
  signal: AbortSignal,
): Promise<readonly RouterWord[] | string> {
  const socket = openPacketSocket(kernel, readiness, index, ETH_P_IPV6);
  if (typeof socket === 'string') return socket;
  try {
    const frame = solicitationOfRouters(source, socket.mac);
    if (!frame) return 'it has no address of the link';
    const words: RouterWord[] = [];
    const heard = new Promise<void>((resolve) => {
      socket.listen((bytes) => {
        const word = portalAdvertised(bytes);
        if (!word || words.length >= mostRouters || words.some((one) => one.from === word.from)) return;
        words.push(word);
        resolve();
      });
    });
    const errno = socket.send(frame);
    if (errno !== 0) return errnoName(errno);
    await Promise.race([
      heard.then(() => realClock.sleep(Math.min(amongRoutersMs, waitMs), signal)),
      realClock.sleep(waitMs, signal),
    ]);
    return words;
  } finally {
    socket.close();
  }
}

/** A packet socket hears what goes out behind all filters, hooks on egress included (measured). */
async function leaving(
  kernel: Kernel,
  readiness: Readiness,
  { address, port, index }: LeavingQuestion,
  signal: AbortSignal,
): Promise<LeavingCount | string> {
  const socket = openPacketSocket(kernel, readiness, index, ETH_P_ALL);
  if (typeof socket === 'string') return socket;
  let frames = 0;
  let opening = 0;
  let answers = 0;
  socket.listen((frame) => {
    if (!socket.mac.every((byte, i) => frame[6 + i] === byte)) {
      if (answersFrom(frame, address, port)) answers += 1;
      return;
    }
    frames += 1;
    if (opensTo(frame, address, port)) opening += 1;
  });
  if (!signal.aborted)
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  socket.close();
  return { frames, opening, answers };
}

/**
 * A port is bound for it, so that nobody else's connection is meant. When the other side accepts, this device's own stack
 * knows of no connection and ends it by a reset.
 */
async function knock(
  kernel: Kernel,
  readiness: Readiness,
  { address, port, source, index, mac, timeoutMs }: Knock,
  signal: AbortSignal,
): Promise<KnockOutcome | null> {
  const family = familyOf(address);
  const to = parseMac(mac);
  const local = encodeSocketAddress(source, 0);
  if (family === 0 || !to || !local) return null;
  const fd = kernel.open(family, SOCK_STREAM);
  if (fd < 0) return null;
  const type = family === 4 ? ETH_P_IP : ETH_P_IPV6;
  const socket = openPacketSocket(kernel, readiness, index, type);
  try {
    if (typeof socket === 'string') return null;
    if (kernel.bind(fd, local.bytes) !== 0) return null;
    const sequence = Math.floor(Math.random() * 0x1_0000_0000);
    const ends = { source, sourcePort: kernel.local(fd)?.port ?? 0, address, port, sequence };
    const packet = synPacket(ends);
    if (!packet) return null;
    return await new Promise<KnockOutcome | null>((resolve) => {
      socket.listen((frame) => {
        const answer = answerTo(ends, frame.subarray(ethernetLength));
        if (answer) resolve(answer);
      });
      if (socket.send(ethernet(to, socket.mac, type, packet)) !== 0) resolve(null);
      void realClock.sleep(timeoutMs, signal).then(() => resolve('none'));
    });
  } finally {
    if (typeof socket !== 'string') socket.close();
    kernel.close(fd);
  }
}
