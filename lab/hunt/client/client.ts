// The hunt's own client: does what a program does that uses the target, and tells what it met. Run on the device, under
// the identity of the case; its packets and the counters that they move are the truth of the case.
import dns from 'node:dns';
import net from 'node:net';
import { converse } from './converse.js';
import type { Control, ControlsAnswer, Question, Request, TargetAnswer, Tried, Wish } from './words.js';

/** Long enough for the first repetition of a lost packet, which comes after 1 s. */
const CONNECT_MS = 1400;
const LOOKUP_MS = 4500;
/** Outside of what the kernel gives out by itself. */
let nextPort = 61_100;

function within<T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), ms);
    void work.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function lookup(host: string): Promise<Pick<TargetAnswer, 'addresses' | 'lookup'>> {
  const asked = dns.promises.lookup(host, { all: true }).then(
    (found) => ({ addresses: found.map(({ address }) => address), lookup: 'ok' }),
    (error: unknown) => ({ addresses: [], lookup: codeOf(error) }),
  );
  return within(asked, LOOKUP_MS, { addresses: [], lookup: 'timed-out' });
}

interface Dialled {
  readonly tried: Tried;
  readonly socket: net.Socket | null;
}

function dial({ address, port }: Control): Promise<Dialled> {
  const localPort = nextPort++;
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port, localPort, family: net.isIP(address) });
    const done = (connect: string, held: net.Socket | null): void => {
      clearTimeout(timer);
      resolve({ tried: { address, port, localPort, connect, ms: performance.now() - began }, socket: held });
    };
    const timer = setTimeout(() => {
      done('timed-out', null);
      socket.destroy();
    }, CONNECT_MS);
    socket.once('connect', () => done('ok', socket));
    socket.once('error', (error) => done(codeOf(error), null));
    socket.on('error', () => undefined);
  });
}

async function tryOne(to: Control, wish: Wish): Promise<Tried> {
  const { tried, socket } = await dial(to);
  if (socket === null) return tried;
  const more = await converse(socket, wish);
  socket.destroy();
  return { ...tried, ...more };
}

async function target(wish: Wish): Promise<TargetAnswer> {
  if (wish.proxy) {
    const tried = await tryOne(wish.proxy, wish);
    return { addresses: [], lookup: 'ok', tried: [tried] };
  }
  const found = await lookup(wish.host);
  // One address of each family is what the lab's names have.
  const tried = await Promise.all(
    found.addresses.slice(0, 4).map((address) => tryOne({ address, port: wish.port }, wish)),
  );
  return { ...found, tried };
}

async function ask({ resolver, name }: Question): Promise<ControlsAnswer['names'][number]> {
  const asker = new dns.promises.Resolver({ timeout: 700, tries: 1 });
  asker.setServers([resolver]);
  const one = (work: Promise<string[]>): Promise<{ addresses: string[]; outcome: string }> =>
    work.then(
      (addresses) => ({ addresses, outcome: 'ok' }),
      (error: unknown) => ({ addresses: [], outcome: codeOf(error) }),
    );
  const [four, six] = await Promise.all([one(asker.resolve4(name)), one(asker.resolve6(name))]);
  const addresses = [...four.addresses, ...six.addresses];
  return { resolver, name, addresses, outcome: addresses.length > 0 ? 'ok' : four.outcome };
}

async function controls({ connect, names, otherWay }: Extract<Request, { ask: 'controls' }>): Promise<ControlsAnswer> {
  const dialled = Promise.all(
    connect.map(async (to) => {
      const { tried, socket } = await dial(to);
      socket?.destroy();
      return tried;
    }),
  );
  const other = otherWay === null ? null : await tryOne(otherWay, otherWay);
  return { otherWay: other, connect: await dialled, names: await Promise.all(names.map((question) => ask(question))) };
}

export async function client(words: string): Promise<void> {
  const request = JSON.parse(words) as Request;
  const answer = request.ask === 'target' ? await target(request.wish) : await controls(request);
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}
