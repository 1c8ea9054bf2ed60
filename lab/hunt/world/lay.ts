// Cables to addresses and routes: every router knows the shortest ways to every network, the others their first router.
import type { Link, Machine, Topology } from '../../world/topology.js';
import type { Family, Place } from './network.js';

export interface Cable {
  readonly link: Link;
  readonly four: string;
  readonly six: string;
  readonly a: Place;
  readonly b: Place;
  /** More addresses of the second end. */
  readonly besides?: readonly Place[];
}

interface Wishes {
  /** The router of the device. */
  readonly first: Machine;
  /** What the device has; everybody else has both. */
  readonly families: readonly Family[];
  /** Networks that nobody but the first router knows. */
  readonly hidden: readonly string[];
}

interface Neighbour {
  readonly machine: Machine;
  readonly its: Place;
}

const ENDS: readonly Machine[] = ['device', 'server', 'resolver', 'reference'];

export function lay(
  cables: readonly Cable[],
  wishes: Wishes,
): Pick<Topology, 'machines' | 'links' | 'addresses' | 'routes'> {
  const machines = [...new Set(cables.flatMap(({ link: [a, , b] }) => [a, b]))];
  const addresses: Partial<Record<Machine, [string, string][]>> = {};
  const give = (machine: Machine, at: string, place: Place, cable: Cable): void => {
    const list = (addresses[machine] ??= []);
    for (const family of [4, 6] as const) {
      if (machine === 'device' && !wishes.families.includes(family)) continue;
      list.push([at, `${place[family]}/${(family === 4 ? cable.four : cable.six).split('/')[1] ?? ''}`]);
    }
  };
  for (const cable of cables) {
    const [a, ifa, b, ifb] = cable.link;
    give(a, ifa, cable.a, cable);
    give(b, ifb, cable.b, cable);
    for (const place of cable.besides ?? []) give(b, ifb, place, cable);
  }
  const routes: Partial<Record<Machine, string[]>> = {};
  for (const machine of machines) {
    routes[machine] = ENDS.includes(machine)
      ? defaultsOf(machine, cables, machine === 'device' ? wishes.families : [4, 6])
      : [...routesOf(machine, cables, wishes), ...(machine === wishes.first ? outOf(machine, cables) : [])];
  }
  return { machines, links: cables.map(({ link }) => link), addresses, routes };
}

function neighboursOf(machine: Machine, cables: readonly Cable[]): Neighbour[] {
  return cables.flatMap(({ link: [a, , b], ...cable }) => {
    if (a === machine) return [{ machine: b, its: cable.b }];
    return b === machine ? [{ machine: a, its: cable.a }] : [];
  });
}

function defaultsOf(machine: Machine, cables: readonly Cable[], families: readonly Family[]): string[] {
  const [router] = neighboursOf(machine, cables);
  return router ? families.map((family) => `default via ${router.its[family]}`) : [];
}

/** A home's router sends to its provider what it does not know. */
function outOf(machine: Machine, cables: readonly Cable[]): string[] {
  const next = neighboursOf(machine, cables).find((neighbour) => !ENDS.includes(neighbour.machine));
  return next ? ([4, 6] as const).map((family) => `default via ${next.its[family]}`) : [];
}

/** How many cables lie between each router and the cable's two ends. */
function distances(cable: Cable, cables: readonly Cable[]): Map<Machine, number> {
  const far = new Map<Machine, number>();
  let edge: Machine[] = [cable.link[0], cable.link[2]].filter((machine) => !ENDS.includes(machine));
  for (let steps = 0; edge.length > 0; steps++) {
    for (const machine of edge) far.set(machine, steps);
    edge = [
      ...new Set(
        edge
          .flatMap((machine) => neighboursOf(machine, cables).map(({ machine: next }) => next))
          .filter((next) => !far.has(next) && !ENDS.includes(next)),
      ),
    ];
  }
  return far;
}

function routesOf(machine: Machine, cables: readonly Cable[], { hidden }: Wishes): string[] {
  return cables.flatMap((cable) => {
    const far = distances(cable, cables);
    const here = far.get(machine) ?? 0;
    if (here === 0) return [];
    const next = neighboursOf(machine, cables).filter((neighbour) => far.get(neighbour.machine) === here - 1);
    return ([4, 6] as const).flatMap((family) => {
      const net = family === 4 ? cable.four : cable.six;
      if (next.length === 0 || hidden.includes(net)) return [];
      const [only] = next;
      return next.length === 1 && only
        ? [`${net} via ${only.its[family]}`]
        : [`${net} ${next.map(({ its }) => `nexthop via ${its[family]}`).join(' ')}`];
    });
  });
}
