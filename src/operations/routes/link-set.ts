import { Cannot } from '../../model/cannot.js';
import type { LinkSet } from '../../model/route-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { interfaceName } from './unicast-route.js';

interface Before {
  readonly up: boolean;
  readonly mtu: number;
}

const bounds = { timeoutMs: 5_000, maxBytes: 1024 * 1024 };

/** An interface is switched on, or the size of its packets bounded. Routes that hang on it are no part of this. */
export const operation: OperationKindOf<LinkSet, Before> = {
  kind: 'link-set',
  check(json) {
    const args = new Arguments('link-set', json);
    const kind = args.oneOf('kind', ['link-set']);
    const name = args.matching('name', interfaceName);
    const up = args.optional('up', (key) => args.take(key));
    // IPv6 takes no less than 1280 (RFC 8200, 5).
    const mtu = args.optional('mtu', (key) => args.whole(key, 1280, 65_536));
    args.end();
    if (up !== undefined && up !== true) throw args.wrong('up is true or left out');
    if (up === undefined && mtu === undefined) throw args.wrong('nothing is to be set');
    return { kind, name, ...(up === true && { up }), ...(mtu !== undefined && { mtu }) };
  },
  commands: (operation) => [`ip ${wordsOf(operation).join(' ')}`],
  undo: ({ name, up, mtu }, _id, before) => [
    `ip link set dev ${name}${mtu === undefined ? '' : ` mtu ${before.mtu}`}${up === undefined || before.up ? '' : ' down'}`,
  ],
  async capture({ name, up, mtu }, hands) {
    const now = await linkOf(name, hands);
    if (now === null) throw new Cannot(`there is no interface ${name} any more`);
    if ((up === undefined || now.up) && (mtu === undefined || now.mtu === mtu))
      throw new Cannot(`the interface ${name} is set like that already`);
    return now;
  },
  preview: ({ name, up, mtu }, before) => [
    `  interface ${name}:`,
    ...(mtu === undefined ? [] : [`- mtu ${before.mtu}`, `+ mtu ${mtu}`]),
    ...(up === undefined || before.up ? [] : ['- down', '+ up']),
  ],
  async apply(operation, _before, hands) {
    mustHaveRun('ip', await hands.run('ip', wordsOf(operation), bounds));
  },
  async look({ name, up, mtu }, before, hands): Promise<Look> {
    const now = await linkOf(name, hands);
    const where = `  interface ${name}:`;
    if (now === null) return { is: 'other', ours: false, difference: [where, '- the whole interface'] };
    const left = { up: before.up || up === true, mtu: mtu ?? before.mtu };
    if (now.up === before.up && now.mtu === before.mtu) return { is: 'before' };
    if (now.up === left.up && now.mtu === left.mtu) return { is: 'after' };
    const difference = [where, `  ${now.up ? 'up' : 'down'}, mtu ${now.mtu}`];
    return { is: 'other', ours: false, difference };
  },
  async revert({ name, up, mtu }, before, hands) {
    const now = await linkOf(name, hands);
    if (now === null) return;
    const words = [
      ...(mtu !== undefined && now.mtu === mtu ? ['mtu', String(before.mtu)] : []),
      ...(up !== undefined && !before.up && now.up ? ['down'] : []),
    ];
    if (words.length > 0) mustHaveRun('ip', await hands.run('ip', ['link', 'set', 'dev', name, ...words], bounds));
  },
};

function wordsOf({ name, up, mtu }: LinkSet): string[] {
  return ['link', 'set', 'dev', name, ...(mtu === undefined ? [] : ['mtu', String(mtu)]), ...(up ? ['up'] : [])];
}

async function linkOf(name: string, { run }: Pick<Hands, 'run'>): Promise<Before | null> {
  const shown = await run('ip', ['-j', 'link', 'show', 'dev', name], bounds);
  if (/does not exist/.test(shown.stderr)) return null;
  const found: unknown = JSON.parse(mustHaveRun('ip', shown));
  const link: unknown = Array.isArray(found) ? found.find((one: unknown) => typeof one === 'object') : null;
  if (typeof link !== 'object' || link === null || !('flags' in link) || !('mtu' in link)) return null;
  const { flags, mtu } = link;
  return Array.isArray(flags) && typeof mtu === 'number' ? { up: flags.includes('UP'), mtu } : null;
}
