import { familyOf, inPrefix } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RouteSet, UnicastRoute } from '../../model/route-operations.js';
import { type ConfiguredGateway, configuredGateways } from '../../inspectors/routes/configured-gateways.js';
import { interfaceName, readUnicastRoute } from '../../operations/routes/unicast-route.js';

interface Looks {
  readonly gateways: readonly ConfiguredGateway[];
  /** Lines of the default route, as ip prints them, by family. */
  readonly defaults: Readonly<Record<4 | 6, readonly string[]>>;
}

/** The default route leads to the router that this computer's settings or its lease name. */
export const remedy: Remedy<Looks> = {
  id: 'set-gateway',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'leads the default route to the router that the network settings name',
  // Whether the settings name another one is not known before they are read.
  offers: () => false,
  concerns: (ailment) => wrongGateway(ailment) !== null,
  async look(_ailment, { system }) {
    const listed = async (family: 4 | 6): Promise<string[]> => {
      const shown = await system.run('ip', [`-${family}`, 'route', 'show', 'default'], { timeoutMs: 5_000 });
      return shown.exit === 0 ? shown.stdout.split('\n').filter((line) => line.startsWith('default')) : [];
    };
    return { gateways: await configuredGateways(system), defaults: { 4: await listed(4), 6: await listed(6) } };
  },
  plan(ailment, looks): Plan | { readonly whyNot: string } {
    const wrong = wrongGateway(ailment);
    if (wrong === null) return { whyNot: 'it is not the default route that leads nowhere' };
    const { family, address } = wrong;
    const lines = looks.defaults[family];
    const right = [...looks.gateways, ...leftByVpn(ailment)].find(
      (one) => familyOf(one.address) === family && one.address !== address && deviceFor(one, ailment) !== null,
    );
    const dev = right === undefined ? null : deviceFor(right, ailment);
    if (right === undefined || dev === null)
      return { whyNot: 'no settings of this computer and no lease name another router of its own network' };
    const old = lines.find((line) => address !== null && line.split(' ').includes(address)) ?? null;
    const remove = old === null ? null : readUnicastRoute(old);
    if (old !== null && remove === null)
      return { whyNot: `the route "${old.trim()}" could not be put back by its words` };
    if (old === null && lines.length > 0) return { whyNot: 'there is another default route already' };
    const operation: RouteSet = {
      kind: 'route-set',
      family,
      table: 'main',
      remove,
      add: lineFor(right.address, dev, family, remove),
    };
    const isVpn = ailment.verdict.cause === 'vpn-blocks';
    return {
      title: `leads the default route to ${right.address} on ${dev}, as ${right.location} says`,
      operations: [operation],
      opens: isVpn ? ['whatever went into the tunnel of the VPN goes out unprotected, beside it'] : [],
      wider: isVpn,
      // A session from another network hangs on this very route.
      mayCutOff: old !== null,
      notes: ['it holds until the computer restarts or connects again'],
    };
  },
};

/** The router that does not answer; null as its address where the default route is missing. */
function wrongGateway({
  verdict: { cause, culprit },
  facts,
}: Ailment): { readonly family: 4 | 6; readonly address: string | null } | null {
  const defaults = fact(facts, 'device.routes')?.defaults ?? [];
  const address = culprit?.address ?? '';
  const family = familyOf(address);
  if (culprit?.kind !== 'route' || family === 0) return null;
  if (cause === 'gateway-unreachable') return defaults.some(({ via }) => via === address) ? { family, address } : null;
  const isMissing = culprit.name?.endsWith(' default route') === true && !defaults.some((one) => one.family === family);
  return isMissing ? { family, address: null } : null;
}

/** The router by which a VPN that has ended reached its server: the one of before. */
function leftByVpn({ verdict: { cause }, facts }: Ailment): ConfiguredGateway[] {
  if (cause !== 'vpn-blocks') return [];
  return (fact(facts, 'device.routes')?.single ?? []).map(({ address, via, device }) => ({
    address: via,
    device,
    location: `the route to ${address}, the server of the VPN,`,
  }));
}

/** The interface on whose own network that router is. */
function deviceFor({ address, device }: ConfiguredGateway, { facts }: Ailment): string | null {
  const found = (fact(facts, 'device.interfaces') ?? []).find(
    (one) =>
      one.up &&
      (device === null || one.name === device) &&
      one.addresses.some(
        (own) => familyOf(own.address) === familyOf(address) && inPrefix(address, `${own.address}/${own.prefix}`),
      ),
  );
  return found !== undefined && interfaceName.test(found.name) ? found.name : null;
}

/** All that the old line said beside its router; IPv6 has a metric in any case (1024, net/ipv6/route.c). */
function lineFor(via: string, dev: string, family: 4 | 6, old: UnicastRoute | null): UnicastRoute {
  const metric = old?.metric ?? (family === 6 ? 1024 : undefined);
  return { prefix: 'default', via, dev, ...(metric !== undefined && { metric }) };
}
