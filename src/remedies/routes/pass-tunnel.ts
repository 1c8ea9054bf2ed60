import { canonical, familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Operation } from '../../model/operation.js';
import type { Ailment, Plan } from '../../model/remedy.js';
import { addressesIn } from '../firewall/target-flows.js';

/** Names that VPN programs give their interfaces. */
const tunnels = /^(?:tun|tap|wg|ppp|utun|tailscale|nordlynx|proton|mullvad|zt)/;

/**
 * A line of the routing table for this one address, beside the tunnel that holds the way to it: the longer prefix wins,
 * in the main table also where wg-quick chooses tables by a mark, since it asks the main one for all but its default.
 */
export function planPastTunnel({ facts }: Ailment): Plan | { readonly whyNot: string } {
  const routes = fact(facts, 'device.routes');
  if (!routes) return { whyNot: 'by which way it leaves is not known' };
  const operations: Operation[] = [];
  for (const { address } of addressesIn(facts)) {
    const choice = routes.choices.find((one) => one.address === canonical(address));
    const family = familyOf(address);
    if (family === 0 || choice?.device === null || choice === undefined || !tunnels.test(choice.device)) continue;
    const beside = routes.defaults
      .filter((one) => one.family === family && one.via !== null && one.device !== null && !tunnels.test(one.device))
      .sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0))[0];
    if (!beside?.via || !beside.device) return { whyNot: `there is no other way out beside ${choice.device}` };
    const add = { prefix: canonical(address), via: beside.via, dev: beside.device, protocol: 'static' };
    operations.push({ kind: 'route-set', family, table: 'main', remove: null, add });
  }
  if (operations.length === 0) return { whyNot: 'the way to it does not lead into a tunnel' };
  const addresses = addressesIn(facts).map(({ address }) => address);
  return {
    title: `leads what goes to ${[...new Set(addresses)].join(', ')} beside the tunnel`,
    operations,
    opens: ['what any program sends to that address goes beside the tunnel, unprotected'],
    wider: true,
    mayCutOff: false,
    notes: ['a route cannot be for one program or port alone'],
  };
}
