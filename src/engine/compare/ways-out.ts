import type { System, TableEntry } from '../../model/system.js';

export interface WayOut {
  readonly interface: string;
  readonly gateway: string | null;
}

const mostWays = 8;

/** Every interface with a default route of its own, the preferred one first. Empty where the routes cannot be read. */
export async function waysOut(system: System, family: 0 | 4 | 6): Promise<WayOut[]> {
  const families = family === 0 ? ([4, 6] as const) : ([family] as const);
  const found: WayOut[] = [];
  for (const one of families) {
    for (const entry of (await defaults(system, one)).toSorted((a, b) => metricOf(a) - metricOf(b))) {
      for (const hop of hopsOf(entry)) {
        if (found.length < mostWays && !found.some((way) => way.interface === hop.interface)) found.push(hop);
      }
    }
  }
  return found;
}

async function defaults(system: System, family: 4 | 6): Promise<readonly TableEntry[]> {
  const direct = await system.tables?.ask(family, ['route', 'show', 'default']);
  if (direct) return 'entries' in direct ? direct.entries : [];
  const { exit, stdout } = await system.run('ip', [`-${family}`, '-j', 'route', 'show', 'default'], {
    timeoutMs: 2000,
  });
  if (exit !== 0) return [];
  try {
    const parsed: unknown = JSON.parse(stdout);
    return Array.isArray(parsed) ? parsed.filter((entry): entry is TableEntry => typeof entry === 'object') : [];
  } catch {
    return [];
  }
}

/** A route may have several next hops. */
function hopsOf(entry: TableEntry): WayOut[] {
  const nexthops = Array.isArray(entry['nexthops']) ? (entry['nexthops'] as TableEntry[]) : [entry];
  return nexthops.flatMap(({ dev, gateway }) =>
    typeof dev === 'string' && dev !== 'lo'
      ? [{ interface: dev, gateway: typeof gateway === 'string' ? gateway : null }]
      : [],
  );
}

function metricOf({ metric }: TableEntry): number {
  return typeof metric === 'number' ? metric : 0;
}
