import { familyOf, inPrefix } from '../../model/address.js';
import { fact, type InterfaceFact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RouteOperation } from '../../model/route-operations.js';
import { type ConfiguredGateway, configuredGateways } from '../../inspectors/routes/configured-gateways.js';
import { interfaceName } from '../../operations/routes/unicast-route.js';

interface Looks {
  readonly gateways: readonly ConfiguredGateway[];
  /** Somebody who looks after interfaces, and would undo it or be surprised by it. */
  readonly manager: string | null;
}

/** An interface that is switched off is switched on, with the way out that its settings name. */
export const remedy: Remedy<Looks> = {
  id: 'switch-interface-on',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'switches the network interface on',
  offers: (ailment) => interfaceOf(ailment) !== null,
  async look(_ailment, { system }) {
    const managed = (await system.files.exists('/run/NetworkManager/devices')) ? 'NetworkManager' : null;
    return { gateways: await configuredGateways(system), manager: managed };
  },
  plan(ailment, { gateways, manager }): Plan | { readonly whyNot: string } {
    const found = interfaceOf(ailment);
    if (found === null) return { whyNot: 'no interface is known to be switched off' };
    if (manager !== null && found.name !== 'lo')
      return { whyNot: `${manager} looks after it: nmcli device connect ${found.name} switches it on` };
    const ways = gateways.flatMap(({ address, device }): RouteOperation[] => {
      const isOwn = found.addresses.some(
        (own) => familyOf(own.address) === familyOf(address) && inPrefix(address, `${own.address}/${own.prefix}`),
      );
      const family = familyOf(address);
      if (!isOwn || family === 0 || (device !== null && device !== found.name)) return [];
      const metric = family === 6 ? { metric: 1024 } : {};
      const add = { prefix: 'default', via: address, dev: found.name, ...metric };
      return [{ kind: 'route-set', family, table: 'main', remove: null, add }];
    });
    const first = [...new Map(ways.map((one) => [JSON.stringify(one), one])).values()].slice(0, 2);
    return {
      title: `switches ${found.name} on${first.length > 0 ? ', and leads what goes out by the router of its settings' : ''}`,
      operations: [{ kind: 'link-set', name: found.name, up: true }, ...first],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: ['it holds until the computer restarts: then its settings say whether it is switched on'],
    };
  },
};

function interfaceOf({ verdict: { culprit }, facts }: Ailment): InterfaceFact | null {
  if (culprit?.kind !== 'interface') return null;
  const found = fact(facts, 'device.interfaces')?.find(({ name }) => name === culprit.name);
  return found !== undefined && !found.up && interfaceName.test(found.name) ? found : null;
}
