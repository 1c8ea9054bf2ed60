import type { LeftTry } from '../../model/app-firewall-facts.js';
import { fact, type FlowTrace } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';

const mostFlows = 2;
/** The kernel sends the first packet again after a second. */
const waitMs = 1_200;

/**
 * Whether a packet that a rule handed to a program of this device (NFQUEUE) left it afterwards. The link is listened to
 * while the connection is tried again; a question for the next hop beside it shows that it was heard.
 */
export const left: Gatherer<'connect.left'> = {
  fact: 'connect.left',
  needs: ['kernel.trace', 'device.routes', 'device.interfaces'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts, { system }) =>
    !system.links
      ? 'needs the right to see frames (CAP_NET_RAW)'
      : (fact(facts, 'kernel.trace')?.flows ?? []).some(isQueued)
        ? null
        : 'no packet was handed to a program',
  async gather(facts, context) {
    const flows = (fact(facts, 'kernel.trace')?.flows ?? []).filter(isQueued).slice(0, mostFlows);
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
