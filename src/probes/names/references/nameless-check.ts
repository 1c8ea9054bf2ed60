import { hostPort } from '../../../model/address.js';
import type { ReferenceTry } from '../../../model/facts.js';
import type { Context } from '../../../model/gatherer.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import type { TryOne } from './first-answer.js';

/** As long as an answer to a question for a name may take before nobody counts on one. */
const NAMES_MS = 400;
const DIAL_MS = 900;
/** Public resolvers answer to HTTPS as well (RFC 8484), and take questions over TCP (RFC 7766): a filter may know UDP alone. */
const PORTS = [443, 53];
const MOST = 2;

/**
 * Where only questions for names are stopped, no reference that has a name can be reached, and all looks down. The
 * references' resolvers have addresses: another port of theirs tells.
 */
export function namelessTries(
  resolvers: readonly Endpoint[],
  named: () => Promise<boolean>,
  { system, options }: Pick<Context, 'system' | 'options'>,
): TryOne[] {
  return resolvers.slice(0, MOST).map(({ address }) => async (stop) => {
    const begun = system.clock.now();
    const late = system.clock.sleep(NAMES_MS, stop).then(() => false);
    if ((await Promise.race([named(), late])) || stop.aborted) return [];
    const dials = PORTS.map(async (port): Promise<ReferenceTry | null> => {
      const dialled = system.sockets.dial({ address, port, timeoutMs: DIAL_MS, interface: options.interface }, stop);
      const { stream, failure } = await dialled.done;
      stream?.destroy();
      // A refusal is no help: a router says that too.
      if (stream === undefined && failure?.code !== 'timed-out') return null;
      return {
        kind: 'host',
        name: port === 53 ? `${hostPort(address, port)} over TCP` : hostPort(address, port),
        address,
        port,
        ok: stream !== undefined,
        ...(failure && { failure }),
        ms: system.clock.now() - begun,
      };
    });
    const silent: ReferenceTry[] = [];
    for (const dial of dials) {
      // oxlint-disable-next-line no-await-in-loop -- all of them are on their way: whichever is open is enough
      const one = await dial;
      if (one?.ok) return [one];
      if (one) silent.push(one);
    }
    return silent.slice(0, 1);
  });
}
