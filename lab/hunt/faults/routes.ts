// Routes, links and neighbours.
import type { Machine } from '../../world/topology.js';
import { ip, ip6, type Step } from '../../world/steps.js';
import type { Draft } from '../world/draft.js';
import { addressesOf, type Family } from '../world/network.js';
import type { Faults } from './fault.js';

function route(on: Machine, family: Family, line: string): Step {
  return family === 4 ? ip(on, line) : ip6(on, line);
}

function deviceRoute(draft: Draft): string {
  const { network, random } = draft;
  const kind = random.pick(['blackhole', 'unreachable', 'prohibit', 'missing', 'throw'] as const);
  for (const family of network.families) {
    const to = random.chance(0.5) ? network.servers[family] : network.server[family];
    draft.steps.push(route('device', family, kind === 'missing' ? 'route del default' : `route add ${kind} ${to}`));
  }
  return `device route ${kind}`;
}

function deviceGateway(draft: Draft): string {
  const { network, random } = draft;
  const four = network.device[4].replace(/\d+$/, '');
  const dead = { 4: `${four}${201 + random.below(40)}`, 6: `2001:db8:7::${(0x900 + random.below(99)).toString(16)}` };
  for (const family of network.families)
    draft.steps.push(route('device', family, `route replace default via ${dead[family]} dev eth0`));
  return 'device gateway wrong';
}

function deviceLink(draft: Draft): string {
  const { random, network } = draft;
  const [first = 'home'] = network.routers;
  const way = random.pick(['down', 'unplugged', 'router-gone', 'no-address'] as const);
  if (way === 'down') draft.steps.push(ip('device', 'link set eth0 down'));
  if (way === 'unplugged') draft.steps.push(ip(first, 'link set lan down'));
  if (way === 'router-gone') draft.steps.push(ip(first, 'addr flush dev lan'));
  if (way === 'no-address') draft.steps.push(ip('device', 'addr flush dev eth0'));
  return `device link ${way}`;
}

/** Addresses that no cable has. */
const NOBODY = { 4: '203.0.113.201', 6: '2001:db8:113:ff::77' } as const;

/** Of the networks behind a router, the one that leads to the target; the router's own net cannot be taken from it. */
function routerRoute(draft: Draft): string {
  const { network, random } = draft;
  const at = random.below(network.routers.length);
  const on = network.routers[at] ?? 'home';
  const kind = random.pick(['blackhole', 'unreachable', 'prohibit', 'gone', 'loop', 'dead-next'] as const);
  const before = network.routers[at - 1];
  const both = network.detour && on === 'transit' ? (['transit', 'detour'] as const) : [on];
  for (const machine of both) {
    for (const family of network.families) {
      const host = `${network.server[family]}/${family === 4 ? 32 : 128}`;
      const back = before === undefined ? network.device[family] : backTo(draft, machine, family);
      const line = {
        blackhole: `route add blackhole ${host}`,
        unreachable: `route add unreachable ${host}`,
        prohibit: `route add prohibit ${host}`,
        gone:
          machine === network.routers.at(-1) ? `route add unreachable ${host}` : `route del ${network.servers[family]}`,
        loop: `route add ${host} via ${back}`,
        'dead-next':
          machine === network.routers.at(-1)
            ? `route add blackhole ${host}`
            : `route add ${host} via ${NOBODY[family]} dev ${network.outward[machine] ?? ''} onlink`,
      }[kind];
      if (kind === 'gone' && machine !== network.routers.at(-1) && machine === network.routers[0])
        draft.steps.push(route(machine, family, 'route del default'));
      draft.steps.push(route(machine, family, line));
    }
  }
  return `${on} route ${kind}`;
}

/** The address of the router before it, on the cable between the two. */
function backTo({ network }: Draft, machine: Machine, family: Family): string {
  const inward = network.inward[machine] ?? '';
  const link = network.topology.links.find(([, , b, ifb]) => b === machine && ifb === inward);
  const [before = 'device', name = ''] = link ?? [];
  const found = (network.topology.addresses[before] ?? []).find(
    ([at, address]) => at === name && address.includes(':') === (family === 6),
  );
  return found?.[1].replace(/\/\d+$/, '') ?? network.device[family];
}

function routerLink(draft: Draft): string {
  const { network, random } = draft;
  const on = random.pick(network.routers);
  const outward = network.outward[on] ?? 'servers';
  draft.steps.push(ip(on, `link set ${outward} down`));
  if (network.detour && on === 'provider') draft.steps.push(ip(on, 'link set to-detour down'));
  return `${on} link ${outward} down`;
}

/** The router beside the server has a wrong link address for it: frames go to nobody, in silence. */
function wrongNeighbour(draft: Draft): string {
  const { network, random } = draft;
  const last = network.routers.at(-1) ?? 'home';
  for (const family of network.families)
    draft.steps.push(
      ip(
        last,
        `neigh replace ${network.server[family]} lladdr 02:00:00:00:00:${10 + random.below(80)} dev servers nud permanent`,
      ),
    );
  return `${last} neighbour wrong`;
}

function wayBackMissing(draft: Draft): string {
  const { network, random } = draft;
  const on = random.pick(['server', ...network.routers.slice(1)] as const);
  const kind = random.pick(['blackhole', 'unreachable', 'gone'] as const);
  for (const family of network.families) {
    const seen = network.translates && family === 4 ? outsideOf(draft) : network.device[family];
    const line =
      on === 'server' && kind === 'gone'
        ? 'route del default'
        : `route add ${kind === 'gone' ? 'blackhole' : kind} ${seen}/${family === 4 ? 32 : 128}`;
    draft.steps.push(route(on, family, line));
  }
  return `${on} way back ${kind}`;
}

function outsideOf({ network }: Draft): string {
  const [first = 'home'] = network.routers;
  const [, outside] = addressesOf(network, first).filter((address) => !address.includes(':'));
  return outside ?? network.device[4];
}

export const routes: Faults = [
  [2, deviceRoute],
  [1, deviceGateway],
  [2, deviceLink],
  [4, routerRoute],
  [2, routerLink],
  [1, wrongNeighbour],
  [2, wayBackMissing],
];
