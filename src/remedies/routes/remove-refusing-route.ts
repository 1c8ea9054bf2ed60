import { familyOf } from '../../model/address.js';
import { fact, type RouteChoice } from '../../model/facts.js';
import type { RouteRemove } from '../../model/operation.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { refusedBy } from './refusing-choice.js';
import { readRefusingRoute } from '../../operations/routes/refusing-route.js';

/** The line of this computer's routing table that says "no" for the target is taken out. */
export const remedy: Remedy<null> = {
  id: 'remove-refusing-route',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'takes out the route that says "no" for this address',
  offers: (ailment) => operationsFor(ailment).length > 0,
  concerns: (ailment) => refusedBy(ailment) === 'route',
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const operations = operationsFor(ailment);
    if (operations.length === 0)
      return { whyNot: 'no line of the routing table says "no" that could be put back by the same words' };
    const wide = operations.filter(({ prefix }) => !isOneAddress(prefix));
    const meant = operations.find(({ type, prefix }) => type === 'prohibit' || prefix === 'default');
    return {
      title: `takes out ${operations.map(({ type, prefix }) => `the route "${type} ${prefix}"`).join(' and ')}`,
      operations,
      opens: wide.map(({ prefix }) =>
        prefix === 'default' ? 'every address that no other route leads to' : `every other address of ${prefix}`,
      ),
      wider: wide.length > 0,
      mayCutOff: false,
      notes: ['it holds until the computer restarts, or until what made the route makes it again'],
      ...(meant !== undefined && { blockLooksRight: whyMeant(meant) }),
    };
  },
};

function operationsFor({ verdict: { culprit }, facts }: Ailment): RouteRemove[] {
  if (culprit?.kind !== 'route') return [];
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  // Of names, the addresses of both families may be stopped by a line each.
  const found = choices.filter(({ error }) => error !== null).flatMap((choice) => operationOf(choice) ?? []);
  const own = choices.find(({ address }) => address === culprit.address);
  if (own === undefined || operationOf(own) === null) return [];
  const unique = new Map(found.map((operation) => [JSON.stringify(operation), operation]));
  return [...unique.values()].slice(0, 4);
}

function operationOf({ address, line, table: from }: RouteChoice): RouteRemove | null {
  const route = line === null ? null : readRefusingRoute(line);
  const family = familyOf(address);
  if (route === null || family === 0) return null;
  const { table: written, ...rest } = route;
  const table = written ?? from ?? 'main';
  // A name of a table is known to this computer alone; numbers and the usual names mean the same everywhere.
  return /^(?:main|default|[1-9]\d{0,9})$/.test(table) ? { kind: 'route-remove', family, table, ...rest } : null;
}

function isOneAddress(prefix: string): boolean {
  return prefix !== 'default' && (!prefix.includes('/') || /^[\d.]+\/32$|:.*\/128$/.test(prefix));
}

function whyMeant({ type, prefix }: RouteRemove): string {
  return prefix === 'default'
    ? 'a route that stops everything is how a VPN keeps packets from going past it'
    : `"${type} ${prefix}" is what an administrator writes to forbid addresses`;
}
