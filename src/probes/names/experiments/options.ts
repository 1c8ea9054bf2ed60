import { fact, type Facts, type NameConfig } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { NameOptions, OptionTry } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import { classify, isReadable } from '../../dns/classify.js';
import type { Endpoint, ExchangeOutcome } from '../../dns/datagram-exchange.js';
import { decodeMessage } from '../../dns/message.js';
import { encodeQuery } from '../../dns/query.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers } from './asked-resolvers.js';

/** What glibc says that it takes, with edns0 (RESOLV_EDNS_BUFFER_SIZE in resolv/resolv-internal.h). */
const glibcPayload = 1200;
const rounds = 3;
/** More of them where the question is how many get lost: as many as in `name.series`. */
const countedRounds = 10;
const everyMs = 40;
const silenceMs = 1_000;
/** resolv.conf(5): as long as a system waits that nothing was said to. */
const usualTimeoutMs = 5_000;

/**
 * The experiment for an option of resolv.conf(5): each resolver is asked as glibc asks without any option, and as it asks with
 * that one, in turns. Nothing else differs, and each question is sent once.
 */
export const nameOptions: Gatherer<'name.options'> = {
  fact: 'name.options',
  needs: ['name.config', 'name.direct'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  apart: true,
  when: (facts) =>
    noName(facts) ?? (suspects(fact(facts, 'name.config')).length === 0 ? 'no option changes how it is asked' : null),
  async gather(facts, context) {
    const config = fact(facts, 'name.config');
    if (!config) return skipped('it is not known which resolvers this device asks');
    const name = askedName(facts.target.host, config);
    const all = await Promise.all(ownResolvers(facts).map((server) => askOne(server, name, config, facts, context)));
    if (context.signal.aborted) return skipped('ended before all were asked');
    return known({ name, tries: all.flat() } satisfies NameOptions, 'DNS');
  },
};

type How = OptionTry['how'];

/** Those options of the file that can keep an answer from coming. */
export function suspects(config: NameConfig | undefined): string[] {
  const reads = (word: string): boolean => config?.libc !== 'musl' || word === 'timeout' || word === 'attempts';
  return (config?.options ?? []).map(({ word }) => word).filter((word) => word !== 'rotate' && reads(word));
}

async function askOne(
  server: Endpoint,
  name: string,
  config: NameConfig,
  facts: Facts,
  context: Context,
): Promise<OptionTry[]> {
  const words = suspects(config);
  const ways = (['use-vc', 'edns0', 'trust-ad'] as const).filter((way) => words.includes(way));
  const waits = words.includes('timeout') || words.includes('attempts');
  const said = new Map<How, Promise<Said>[]>();
  const answered = (fact(facts, 'name.direct')?.answers ?? []).filter(
    ({ resolver, failure }) => resolver === server.address && failure?.code !== 'timed-out',
  );
  // Silence need not be waited for longer than three times what an answer has just taken, where one came.
  const quickest = Math.min(...answered.map(({ ms }) => ms));
  const silence = answered.length > 0 ? Math.max(silenceMs, 3 * quickest) : usualTimeoutMs;
  const most = Math.max(50, Math.min(silence, usualTimeoutMs, context.remaining() - 200));
  for (let round = 0; round < (waits ? countedRounds : rounds) && !context.signal.aborted; round++) {
    for (const how of ['plain', ...(round < rounds ? ways : [])] as How[]) {
      said.set(how, [...(said.get(how) ?? []), question(server, name, how, most, context)]);
    }
    await context.system.clock.sleep(everyMs, context.signal);
  }
  return Promise.all(
    [...said].map(async ([how, asked]): Promise<OptionTry> => {
      const words = await Promise.all(asked);
      const times = words.flatMap(({ word, ms }) => (word === 'silent' ? [] : Math.round(ms)));
      return {
        resolver: server.address,
        port: server.port,
        how,
        said: words.map(({ word }) => word),
        ...(times.length > 0 && { slowestMs: Math.max(...times), quickestMs: Math.min(...times) }),
      };
    }),
  );
}

interface Said {
  readonly word: string;
  readonly ms: number;
}

async function question(
  server: Endpoint,
  name: string,
  how: How,
  timeoutMs: number,
  { system, options, signal }: Context,
): Promise<Said> {
  const asked = { id: queryId(system), name, type: options.family === 6 ? TYPE.AAAA : TYPE.A };
  const query = encodeQuery({
    ...asked,
    edns: how === 'edns0' ? { payloadSize: glibcPayload } : null,
    authenticData: how === 'trust-ad',
  });
  if (!query.ok) return { word: 'no name', ms: 0 };
  const { io, failureOf } = resolverExchange(system, options.interface);
  const own = AbortSignal.any([signal]);
  const fits = (bytes: Uint8Array): boolean => isReadable(classify(asked, decodeMessage(bytes)));
  const outcome: ExchangeOutcome =
    how === 'use-vc'
      ? await io.tcp(server, query.bytes, timeoutMs, own)
      : await io.udp(server, query.bytes, timeoutMs, own, ({ bytes }) => fits(bytes));
  if (outcome.outcome === 'timed-out') return { word: 'silent', ms: outcome.ms };
  if (outcome.outcome === 'failed') return { word: failureOf(outcome.code).code, ms: outcome.ms };
  const reading = classify(asked, decodeMessage(outcome.bytes));
  if (!isReadable(reading)) return { word: reading.kind, ms: outcome.ms };
  if (reading.kind !== 'answer')
    return { word: reading.rcode === 0 ? reading.kind : reading.rcodeName, ms: outcome.ms };
  return { word: 'addresses', ms: outcome.ms };
}
