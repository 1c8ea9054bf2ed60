import { isObject, type Json, type JsonObject, listOf, numberOf, stringOf } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import type { NftElementRemove } from '../../model/ban-operations.js';
import { transact } from '../nft/chain.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments, nftName } from '../validate.js';
import { elementOf } from './element.js';

interface Before {
  /** Seconds, where the element has a time-out of its own. */
  readonly timeout: number | null;
  /** When it would have ended by itself, in milliseconds since 1970. */
  readonly endsAt: number | null;
  readonly comment: string | null;
}

interface Element extends Omit<Before, 'endsAt'> {
  readonly text: string;
  readonly expires: number | null;
  /** Something of it is not known here, and would be lost. */
  readonly isOdd: boolean;
}

const bounds = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };

/** One element of a set of nftables is taken out, and put back with the time that it had left. */
export const operation: OperationKindOf<NftElementRemove, Before> = {
  kind: 'nft-element-remove',
  check(json) {
    const args = new Arguments('nft-element-remove', json);
    const checked: NftElementRemove = {
      kind: args.oneOf('kind', ['nft-element-remove']),
      family: args.oneOf('family', ['ip', 'ip6', 'inet', 'netdev']),
      table: args.matching('table', nftName),
      set: args.matching('set', nftName),
      element: elementOf(args, 'element'),
    };
    args.end();
    return checked;
  },
  commands: (operation) => [`nft delete element ${placeOf(operation)} '{ ${operation.element} }'`],
  undo: (operation, _id, { timeout, comment }) => {
    const more = `${timeout === null ? '' : ` timeout ${timeout}s`}${comment === null ? '' : ` comment "${comment}"`}`;
    return [`nft add element ${placeOf(operation)} '{ ${operation.element}${more} }'`];
  },
  async capture(operation, hands) {
    const elements = await elementsOf(operation, hands);
    if (elements === null) throw new Cannot(`there is no set ${placeOf(operation)} any more`);
    const found = elements.find(({ text }) => text === operation.element);
    if (found === undefined) throw new Cannot(`${operation.element} is not in the set ${operation.set} any more`);
    if (found.isOdd) throw new Cannot(`the entry of ${operation.element} holds what could not be put back`);
    const { timeout, comment, expires } = found;
    const endsAt = expires === null ? null : hands.clock.wall().getTime() + expires * 1000;
    return { timeout, endsAt, comment };
  },
  preview: ({ family, table, set, element }) => [`  ${family} ${table}, set ${set}:`, `- ${element}`],
  async apply(operation, _before, hands) {
    await transact([{ delete: { element: named(operation, jsonOf(operation.element)) } }], hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const elements = await elementsOf(operation, hands);
    const where = `  ${operation.family} ${operation.table}, set ${operation.set}:`;
    if (elements === null) return { is: 'other', ours: false, difference: [where, '- the whole set'] };
    const now = elements.find(({ text }) => text === operation.element);
    if (now !== undefined) {
      const isSame = now.timeout === before.timeout && now.comment === before.comment;
      return isSame
        ? { is: 'before' }
        : { is: 'other', ours: false, difference: [where, `  ${operation.element} is in it anew, in other words`] };
    }
    return { is: isOver(before, hands) ? 'before' : 'after' };
  },
  async revert(operation, before, hands) {
    const elements = await elementsOf(operation, hands);
    if (elements === null || elements.some(({ text }) => text === operation.element) || isOver(before, hands)) return;
    const { timeout, comment, endsAt } = before;
    const rest = endsAt === null ? null : Math.ceil((endsAt - hands.clock.wall().getTime()) / 1000);
    // The kernel takes no more than the time-out itself.
    const left = rest === null || timeout === null ? rest : Math.min(rest, timeout);
    const val = jsonOf(operation.element);
    const elem: Json = {
      elem: {
        val,
        ...(timeout !== null && { timeout }),
        ...(left !== null && { expires: left }),
        ...(comment !== null && { comment }),
      },
    };
    await transact([{ add: { element: named(operation, elem) } }], hands);
  },
};

/** Its time would be over by now: it would not be there without the change either. */
function isOver({ endsAt }: Before, { clock }: Hands): boolean {
  return endsAt !== null && clock.wall().getTime() >= endsAt;
}

function placeOf({ family, table, set }: NftElementRemove): string {
  return `${family} ${table} ${set}`;
}

function named({ family, table, set }: NftElementRemove, elem: Json): JsonObject {
  return { family, table, name: set, elem: [elem] };
}

function jsonOf(element: string): Json {
  const [first = '', last] = element.split('-');
  if (last !== undefined) return { range: [first, last] };
  const [addr = '', length] = element.split('/');
  return length === undefined ? addr : { prefix: { addr, len: Number(length) } };
}

/** Null when there is no such set. */
async function elementsOf(
  { family, table, set }: Pick<NftElementRemove, 'family' | 'table' | 'set'>,
  { run }: Pick<Hands, 'run'>,
): Promise<Element[] | null> {
  const listed = await run('nft', ['-j', 'list', 'set', family, table, set], bounds);
  if (/No such file or directory/.test(listed.stderr)) return null;
  return elementsIn(mustHaveRun('nft', listed));
}

/** Of nft's JSON for one set. */
export function elementsIn(printed: string): Element[] {
  const json = JSON.parse(printed) as Json;
  const objects = isObject(json) ? listOf(json.nftables) : [];
  return objects.flatMap((object) => {
    const set = isObject(object) && isObject(object.set) ? object.set : null;
    if (set === null) return [];
    const counts = listOf(set.stmt).length > 0;
    return listOf(set.elem).flatMap((elem) => readElement(elem, counts) ?? []);
  });
}

function readElement(json: Json, counts: boolean): Element | null {
  const whole = isObject(json) && isObject(json.elem) ? json.elem : null;
  const text = textOf(whole === null ? json : whole.val);
  if (text === null) return null;
  const known = new Set(['val', 'timeout', 'expires', 'comment', ...(counts ? ['counter'] : [])]);
  return {
    text,
    timeout: numberOf(whole?.timeout) ?? null,
    expires: numberOf(whole?.expires) ?? null,
    comment: stringOf(whole?.comment) ?? null,
    isOdd: whole !== null && Object.keys(whole).some((key) => !known.has(key)),
  };
}

function textOf(json: Json | undefined): string | null {
  if (typeof json === 'string') return json;
  if (!isObject(json)) return null;
  if (isObject(json.prefix)) return `${stringOf(json.prefix.addr) ?? ''}/${numberOf(json.prefix.len) ?? ''}`;
  const range = listOf(json.range);
  const [first, last] = range;
  return typeof first === 'string' && typeof last === 'string' ? `${first}-${last}` : null;
}
