import { bytesOf, familyOf } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import { type RouteRemove, refusingTypes } from '../../model/operation.js';
import { type Hands, type Look, type OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { readRefusingRoute, wordsOfRoute } from './refusing-route.js';

/** A line of the routing table that says "no" is taken out, and put back by its own words. */
export const operation: OperationKindOf<RouteRemove, null> = {
  kind: 'route-remove',
  check(json) {
    const args = new Arguments('route-remove', json);
    const kind = args.oneOf('kind', ['route-remove']);
    const family = args.whole('family', 4, 6) === 4 ? 4 : 6;
    const type = args.oneOf('type', refusingTypes);
    const prefix = args.text('prefix', 64);
    const table = args.matching('table', /^(?:main|default|[1-9]\d{0,9})$/);
    const protocol = args.optional('protocol', (name) => args.oneOf(name, ['static', 'boot', 'kernel'] as const));
    const metric = args.optional('metric', (name) => args.whole(name, 0, 4_294_967_295));
    args.end();
    const [address = '', length, ...rest] = prefix.split('/');
    const isLength =
      length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (bytesOf(address)?.length ?? 0) * 8);
    if (prefix !== 'default' && (familyOf(address) !== family || address.includes('%') || rest.length > 0 || !isLength))
      throw args.wrong(`prefix is no network of IPv${family}`);
    return {
      kind,
      family,
      type,
      prefix,
      table,
      ...(protocol !== undefined && { protocol }),
      ...(metric !== undefined && { metric }),
    };
  },
  commands: (operation) => [`ip ${words('del', operation).join(' ')}`],
  undo: (operation) => [`ip ${words('add', operation).join(' ')}`],
  async capture(operation, hands) {
    const found = await listed(operation, hands);
    if (found === 0) throw new Cannot('that route is no longer there: somebody changed the routes meanwhile');
    if (found > 1) throw new Cannot('that route is there more than once');
    return null;
  },
  preview: (operation) => [`  routes, table ${operation.table}:`, `- ${wordsOfRoute(operation).join(' ')}`],
  async apply(operation, _before, hands) {
    mustHaveRun('ip', await hands.run('ip', words('del', operation), bounds));
  },
  async look(operation, _before, hands): Promise<Look> {
    return { is: (await listed(operation, hands)) === 0 ? 'after' : 'before' };
  },
  async revert(operation, _before, hands) {
    if ((await listed(operation, hands)) === 0)
      mustHaveRun('ip', await hands.run('ip', words('add', operation), bounds));
  },
};

const bounds = { timeoutMs: 5_000, maxBytes: 8 * 1024 * 1024 };

function words(verb: 'add' | 'del', operation: RouteRemove): string[] {
  return [`-${operation.family}`, 'route', verb, ...wordsOfRoute(operation), 'table', operation.table];
}

/** How often the very line stands in its table. */
async function listed({ family, type, table, ...wanted }: RouteRemove, { run }: Pick<Hands, 'run'>): Promise<number> {
  const result = await run('ip', [`-${family}`, 'route', 'show', 'table', table, 'type', type], bounds);
  // A table without a line is none (measured, iproute2 6.1).
  if (/FIB table does not exist/.test(result.stderr)) return 0;
  const same = mustHaveRun('ip', result)
    .split('\n')
    .map((line) => readRefusingRoute(line))
    .filter(
      (route) =>
        route !== null &&
        route.type === type &&
        route.prefix === wanted.prefix &&
        route.protocol === wanted.protocol &&
        route.metric === wanted.metric,
    );
  return same.length;
}
