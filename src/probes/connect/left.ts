import type { LeftTry } from '../../model/app-firewall-facts.js';
import { fact, type Facts, type FlowTrace } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';

const mostFlows = 2;
/** The kernel sends the first packet again after a second. */
const waitMs = 1_200;

/**
 * Whether a packet that a rule handed to a program of this device (NFQUEUE) left it afterwards, and whether an answer came
 * that a program on the interface (tc) may have thrown away: a packet socket hears it before that program (net/core/dev.c,
 * __netif_receive_skb_core). The link is listened to while the connection is tried again; a question for the next hop beside
 * it shows that it was heard.
 */
export const left: Gatherer<'connect.left'> = {
  fact: 'connect.left',
  needs: ['kernel.trace', 'device.routes', 'device.interfaces', 'device.policies'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts, { system }) =>
    !system.links
      ? 'needs the right to see frames (CAP_NET_RAW)'
      : flowsOf(facts).length > 0
        ? null
        : 'no packet was handed to a program, and no program looks at what comes in',
  async gather(facts, context) {
    const flows = flowsOf(facts);
    const choices = fact(facts, 'device.routes')?.choices ?? [];
    const interfaces = fact(facts, 'device.interfaces') ?? [];
    const ways = flows.flatMap((flow) => {
      const choice = choices.find(({ address }) => address === flow.address);
      const link = interfaces.find(({ name }) => name === choice?.device);
      if (!choice || !link || choice.type !== 'unicast') return [];
      return [{ flow, link: { ...link, next: choice.via ?? choice.address, source: choice.source } }];
    });
    const tries = await Promise.all(ways.map(({ flow, link }) => listened(flow, link, context)));
    const heard = tries.filter((one) => one !== null);
    return heard.length === 0 ? skipped('the link that leads there cannot be listened to') : known(heard, 'AF_PACKET');
  },
};

/** Those that a program of this device may have stopped: handed to it, or looked at by it before any rule sees them. */
function flowsOf(facts: Facts): FlowTrace[] {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const incoming = new Set(
    (fact(facts, 'device.policies')?.programs ?? []).filter(({ hook }) => hook === 'tc-ingress').map(({ at }) => at),
  );
  const isLookedAt = (flow: FlowTrace): boolean =>
    isUnanswered(flow) && incoming.has(choices.find(({ address }) => address === flow.address)?.device ?? '');
  const flows = fact(facts, 'kernel.trace')?.flows ?? [];
  return flows.filter((flow) => isQueued(flow) || isLookedAt(flow)).slice(0, mostFlows);
}

function isUnanswered({ protocol, stoppedBy, seenOut, seenIn, outcome }: FlowTrace): boolean {
  const silent = typeof outcome === 'object' && outcome.code === 'timed-out';
  return protocol === 'tcp' && stoppedBy === null && seenOut && !seenIn && silent;
}

function isQueued({ protocol, stoppedBy }: FlowTrace): boolean {
  return protocol === 'tcp' && stoppedBy?.verdict === 'queue' && stoppedBy.direction === 'out';
}

async function listened(
  { address, port }: FlowTrace,
  link: { readonly name: string; readonly index: number; readonly next: string; readonly source: string | null },
  { system, signal, options, remaining }: Context,
): Promise<LeftTry | null> {
  const { links } = system;
  if (!links) return null;
  const { name: device, index, next, source } = link;
  const end = new AbortController();
  const counting = links.leaving({ index, address, port }, AbortSignal.any([signal, end.signal]));
  const timeoutMs = Math.max(300, Math.min(waitMs, remaining() / 2));
  const asking = links.whoHas({ address: next, index, source, times: 1, waitMs: 20 }, signal);
  const dialled = system.sockets.dial(
    { address, port, timeoutMs, interface: options.interface, discard: true },
    signal,
  );
  const { failure = null } = await dialled.done;
  await asking;
  end.abort();
  const counted = await counting;
  return typeof counted === 'string' ? null : { address, port, device, failure, ...counted };
}
