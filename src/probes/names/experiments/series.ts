import { fact, type Facts, type LossCount } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import { known, skipped } from '../../../model/observed.js';
import { classify, isReadable } from '../../dns/classify.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { decodeMessage } from '../../dns/message.js';
import { encodeQuery } from '../../dns/query.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { queryId } from '../resolver-exchange.js';
import { isLoopback, noName, ownResolvers } from './asked-resolvers.js';

const mostResolvers = 2;
/** As many as a resolver that limits its answers to one asker gives in a second without any of its limits showing. */
const questions = 10;
const everyMs = 30;
const silenceMs = 900;

/**
 * How many of a few questions in a row are answered, each sent once, where one was silent: packets that get lost let some
 * through, a block or a resolver that is off none.
 */
export const seriesNames: Gatherer<'name.series'> = {
  fact: 'name.series',
  needs: ['name.config', 'name.direct'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  // By then each question was sent twice, and the system's own is still silent.
  hedge: { fact: 'name.system', afterMs: 2_100 },
  when: (facts) =>
    noName(facts) ?? (farResolvers(facts).length === 0 ? 'no name server outside this computer was silent' : null),
  async gather(facts, context) {
    const config = fact(facts, 'name.config');
    if (!config) return skipped('it is not known which resolvers this device asks');
    const name = askedName(facts.target.host, config);
    const counts = await Promise.all(farResolvers(facts).map((server) => count(server, name, context)));
    return context.signal.aborted ? skipped('ended before all were asked') : known(counts, 'DNS');
  },
};

/** Those of which a question was silent; while the system's own lookup is, all of them. */
function farResolvers(facts: Facts): Endpoint[] {
  const answers = fact(facts, 'name.direct')?.answers ?? [];
  const system = facts['name.system'];
  const unheard = system === undefined || (system.state === 'failed' && system.failure.code === 'timed-out');
  const late = system?.state === 'known' && system.value.silentMs !== undefined;
  const wasSilent = ({ address }: Endpoint): boolean =>
    answers.some(({ resolver, failure }) => resolver === address && failure?.code === 'timed-out');
  return ownResolvers(facts)
    .filter((server) => !isLoopback(server.address) && (unheard || late || wasSilent(server)))
    .slice(0, mostResolvers);
}

async function count(
  { address, port }: Endpoint,
  name: string,
  { system, options, signal, remaining }: Context,
): Promise<LossCount> {
  const timeoutMs = Math.max(50, Math.min(silenceMs, remaining() - 200));
  const type = options.family === 6 ? TYPE.AAAA : TYPE.A;
  const asked: Promise<boolean>[] = [];
  for (let i = 0; i < questions && !signal.aborted; i++) {
    const question = { id: queryId(system), name, type };
    const query = encodeQuery({ ...question, edns: null });
    if (!query.ok) break;
    const accept = (bytes: Uint8Array): boolean => isReadable(classify(question, decodeMessage(bytes)));
    const request = { address, port, payload: query.bytes, timeoutMs, interface: options.interface, accept };
    asked.push(system.sockets.datagram(request, signal).then(({ outcome }) => outcome === 'reply'));
    await system.clock.sleep(everyMs, signal);
  }
  const answered = await Promise.all(asked);
  return { address, sent: answered.length, answered: answered.filter(Boolean).length };
}
