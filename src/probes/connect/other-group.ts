import { fact } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { OtherGroupTry } from '../../model/policy-facts.js';
import { failedProbes } from '../../model/probed.js';
import type { Sockets } from '../../model/system.js';

const mostPlaces = 4;
const waitMs = 1_500;

/**
 * The same connection with a socket out of the topmost control group, and then once more with one of ours. Where the first
 * holds and the second does not, nothing differs but the group: a program or rule for it stops the connection.
 */
export const otherGroup: Gatherer<'connect.otherGroup'> = {
  fact: 'connect.otherGroup',
  needs: ['connect', 'device.policies'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts) => {
    const policies = fact(facts, 'device.policies');
    if (!policies) return 'the programs of the kernel are not known';
    return policies.programs.some(({ at }) => at.startsWith('/') && at !== '/')
      ? null
      : 'no program of the kernel is for this control group';
  },
  async gather(facts, context) {
    const sockets = await context.system.policies?.rootSockets();
    if (sockets === undefined || typeof sockets === 'string') return skipped(sockets ?? 'not to be had');
    const places = failedProbes(facts).slice(0, mostPlaces);
    const unheard = (fact(facts, 'name.direct')?.answers ?? []).filter(({ failure }) => isOfTheWay(failure?.code));
    const resolvers = [...new Map(unheard.map((one) => [one.resolver, one])).values()].slice(0, mostPlaces);
    const tries = [
      ...places.map(({ address, port }) => compared('tcp', address, port, sockets, context)),
      ...resolvers.map(({ resolver, port }) => compared('udp', resolver, port, sockets, context)),
    ];
    return known(await Promise.all(tries), 'connect()');
  },
};

/** Nothing came back: what a resolver says of a name is no matter of groups. */
function isOfTheWay(code: string | undefined): boolean {
  return ['timed-out', 'refused', 'host-unreachable', 'network-unreachable', 'prohibited', 'not-permitted'].includes(
    code ?? '',
  );
}

async function compared(
  protocol: 'tcp' | 'udp',
  address: string,
  port: number,
  sockets: Sockets,
  { system, signal, options, remaining }: Context,
): Promise<OtherGroupTry> {
  const ask = async (from: Sockets): Promise<Failure | null> => {
    const timeoutMs = Math.max(50, Math.min(waitMs, remaining() / 3));
    const place = { address, port, timeoutMs, interface: options.interface };
    if (protocol === 'tcp') return (await from.dial({ ...place, discard: true }, signal).done).failure ?? null;
    const { outcome } = await from.datagram({ ...place, payload: rootQuestion }, signal);
    return outcome === 'reply' ? null : outcome;
  };
  const outside = await ask(sockets);
  // What fails out there too needs no comparison.
  return { protocol, address, port, outside, again: outside ?? (await ask(system.sockets)) };
}

/** Asks for the name servers of the root, which every resolver knows (RFC 1035, 4.1): id 0x7762, recursion desired. */
const rootQuestion = Uint8Array.from([0x77, 0x62, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
