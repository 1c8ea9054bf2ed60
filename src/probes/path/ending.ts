import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { PassFlow } from '../../model/way-facts.js';
import { exceededFor, fromTarget } from './burst.js';

export type Kind = Pick<PassFlow, 'protocol' | 'port'>;

/** What one packet with a hop limit met. */
export interface Ended {
  /** It was tried at all. */
  readonly sent: boolean;
  /** Whoever said that it went too far, or the target itself. */
  readonly from: string | null;
  readonly byTarget: boolean;
  readonly ms: number | null;
  readonly localPort: number | null;
}

interface How {
  readonly timeoutMs: number;
  /** The same as before, for the same flow. */
  readonly localPort?: number;
}

/** One packet of that kind with that hop limit, and who answers it. */
export async function askEnding(
  address: string,
  kind: Kind,
  ttl: number,
  how: How,
  { system, signal, options, remaining }: Context,
): Promise<Ended> {
  const base = {
    address,
    port: kind.port ?? 0,
    timeoutMs: Math.max(20, Math.min(how.timeoutMs, remaining() - 100)),
    ttl,
    timed: true,
    interface: options.interface,
    ...(how.localPort !== undefined && { localPort: how.localPort }),
  } as const;
  if (kind.protocol === 'tcp') {
    const result = await system.sockets.dial({ ...base, discard: true }, signal).done;
    result.stream?.destroy();
    const { icmp, localPort, heardMs, ms, failure } = result;
    const from = expiredFrom(icmp ?? [], address);
    const byTarget = from === null && fromTarget(result, address);
    return {
      sent: failure?.code !== 'failed' && !result.synchronous,
      from: from ?? (byTarget ? address : null),
      byTarget,
      ms: heardMs ?? ms,
      localPort,
    };
  }
  const echo = kind.protocol === 'icmp';
  const payload = echo ? echoRequest(address, ttl) : new Uint8Array(8);
  const { outcome, icmp, localPort, heardMs, ms } = await system.sockets.datagram(
    { ...base, payload, ...(echo && { echo: true as const }) },
    signal,
  );
  const from = expiredFrom(icmp ?? [], address);
  const byTarget = outcome === 'reply' || (icmp ?? []).some((one) => one.from === address && one.origin !== 'local');
  const told = from ?? (byTarget ? address : null);
  return {
    sent: outcome === 'reply' || told !== null || outcome.code === 'timed-out',
    from: told,
    byTarget: from === null && byTarget,
    ms: told === null ? null : (heardMs ?? ms),
    localPort,
  };
}

function expiredFrom(
  icmp: readonly { readonly origin: string; readonly type: number; readonly from: string | null }[],
  address: string,
): string | null {
  return icmp.find(({ origin, type }) => origin !== 'local' && type === exceededFor(address))?.from ?? null;
}

/** The kernel fills in the id and the checksum (RFC 792, 4443). */
function echoRequest(address: string, sequence: number): Uint8Array {
  return Uint8Array.of(familyOf(address) === 6 ? 128 : 8, 0, 0, 0, 0, 0, 0, sequence & 0xff);
}
