import { familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { failedProbes } from '../../model/probed.js';
import type { RouterFact } from '../../model/way-facts.js';
import { askIgd } from './igd.js';
import { outsideByNatPmp } from './nat-pmp.js';

const insideMs = 700;

/** What this device's own router tells of its outside address and of what it leads inside. It is only asked. */
export const routerGatherer: Gatherer<'router'> = {
  fact: 'router',
  needs: ['device.routes', 'connect'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (routerOf(facts) === null ? 'there is no router of a home network' : null),
  async gather(facts, context) {
    const address = routerOf(facts);
    if (address === null) return skipped('there is no router of a home network');
    const [pmp, igd] = await Promise.all([outsideByNatPmp(address, context), askIgd(address, context)]);
    if (pmp === null && igd === null) return skipped('the router tells nothing of itself');
    const outside = igd?.outside ?? pmp;
    const mappings = igd?.mappings ?? [];
    const by = [...(pmp === null ? [] : (['nat-pmp'] as const)), ...(igd === null ? [] : (['upnp'] as const))];
    const inside = await tryInside({ outside, mappings }, facts, context);
    return known({ address, outside, by, mappings, inside }, 'NAT-PMP, UPnP');
  },
};

function routerOf(facts: Facts): string | null {
  const via = fact(facts, 'device.routes')?.defaults.find((one) => one.family === 4)?.via ?? null;
  return via !== null && familyOf(via) === 4 && scopeOf(via) === 'private' ? via : null;
}

/** The target's own service, without the way over the outside address. Only in this network, for the router says where. */
async function tryInside(
  { outside, mappings }: Pick<RouterFact, 'outside' | 'mappings'>,
  facts: Facts,
  { system, options, signal }: Context,
): Promise<RouterFact['inside']> {
  const probe = failedProbes(facts).find((one) => one.address === outside);
  const mapping = mappings.find((one) => one.protocol === 'tcp' && one.outsidePort === probe?.port);
  if (!probe || !mapping || scopeOf(mapping.insideAddress) !== 'private') return null;
  const { insideAddress: address, insidePort: port } = mapping;
  const request = { address, port, timeoutMs: insideMs, discard: true, interface: options.interface };
  const { failure, stream } = await system.sockets.dial(request, signal).done;
  stream?.destroy();
  return { address, port, opened: failure === undefined };
}
