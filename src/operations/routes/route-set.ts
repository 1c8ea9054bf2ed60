import { Cannot } from '../../model/cannot.js';
import type { RouteSet, UnicastRoute } from '../../model/route-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { checkUnicast, readUnicastRoute, wordsOfUnicast } from './unicast-route.js';

const bounds = { timeoutMs: 5_000, maxBytes: 8 * 1024 * 1024 };

/** One line of a routing table for another: `ip route replace` where both have the same key, so that none is missing ever. */
export const operation: OperationKindOf<RouteSet, null> = {
  kind: 'route-set',
  check(json) {
    const args = new Arguments('route-set', json);
    const kind = args.oneOf('kind', ['route-set']);
    const family = args.whole('family', 4, 6) === 4 ? 4 : 6;
    const table = args.matching('table', /^(?:main|[1-9]\d{0,9})$/);
    const line = (name: string): UnicastRoute | null => {
      const value = args.take(name);
      return value === null ? null : checkUnicast(value, family);
    };
    const [remove, add] = [line('remove'), line('add')];
    args.end();
    if (remove === null && add === null) throw args.wrong('nothing is removed and nothing added');
    return { kind, family, table, remove, add };
  },
  commands: (operation) => stepsOf(operation, operation.remove, operation.add).map((words) => `ip ${words.join(' ')}`),
  undo: (operation) => stepsOf(operation, operation.add, operation.remove).map((words) => `ip ${words.join(' ')}`),
  async capture(operation, hands) {
    const { is } = await lookAt(operation, hands);
    if (is === 'before') return null;
    throw new Cannot('the routes are no longer what they were: somebody changed them meanwhile');
  },
  preview: ({ table, remove, add }) => [
    `  routes, table ${table}:`,
    ...(remove === null ? [] : [`- ${wordsOfUnicast(remove).join(' ')}`]),
    ...(add === null ? [] : [`+ ${wordsOfUnicast(add).join(' ')}`]),
  ],
  apply: (operation, _before, hands) => eachOf(stepsOf(operation, operation.remove, operation.add), hands),
  look: (operation, _before, hands) => lookAt(operation, hands),
  async revert(operation, _before, hands) {
    const { remove, add } = operation;
    const lines = await listed(operation, hands);
    const isThere = (line: UnicastRoute | null): boolean => line !== null && lines.some((one) => isSame(one, line));
    const back = remove !== null && !isThere(remove) ? remove : null;
    const away = isThere(add) ? add : null;
    if (away !== null || back !== null) await eachOf(stepsOf(operation, away, back), hands);
  },
};

/** The kernel tells lines apart by prefix and metric: one that differs in the rest takes the other's place. */
function stepsOf({ family, table }: RouteSet, away: UnicastRoute | null, come: UnicastRoute | null): string[][] {
  const words = (verb: string, line: UnicastRoute): string[] => [
    `-${family}`,
    'route',
    verb,
    ...wordsOfUnicast(line),
    'table',
    table,
  ];
  const isInPlace = away !== null && come !== null && away.prefix === come.prefix && away.metric === come.metric;
  // IPv6 would keep both as ways of equal cost (RTM_NEWROUTE appends a next hop).
  if (isInPlace && family === 4) return [words('replace', come)];
  return [...(come === null ? [] : [words('add', come)]), ...(away === null ? [] : [words('del', away)])];
}

async function eachOf(steps: readonly string[][], hands: Hands): Promise<void> {
  for (const words of steps) mustHaveRun('ip', await hands.run('ip', words, bounds));
}

async function lookAt(operation: RouteSet, hands: Hands): Promise<Look> {
  const { remove, add } = operation;
  const lines = await listed(operation, hands);
  const counted = (line: UnicastRoute | null): number =>
    line === null ? 0 : lines.filter((one) => isSame(one, line)).length;
  const [old, fresh] = [counted(remove), counted(add)];
  if (old === (remove === null ? 0 : 1) && fresh === 0) return { is: 'before' };
  if (old === 0 && fresh === (add === null ? 0 : 1)) return { is: 'after' };
  const difference = [
    `  routes, table ${operation.table}:`,
    ...lines.slice(0, 40).map((line) => `  ${wordsOfUnicast(line).join(' ')}`),
  ];
  // Both are there: it was cut off between the two.
  if (old === 1 && fresh === 1) return { is: 'torn', difference };
  return { is: 'other', ours: fresh > 0, difference };
}

async function listed({ family, table }: RouteSet, { run: start }: Pick<Hands, 'run'>): Promise<UnicastRoute[]> {
  const result = await start('ip', [`-${family}`, 'route', 'show', 'table', table], bounds);
  // A table without a line is none (measured, iproute2 6.1).
  if (/FIB table does not exist/.test(result.stderr)) return [];
  return mustHaveRun('ip', result)
    .split('\n')
    .flatMap((line) => readUnicastRoute(line) ?? []);
}

function isSame(a: UnicastRoute, b: UnicastRoute): boolean {
  return wordsOfUnicast(a).join(' ') === wordsOfUnicast(b).join(' ');
}
