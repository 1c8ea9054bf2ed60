import { ipJson, type IpObject, isObject, numberOf, textOf } from '../../inspectors/ip/ip-command.js';
import type { System } from '../../model/system.js';

export interface WayOut {
  readonly interface: string;
  readonly gateway: string | null;
}

const mostWays = 8;

/** Every interface with a default route of its own, the preferred one first. Empty where the routes cannot be read. */
export async function waysOut(system: System, family: 0 | 4 | 6): Promise<WayOut[]> {
  const families = family === 0 ? ([4, 6] as const) : ([family] as const);
  const context = { system, signal: new AbortController().signal };
  const found: WayOut[] = [];
  for (const one of families) {
    const routes = await ipJson(context, ['route', 'show', 'default'], one);
    if (!routes.ok) continue;
    for (const entry of routes.value.toSorted((a, b) => metricOf(a) - metricOf(b))) {
      for (const hop of hopsOf(entry)) {
        if (found.length < mostWays && !found.some((way) => way.interface === hop.interface)) found.push(hop);
      }
    }
  }
  return found;
}

/** A route may have several next hops. */
function hopsOf(route: IpObject): WayOut[] {
  const hops: readonly unknown[] = Array.isArray(route['nexthops']) ? route['nexthops'] : [route];
  return hops.filter(isObject).flatMap((hop) => {
    const device = textOf(hop['dev']);
    return device === null || device === 'lo' ? [] : [{ interface: device, gateway: textOf(hop['gateway']) }];
  });
}

function metricOf(route: IpObject): number {
  return numberOf(route['metric']) ?? 0;
}
