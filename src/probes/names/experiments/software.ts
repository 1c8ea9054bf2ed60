/** What a name server calls itself: a convention of BIND's that dnsmasq, unbound and others follow (RFC 4892 section 1). */
import type { Context } from '../../../model/gatherer.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { decodeMessage } from '../../dns/message.js';
import { encodeQuery } from '../../dns/query.js';
import { TYPE } from '../../dns/registry.js';
import { queryId, type ResolverExchange } from '../resolver-exchange.js';

const CLASS_CHAOS = 3;
const waitMs = 500;
const longestText = 80;

export async function softwareOf(
  server: Endpoint,
  { io }: ResolverExchange,
  { system, signal }: Pick<Context, 'system' | 'signal'>,
): Promise<string | null> {
  const id = queryId(system);
  const query = encodeQuery({ id, name: 'version.bind', type: TYPE.TXT, edns: null });
  if (!query.ok) return null;
  query.bytes[query.bytes.length - 1] = CLASS_CHAOS;
  const reply = await io.udp(server, query.bytes, waitMs, signal);
  const read = reply.outcome === 'reply' ? decodeMessage(reply.bytes) : null;
  if (!read?.ok || read.message.id !== id) return null;
  const text = read.message.answers.flatMap(({ data }) => (data.kind === 'TXT' ? data.strings : [])).join(' ');
  return text === '' ? null : text.slice(0, longestText);
}
