import type { ResolverAnswer } from '../../model/facts.js';
import type { Failure, FailureCode } from '../../model/failure.js';
import { isReadable, type Readable } from '../dns/classify.js';
import type { QueryResult } from '../dns/query-result.js';
import type { ResolverExchange } from './resolver-exchange.js';

const MAX_CNAMES = 16;
const MAX_OTHER = 8;

/**
 * One resolver's word on one question, as the model has it. Null when nothing was asked: the diagnosis ended before, or
 * the name is none that DNS can carry.
 */
export function resolverAnswer(
  result: QueryResult,
  type: 'A' | 'AAAA',
  exchange: ResolverExchange,
): ResolverAnswer | null {
  if (result.kind === 'cancelled' || result.kind === 'invalid-name') return null;
  const failure = failureOf(result, exchange);
  const others = differingIn(result);
  return {
    resolver: result.server.address,
    port: result.server.port,
    type,
    transport: result.transport,
    ms: result.ms ?? result.elapsedMs,
    tries: result.tries.length,
    ...(failure && { failure }),
    ...(result.kind === 'truncated' && { overTcp: overTcp(result, exchange) }),
    ...(isReadable(result) ? wordsOf(result) : { addresses: [], cnames: [], errors: [] }),
    strangers: strangersIn(result),
    ...(others.length > 0 && {
      others: others.map(({ kind, addresses, ms }) => ({ kind, addresses: addresses.slice(0, MAX_OTHER), ms })),
    }),
  };
}

function wordsOf(
  reading: Readable,
): Pick<
  ResolverAnswer,
  'rcode' | 'authoritative' | 'recursive' | 'addresses' | 'cnames' | 'ttl' | 'zone' | 'serial' | 'policyZone' | 'errors'
> {
  const ttl = reading.kind === 'answer' ? reading.minTtl : reading.soa?.negativeTtl;
  return {
    rcode: reading.rcodeName,
    authoritative: reading.flags.aa,
    recursive: reading.flags.ra,
    addresses: reading.kind === 'answer' ? reading.addresses : [],
    cnames: reading.cnames.slice(0, MAX_CNAMES),
    ...(ttl !== undefined && { ttl }),
    ...(reading.soa && { zone: reading.soa.zone, serial: reading.soa.serial }),
    ...(reading.additionalSoa !== null && { policyZone: reading.additionalSoa }),
    errors: reading.ede.map(({ code, name, text }) => ({ code, name, text })),
  };
}

function failureOf(result: QueryResult, exchange: ResolverExchange): Failure<'exchange'> | null {
  const fails = (code: FailureCode<'exchange'>, raw: string): Failure<'exchange'> => ({
    operation: 'exchange',
    code,
    raw,
    ...(result.from && { from: result.from.address }),
  });
  switch (result.kind) {
    case 'answer':
      return null;
    case 'nxdomain':
      return fails('nxdomain', result.rcodeName);
    case 'nodata':
      // Neither looked up for us nor from the zone itself (RFC 1035 4.1.1), and nothing that vouches for a "no" (RFC 2308):
      // what such a server happens to know is a part of an answer.
      if (!result.flags.ra && !result.flags.aa && !result.soa)
        return fails('failed', `${result.rcodeName} without an address, and without looking it up (no recursion)`);
      return fails('no-data', `${result.rcodeName} without an address`);
    case 'servfail':
      return fails('server-failure', result.rcodeName);
    case 'refused':
      return fails('declined', result.rcodeName);
    case 'referral':
      return fails('declined', `refers to the servers of ${result.zone}`);
    case 'formerr':
    case 'notimp':
    case 'other-rcode':
      return fails('failed', result.rcodeName);
    case 'truncated':
      return fails('failed', `truncated, and over TCP: ${result.tries.at(-1)?.failure?.code ?? 'no answer'}`);
    case 'broken-chain':
      return fails('malformed', `aliases: ${result.problem}`);
    case 'malformed':
      return fails('malformed', result.error.problem);
    case 'wrong-id':
      return fails('mismatched', 'answer with another number');
    case 'wrong-question':
      return fails('mismatched', 'answer to another question');
    case 'wrong-source':
      return { operation: 'exchange', code: 'mismatched', raw: 'answer from another address' };
    case 'failed':
      return exchange.failureOf(result.failure.code);
    case 'timed-out':
    case 'cancelled':
    case 'invalid-name':
      return { operation: 'exchange', code: 'timed-out', raw: 'timeout' };
  }
}

function overTcp({ tries }: QueryResult, exchange: ResolverExchange): Failure<'exchange'> {
  const code = tries.at(-1)?.failure?.code;
  return code === undefined ? { operation: 'exchange', code: 'timed-out', raw: 'timeout' } : exchange.failureOf(code);
}

/** Datagrams from somebody else or about something else, and second answers that differ from the first. */
function strangersIn(result: QueryResult): number {
  const { strays } = result;
  return strays.wrongSource + strays.wrongQuestion + strays.wrongId + differingIn(result).length;
}

/**
 * Other whole answers that say something else. A resolver that got a packet twice answers twice, with the same records in
 * any order: that is no difference.
 */
function differingIn({ others, ...result }: QueryResult): QueryResult['others'] {
  const told = result.kind === 'answer' ? result.addresses.toSorted().join() : '';
  return others.filter((other) => other.kind !== result.kind || other.addresses.toSorted().join() !== told);
}
