import { familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { failedProbes } from '../../model/probed.js';
import type { RouterFact } from '../../model/way-facts.js';
import { askIgd } from './igd.js';
import { outsideByNatPmp } from './nat-pmp.js';
import { announcedByPcp } from './pcp.js';

const insideMs = 700;

/** What this device's own router tells of its outside address and of what it leads inside. It is only asked. */
export const routerGatherer: Gatherer<'router'> = {
  fact: 'router',
  needs: ['device.routes'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  // While silence is waited for anyway.
  hedge: { fact: 'connect', afterMs: 1_150 },
  when: (facts) => (routerOf(facts) === null ? 'there is no router of a home network' : null),
  async gather(facts, context) {
    const address = routerOf(facts);
    if (address === null) return skipped('there is no router of a home network');
    const own = fact(facts, 'device.routes')?.choices.find(({ via }) => via === address)?.source ?? null;
    const [pmp, pcp, igd] = await Promise.all([
      outsideByNatPmp(address, context),
      own === null ? null : announcedByPcp(address, own, context),
      askIgd(address, context),
    ]);
    if (pmp === null && pcp === null && igd === null) return skipped('the router tells nothing of itself');
    const { outside: told, mappings, ...more } = igd ?? { outside: null, mappings: [] };
    const outside = told ?? pmp?.outside ?? null;
    const upS = pcp?.upS ?? pmp?.upS;
    const by = [
      ...(pmp ? (['nat-pmp'] as const) : []),
      ...(pcp ? (['pcp'] as const) : []),
      ...(igd ? (['upnp'] as const) : []),
    ];
    const inside = await tryInside({ outside, mappings }, context);
    return known(
      { address, outside, by, mappings, inside, ...more, ...(upS !== undefined && { upS }) },
      'NAT-PMP, PCP, UPnP',
    );
  },
};

function routerOf(facts: Facts): string | null {
  const via = fact(facts, 'device.routes')?.defaults.find((one) => one.family === 4)?.via ?? null;
  return via !== null && familyOf(via) === 4 && scopeOf(via) === 'private' ? via : null;
}

/** The target's own service, without the way over the outside address. Only in this network, for the router says where. */
async function tryInside(
  { outside, mappings }: Pick<RouterFact, 'outside' | 'mappings'>,
  context: Context,
): Promise<RouterFact['inside']> {
  if (outside === null || mappings.length === 0) return null;
  const { system, options, signal } = context;
  await context.settled('connect');
  const probe = failedProbes(context.latest()).find((one) => one.address === outside);
  const mapping = mappings.find((one) => one.protocol === 'tcp' && one.outsidePort === probe?.port);
  if (!probe || !mapping || scopeOf(mapping.insideAddress) !== 'private') return null;
  const { insideAddress: address, insidePort: port } = mapping;
  const request = { address, port, timeoutMs: insideMs, discard: true, interface: options.interface };
  const { failure, stream } = await system.sockets.dial(request, signal).done;
  stream?.destroy();
  return { address, port, opened: failure === undefined };
}
