/** One query and the whole message that answers it, over UDP, and over TCP when it was cut short. */
import type { Failure } from '../../../model/failure.js';
import type { Context } from '../../../model/gatherer.js';
import { classify, isReadable } from '../../dns/classify.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { decodeMessage, type Message } from '../../dns/message.js';
import { encodeQuery } from '../../dns/query.js';
import { queryId, type ResolverExchange } from '../resolver-exchange.js';

export interface MessageQuery {
  readonly name: string;
  readonly type: number;
  readonly recursionDesired?: boolean;
  readonly checkingDisabled?: boolean;
  readonly dnssecOk?: boolean;
  readonly timeoutMs: number;
}

export type MessageReply =
  | { readonly message: Message; readonly ms: number }
  | { readonly failure: Failure<'exchange'>; readonly ms: number };

export async function askMessage(
  server: Endpoint,
  { name, type, timeoutMs, ...flags }: MessageQuery,
  exchange: ResolverExchange,
  { system, signal }: Pick<Context, 'system' | 'signal'>,
): Promise<MessageReply> {
  const asked = { id: queryId(system), name, type };
  const { dnssecOk = false, ...rest } = flags;
  const query = encodeQuery({ ...asked, ...rest, edns: { dnssecOk } });
  if (!query.ok) return { failure: { operation: 'exchange', code: 'failed', raw: query.problem }, ms: 0 };
  const fits = (bytes: Uint8Array): boolean => isReadable(classify(asked, decodeMessage(bytes)));
  const udp = await exchange.io.udp(server, query.bytes, timeoutMs, signal, ({ bytes }) => fits(bytes));
  const first = read(udp, fits, exchange);
  if (!('message' in first) || !first.message.flags.tc) return first;
  const tcp = read(await exchange.io.tcp(server, query.bytes, timeoutMs, signal), fits, exchange);
  return 'message' in tcp ? tcp : first;
}

function read(
  outcome: Awaited<ReturnType<ResolverExchange['io']['udp']>>,
  fits: (bytes: Uint8Array) => boolean,
  exchange: ResolverExchange,
): MessageReply {
  const { ms } = outcome;
  if (outcome.outcome === 'timed-out')
    return { failure: { operation: 'exchange', code: 'timed-out', raw: 'timeout' }, ms };
  if (outcome.outcome === 'failed') return { failure: exchange.failureOf(outcome.code), ms };
  const decoded = fits(outcome.bytes) ? decodeMessage(outcome.bytes) : null;
  return decoded?.ok
    ? { message: decoded.message, ms }
    : { failure: { operation: 'exchange', code: 'malformed', raw: 'no answer to the question' }, ms };
}
