import type { ReferenceTry } from '../../../model/facts.js';
import type { Context } from '../../../model/gatherer.js';
import { isReadable } from '../../dns/classify.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import type { QueryResult } from '../../dns/query-result.js';
import { TYPE } from '../../dns/registry.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';

/** Asks for a name's address, or for the root's name servers when there is no name to ask for. */
export function checkResolver(
  server: Endpoint,
  name: string,
  { system, options }: Pick<Context, 'system' | 'options'>,
  signal: AbortSignal,
): Promise<{ result: QueryResult | null; attempt: (label: string) => ReferenceTry }> {
  const type = name === '.' ? TYPE.NS : options.family === 6 ? TYPE.AAAA : TYPE.A;
  const exchange = resolverExchange(system, options.interface);
  const begun = system.clock.now();
  const settings = { udpTimeoutsMs: [500, 1000], tcpTimeoutMs: 500, randomId: () => queryId(system), signal };
  return askResolver(server, name, [type], exchange.io, settings).then(([result]) => ({
    result: result ?? null,
    attempt: (label) => toTry(label, server, result, exchange.failureOf, system.clock.now() - begun),
  }));
}

/** A resolver is well when it answers the question, be it by "no": one that says SERVFAIL or REFUSED has not. */
function toTry(
  label: string,
  server: Endpoint,
  result: QueryResult | undefined,
  failureOf: (code: string) => ReferenceTry['failure'] & {},
  ms: number,
): ReferenceTry {
  const base = { kind: 'resolver', name: label, address: server.address, port: server.port, ms } as const;
  if (result?.kind === 'answer') return { ...base, ok: true };
  if (result?.kind === 'nodata' || result?.kind === 'nxdomain') return { ...base, ok: true, says: result.rcodeName };
  if (result?.kind === 'failed') return { ...base, ok: false, failure: failureOf(result.failure.code) };
  if (result && isReadable(result)) return { ...base, ok: false, says: result.rcodeName };
  // Cut off by the end of the waiting: silent until then.
  const silent = result?.kind === 'timed-out' || result?.kind === 'cancelled';
  const raw = result?.kind ?? 'none';
  return { ...base, ok: false, failure: { operation: 'exchange', code: silent ? 'timed-out' : 'malformed', raw } };
}
