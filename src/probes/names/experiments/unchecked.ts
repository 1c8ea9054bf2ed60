import { fact, type Facts, type ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { CheckedAnswer, UncheckedAnswer } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers, toldReferences } from './asked-resolvers.js';
import { askMessage } from './message-exchange.js';

const waitMs = 1_200;

/**
 * The experiment for signatures that do not hold: the same question to the same resolver, asked to leave the signatures
 * unchecked (the CD bit, RFC 4035 3.2.2). Only the checking changes. And the dates of the signature that comes with it.
 */
export const uncheckedNames: Gatherer<'name.unchecked'> = {
  fact: 'name.unchecked',
  needs: ['name.config', 'name.direct', 'name.reference'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  when: (facts) => noName(facts) ?? (failing(facts).size === 0 ? 'no resolver said that it failed' : null),
  async gather(facts, context) {
    const wanted = failing(facts);
    const config = fact(facts, 'name.config');
    const own = config ? askedName(facts.target.host, config) : facts.target.host;
    const tries = await Promise.all([
      ...ownResolvers(facts).map((server) => (wanted.has(server.address) ? askOne(server, own, context) : null)),
      ...toldReferences(facts, context).map((server) =>
        wanted.has(server.address) ? askOne(server, facts.target.host, context) : null,
      ),
    ]);
    const answers = tries.flatMap((one) => one ?? []);
    const giving = toldReferences(facts, context).filter(({ address }) => !wanted.has(address));
    const checked = (await Promise.all(giving.map((server) => askChecked(server, facts, context)))).flatMap(
      (one) => one ?? [],
    );
    const wallClock = context.system.clock.wall().toISOString();
    return answers.length > 0
      ? known({ name: own, answers, checked, wallClock }, 'DNS')
      : skipped('no resolver answered');
  },
};

/** Those that said SERVFAIL. */
function failing(facts: Facts): Set<string> {
  const all = [...(fact(facts, 'name.direct')?.answers ?? []), ...(fact(facts, 'name.reference')?.answers ?? [])];
  return new Set(all.filter(({ failure }) => failure?.code === 'server-failure').map(({ resolver }) => resolver));
}

async function askOne(server: Endpoint, name: string, context: Context): Promise<UncheckedAnswer | null> {
  const { system, options, signal } = context;
  const type: ResolverAnswer['type'] = options.family === 6 ? 'AAAA' : 'A';
  const exchange = resolverExchange(system, options.interface);
  const settings = {
    udpTimeoutsMs: [waitMs],
    tcpTimeoutMs: waitMs,
    randomId: () => queryId(system),
    signal,
    checkingDisabled: true,
  };
  const [results, signed] = await Promise.all([
    askResolver(server, name, [TYPE[type]], exchange.io, settings),
    askMessage(
      server,
      { name, type: TYPE[type], checkingDisabled: true, dnssecOk: true, timeoutMs: waitMs },
      exchange,
      context,
    ),
  ]);
  const [result] = results;
  const answer = result ? resolverAnswer(result, type, exchange) : null;
  if (!answer) return null;
  // What fails for a moment gives the name as well: only where it still fails with checking is the checking what it hangs on.
  const { checkingDisabled: _, ...usual } = settings;
  const [again] = answer.failure ? [] : await askResolver(server, name, [TYPE[type]], exchange.io, usual);
  const checked = again ? resolverAnswer(again, type, exchange) : null;
  const records = 'message' in signed ? [...signed.message.answers, ...signed.message.authorities] : [];
  const [signature] = records.flatMap(({ data }) => (data.kind === 'RRSIG' ? [data] : []));
  return {
    resolver: server.address,
    answer,
    ...(checked && { checked }),
    ...(signature && {
      signature: { signer: signature.signer, from: dateOf(signature.inception), until: dateOf(signature.expiration) },
    }),
  };
}

/** Whether one that gives the name has checked its signatures: it says so where it is asked for them (RFC 4035 3.2.3). */
async function askChecked(server: Endpoint, { target }: Facts, context: Context): Promise<CheckedAnswer | null> {
  const exchange = resolverExchange(context.system, context.options.interface);
  const type = context.options.family === 6 ? TYPE.AAAA : TYPE.A;
  const query = { name: target.host, type, dnssecOk: true, timeoutMs: waitMs } as const;
  const reply = await askMessage(server, query, exchange, context);
  if (!('message' in reply) || reply.message.rcode !== 0) return null;
  return { resolver: server.address, authentic: reply.message.flags.ad };
}

/** Seconds modulo 2^32 (RFC 4034 3.1.5), good until 2106. */
function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
