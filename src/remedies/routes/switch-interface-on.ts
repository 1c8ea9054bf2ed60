import { familyOf, inPrefix } from '../../model/address.js';
import { fact, type InterfaceFact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RouteOperation } from '../../model/route-operations.js';
import { type ConfiguredGateway, configuredGateways } from '../../inspectors/routes/configured-gateways.js';
import { type LinkManager, managerOf } from './link-manager.js';
import { interfaceName } from '../../operations/routes/unicast-route.js';

interface Looks {
  readonly gateways: readonly ConfiguredGateway[];
  /** Who looks after it, and would undo what is done beside it. */
  readonly manager: LinkManager;
}

/** An interface that is switched off is switched on, with the way out that its settings name. */
export const remedy: Remedy<Looks> = {
  id: 'switch-interface-on',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'switches the network interface on',
  offers: (ailment) => interfaceOf(ailment)?.up === false,
  concerns: (ailment) => interfaceOf(ailment) !== null,
  async look(ailment, { system }) {
    const found = interfaceOf(ailment);
    const manager: LinkManager =
      found === null || found.name === 'lo' ? { is: 'nobody' } : await managerOf(found.name, found.index, system);
    return { gateways: await configuredGateways(system), manager };
  },
  plan(ailment, { gateways, manager }): Plan | { readonly whyNot: string } {
    const found = interfaceOf(ailment);
    if (found === null) return { whyNot: 'no interface is known to be switched off' };
    if (manager.is !== 'nobody') return byManager(found, manager);
    if (found.up) return { whyNot: `${found.name} is on, and nobody on this computer looks after its addresses` };
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

/** With its addresses and routes, as the manager knows them. */
function byManager(
  { name, up }: InterfaceFact,
  manager: Exclude<LinkManager, { is: 'nobody' }>,
): Plan | { readonly whyNot: string } {
  const isNetworkd = manager.is === 'networkd';
  if (isNetworkd && up) return { whyNot: `${name} is on, and systemd-networkd looks after it` };
  if (!isNetworkd && up && manager.state === 'connected')
    return { whyNot: `${name} is on, and connected by NetworkManager` };
  return {
    title: `has ${isNetworkd ? 'systemd-networkd' : 'NetworkManager'} ${isNetworkd ? 'switch on' : 'connect'} ${name}`,
    operations: [{ kind: 'link-connect', device: name, by: isNetworkd ? 'networkd-up' : 'NetworkManager' }],
    opens: [],
    wider: false,
    mayCutOff: false,
    notes: ['it holds until the computer restarts: then its settings say whether it is switched on'],
  };
}

/** Switched off; or on, and without any address, as managers leave an interface that somebody disconnected. */
function interfaceOf({ verdict: { culprit }, facts }: Ailment): InterfaceFact | null {
  if (culprit?.kind !== 'interface') return null;
  const found = fact(facts, 'device.interfaces')?.find(({ name }) => name === culprit.name);
  if (found === undefined || !interfaceName.test(found.name)) return null;
  const hasAddress = found.addresses.some(({ scope }) => scope === 'global');
  return !found.up || (found.carrier !== false && !hasAddress) ? found : null;
}
