import type { OverTcp } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { classify, isReadable } from '../dns/classify.js';
import type { Endpoint } from '../dns/datagram-exchange.js';
import { decodeMessage } from '../dns/message.js';
import { encodeQuery } from '../dns/query.js';
import { TYPE } from '../dns/registry.js';
import { overStream, queryId } from './resolver-exchange.js';

/**
 * The same question over TCP, of a server that is silent over UDP: only the transport changes. One that takes the connection
 * runs, and may be slow; one that answers there at once is not slow, and what is silent is UDP.
 */
export async function askOverTcp(
  server: Endpoint,
  name: string,
  timeoutMs: number,
  { system, options, signal }: Pick<Context, 'system' | 'options' | 'signal'>,
): Promise<OverTcp | null> {
  const begun = system.clock.now();
  const elapsed = (): number => system.clock.now() - begun;
  const question = { id: queryId(system), name, type: options.family === 6 ? TYPE.AAAA : TYPE.A };
  const query = encodeQuery({ ...question, edns: null });
  if (!query.ok) return null;
  const place = { resolver: server.address, port: server.port };
  const request = { ...server, timeoutMs, interface: options.interface };
  const { stream } = await system.sockets.dial(request, signal).done;
  if (!stream) return signal.aborted ? null : { ...place, opened: false, answered: false };
  const left = Math.max(0, timeoutMs - elapsed());
  const failedWith = (): { outcome: 'timed-out'; ms: number } => ({ outcome: 'timed-out', ms: elapsed() });
  const carried = { system, server, payload: query.bytes, timeoutMs: left, signal, failedWith, elapsed };
  const reply = await overStream(stream, carried);
  const answered = reply.outcome === 'reply' && isReadable(classify(question, decodeMessage(reply.bytes)));
  return { ...place, opened: true, answered };
}
