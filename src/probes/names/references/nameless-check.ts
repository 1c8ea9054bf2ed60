import { hostPort } from '../../../model/address.js';
import type { Context } from '../../../model/gatherer.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import type { TryOne } from './first-answer.js';

/** As long as an answer to a question for a name may take before nobody counts on one. */
const NAMES_MS = 400;
const DIAL_MS = 900;
/** Public resolvers answer to HTTPS as well (RFC 8484). */
const PORT = 443;
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
    const dialled = system.sockets.dial(
      { address, port: PORT, timeoutMs: DIAL_MS, interface: options.interface },
      stop,
    );
    const { stream, failure } = await dialled.done;
    stream?.destroy();
    // A refusal is no help: a router says that too.
    return stream === undefined && failure?.code !== 'timed-out'
      ? []
      : [
          {
            kind: 'host',
            name: hostPort(address, PORT),
            address,
            port: PORT,
            ok: stream !== undefined,
            ...(failure && { failure }),
            ms: system.clock.now() - begun,
          },
        ];
  });
}
