import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { PacketSizes } from '../../model/way-facts.js';

const longestWay = 6;
const silence = { leastMs: 200, mostMs: 500 };
/** Where traceroute begins: no service is meant (traceroute(8)). */
const port = 33_434;
const udpHeader = 8;

/** How far datagrams of those two sizes get that must not be split: the routers that say that one ended there. */
export async function reachOf(
  address: string,
  largest: number,
  tooLarge: number,
  roundTripsMs: number,
  context: Context,
): Promise<PacketSizes['reach']> {
  const waitMs = Math.min(silence.mostMs, Math.max(silence.leastMs, roundTripsMs));
  const [small, large] = await Promise.all(
    [largest, tooLarge].map((size) => routersFor(address, size, waitMs, context)),
  );
  return small && large ? { largest: small, tooLarge: large } : null;
}

async function routersFor(
  address: string,
  size: number,
  waitMs: number,
  { system, options, signal, remaining }: Context,
): Promise<string[] | null> {
  const payload = new Uint8Array(size - udpHeader - (familyOf(address) === 6 ? 40 : 20));
  const timeoutMs = Math.max(50, Math.min(waitMs, remaining() / 3));
  const answers = await Promise.all(
    Array.from({ length: longestWay }, (_, i) =>
      system.sockets.datagram(
        { address, port, payload, timeoutMs, ttl: i + 1, whole: true, interface: options.interface },
        signal,
      ),
    ),
  );
  // One that was not sent says nothing of the way.
  if (answers.some(({ outcome }) => outcome !== 'reply' && outcome.code === 'failed')) return null;
  const exceeded = familyOf(address) === 6 ? 3 : 11;
  return answers.flatMap(
    ({ icmp }) => icmp?.find(({ origin, type }) => origin !== 'local' && type === exceeded)?.from ?? [],
  );
}
