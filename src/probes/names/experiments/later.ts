import { fact, type ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { LaterAnswer } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers } from './asked-resolvers.js';
import { softwareOf } from './software.js';

/** TTLs are whole seconds: after this long one that runs has changed. */
const apartMs = 1_150;

/**
 * Whether an answer is a remembered one: the seconds for which it may still be kept run down between two questions. An
 * answer that a policy makes, and that of the zone's own server, has the same number each time.
 */
export const laterNames: Gatherer<'name.later'> = {
  fact: 'name.later',
  needs: ['name.config', 'name.direct'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: noName,
  async gather(facts, context) {
    const config = fact(facts, 'name.config');
    if (!config) return skipped('it is not known which resolvers this device asks');
    const name = askedName(facts.target.host, config);
    const before = fact(facts, 'name.direct')?.answers ?? [];
    const pairs = await Promise.all(
      ownResolvers(facts).map((server) => {
        const own = before.filter(({ resolver }) => resolver === server.address);
        const type = (own.find(({ failure }) => !failure) ?? own[0])?.type ?? 'A';
        return askTwice(server, name, type, context);
      }),
    );
    const resolvers = pairs.flatMap((pair) => pair ?? []);
    return resolvers.length > 0 ? known({ name, resolvers }, 'DNS') : skipped('no resolver answered twice');
  },
};

async function askTwice(
  server: Endpoint,
  name: string,
  type: ResolverAnswer['type'],
  context: Context,
): Promise<LaterAnswer | null> {
  const { system, options, signal } = context;
  const exchange = resolverExchange(system, options.interface);
  const settings = { udpTimeoutsMs: [400, 600], tcpTimeoutMs: 600, randomId: () => queryId(system), signal };
  const ask = async (): Promise<{ answer: ResolverAnswer | null; at: number }> => {
    const [result] = await askResolver(server, name, [TYPE[type]], exchange.io, settings);
    return { answer: result ? resolverAnswer(result, type, exchange) : null, at: system.clock.now() };
  };
  const software = softwareOf(server, exchange, context);
  const first = await ask();
  if (!first.answer?.rcode) return null;
  await system.clock.sleep(apartMs, signal);
  const second = await ask();
  if (!second.answer?.rcode) return null;
  const told = await software;
  return {
    resolver: server.address,
    first: first.answer,
    second: second.answer,
    apartMs: Math.round(second.at - first.at),
    ...(told !== null && { software: told }),
  };
}
