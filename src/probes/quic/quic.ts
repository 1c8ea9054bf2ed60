import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { QuicTry } from '../../model/way-facts.js';
import { askResolver } from '../dns/exchange.js';
import { TYPE } from '../dns/registry.js';
import { queryId, resolverExchange } from '../names/resolver-exchange.js';
import { advertised, quicHead } from './quic-head.js';
import { quicAt } from './quic-try.js';

/** Silence shows only when it is waited for; else the answer gets as long as answers of this server take. */
const silenceMs = 1_000;
const roundTrips = 2;
const leastMs = 15;
const mostMs = 150;
/** One datagram may get lost; three do not. */
const times = 3;
const recordMs = [400, 600];

/**
 * Whether a server that offers HTTP/3 answers by QUIC too. Without `--thorough` nobody waits for silence: then only a
 * refusal or an answer that comes at once is known.
 */
export const quicGatherer: Gatherer<'quic'> = {
  ...quicHead,
  async gather(facts, context) {
    const place = advertised(facts) ?? (await advertisedByName(facts, context));
    if (!place) return skipped('the server offers no HTTP/3');
    const { thorough } = context.options;
    const quick = Math.min(mostMs, Math.max(leastMs, roundTripOf(place.address, facts) * roundTrips));
    const tries: QuicTry[] = [];
    for (let i = 0; i < (thorough ? times : 1) && !context.signal.aborted; i++) {
      const one = await quicAt(place.address, place.port, thorough ? silenceMs : quick, thorough, context);
      tries.push(one);
      if (!one.failure || one.failure.code !== 'timed-out') break;
    }
    return known(tries, 'QUIC version negotiation');
  },
};

function roundTripOf(address: string, facts: Facts): number {
  const probe = fact(facts, 'connect')?.find((one) => one.address === address);
  return Math.max(0, ...[probe?.first].flatMap((one) => (one?.tcp ? [one.tcp.rttUs / 1000] : [])));
}

/** The name's HTTPS record names the protocol (RFC 9460, 7.1): asked of this device's own first resolver. */
async function advertisedByName(facts: Facts, context: Context): Promise<ReturnType<typeof advertised>> {
  const { target } = facts;
  const [resolver] = fact(facts, 'name.config')?.resolvers ?? [];
  const page = fact(facts, 'http')?.find((one) => !one.failure);
  if (target.literal !== 0 || !resolver || !page) return null;
  const { system, options, signal } = context;
  const { io } = resolverExchange(system, options.interface);
  const settings = { udpTimeoutsMs: recordMs, randomId: () => queryId(system), signal };
  const [result] = await askResolver(resolver, target.host, [TYPE.HTTPS], io, settings);
  const records = result?.kind === 'answer' ? result.answers : [];
  const offers = records.some(({ data }) => data.kind === 'HTTPS' && data.priority > 0 && data.alpn.includes('h3'));
  return offers ? { address: page.address, port: target.port } : null;
}
