import type { TlsTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { Target } from '../../model/target.js';
import { proxyOf } from '../../model/proxied.js';
import { inTurn } from '../connect/in-turn.js';
import { watchLateness } from '../connect/late-step.js';
import { endsHere } from './ends-here.js';
import { measureTls, type TlsMeasurement } from './measure-tls.js';
import { connectionTo, type Endpoint, isOpen, streamKey, waitForEndpoints } from './open-connection.js';
import { tlsHead } from './tls-head.js';
import { warmTls } from './trust.js';
import { usualRequest } from './usual-request.js';

/** Addresses that are tried, the first one included. */
const mostAddresses = 3;
/** Failures that may be gone a moment later: tried again at the same address, and once more when that held. */
const fleeting = new Set<string>(['closed', 'reset']);
const mostTries = 3;
const dateFaults = new Set<string>(['expired', 'not-yet-valid']);

/** TLS on the first address that connected; on others only when that failed. */
export const tlsGatherer: Gatherer<'tls'> = {
  ...tlsHead,
  warm: ({ system }) => warmTls(system),
  async gather({ target, ...facts }, context) {
    const endpoints = await waitForEndpoints({ target, ...facts }, context);
    if (endpoints.length === 0) return skipped('no connection could be opened');
    const each: TlsTry[][] = [];
    await inTurn(endpoints.slice(0, mostAddresses), context, (endpoint, at, own, onLate) =>
      tryEndpoint(endpoint, target, own, (each[at] = []), onLate),
    );
    const tries = each.flat();
    return tries.length > 0 ? known(tries, 'handshake') : skipped('ended before the handshake was done');
  },
};

/** Adds what was tried; true when the address holds, with its connection kept for the next step. */
async function tryEndpoint(
  endpoint: Endpoint,
  target: Target,
  context: Context,
  tries: TlsTry[],
  onLate: () => void,
): Promise<boolean> {
  for (let failures = 0, count = 0; count < mostTries; count++) {
    const measured = await measureAt(endpoint, target, context, onLate);
    // Ended from outside: that is no failure of the server.
    if (!measured || (measured.entry.failure && context.signal.aborted)) return false;
    const { entry, stream } = measured;
    tries.push(entry);
    if (entry.failure) {
      stream?.destroy();
      failures++;
      if (failures > 1 || !fleeting.has(entry.failure.code)) return false;
      continue;
    }
    context.streams.get(streamKey('tls', endpoint))?.destroy();
    if (stream) context.streams.set(streamKey('tls', endpoint), stream);
    // It failed once and held once: a glitch is what holds each time after that.
    if (failures === 0 || count === mostTries - 1) return true;
  }
  return false;
}

async function measureAt(
  endpoint: Endpoint,
  target: Target,
  context: Context,
  onLate: () => void,
): Promise<TlsMeasurement | null> {
  const connection = await connectionTo(endpoint, context);
  if (!isOpen(connection)) return null;
  // Through a proxy, and at a socket file, none of the experiments is about this step.
  const here = endpoint.port > 0 && proxyOf(context.latest()) === null;
  const watch = here ? watchLateness({ ...endpoint, step: 'tls' }, connection, context, onLate) : null;
  const measured = await measureTls(
    connection,
    endpoint,
    target.host,
    usualRequest(target, context),
    context.system,
    watch?.signal ?? context.signal,
    (failure) => watch?.end(failure?.code === 'timed-out'),
  );
  const { stream } = measured;
  // An authority that somebody added to this device: a program here that looks into connections needs one.
  const added = !measured.entry.failure && measured.entry.anchor?.public === false && !proxyOf(context.latest());
  const endHere = added ? await endsHere(connection, endpoint.address, context.system.files) : undefined;
  const entry = endHere === undefined ? measured.entry : { ...measured.entry, endsHere: endHere };
  if (!stream || target.protocol !== 'http' || !entry.faults.some((fault) => dateFaults.has(fault.code)))
    return { ...measured, entry };
  const { askDate } = await import('../http/ask-date.js');
  const serverDate = await askDate(stream, target, context);
  return serverDate === null ? { ...measured, entry } : { entry: { ...entry, serverDate }, stream };
}
