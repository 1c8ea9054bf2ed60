import type { EgressTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { failedOrSilent } from './connect.js';

const silenceMs = 700;

/**
 * Whether packets to that address leave this device: one SYN with a hop limit of 1, which the first router answers with
 * "time exceeded", and one datagram, which a local filter refuses at once with EPERM.
 */
export const egress: Gatherer<'connect.egress'> = {
  fact: 'connect.egress',
  needs: ['name.system', 'proxy.choice'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  // Silence is likely then, and this itself ends in silence where the packet never leaves: both at once.
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 350 },
  when: (facts, context) =>
    context.system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : facts.target.scheme === 'unix'
        ? 'a socket file'
        : null,
  async gather(facts, context) {
    const asked = failedOrSilent(facts, context).slice(0, 3);
    return known(await Promise.all(asked.map(({ address, port }) => egressOf(address, port, context))), 'IP_TTL 1');
  },
};

async function egressOf(address: string, port: number, context: Context): Promise<EgressTry> {
  const bound = Math.max(50, Math.min(silenceMs, context.remaining() - 100));
  const dialling = context.system.sockets.dial(
    { address, port, timeoutMs: bound, discard: true, ttl: 1, interface: context.options.interface },
    context.signal,
  );
  const datagram = context.system.sockets.datagram(
    { address, port, payload: new Uint8Array(1), timeoutMs: 30, ttl: 1, interface: context.options.interface },
    context.signal,
  );
  const [result, sent] = await Promise.all([dialling.done, datagram]);
  result.stream?.destroy();
  const exceeded = result.icmp?.find(
    (icmp) => (icmp.origin === 'icmp' && icmp.type === 11) || (icmp.origin === 'icmp6' && icmp.type === 3),
  );
  const local = sent.outcome !== 'reply' && sent.outcome.code === 'not-permitted' ? sent.outcome : null;
  const near = sent.icmp?.some(
    (icmp) => icmp.origin !== 'local' && icmp.from === address && icmp.from !== result.localAddress,
  );
  return {
    address,
    port,
    answeredBy: exceeded?.from ?? null,
    datagram: local,
    ...(near === true && { atFirstHop: true as const }),
  };
}
