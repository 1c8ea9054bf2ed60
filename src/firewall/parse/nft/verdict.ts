import type { Verdict } from '../../ruleset.js';
import { isObject, type Json, type JsonObject, listOf, soleKey, stringOf } from './json.js';

/** A verdict statement, or undefined when it is none. */
export function parseVerdict(statement: Json): Verdict | undefined {
  if (!isObject(statement)) return undefined;
  const kind = soleKey(statement);
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { to: kind };
    case 'jump':
    case 'goto': {
      const inner = statement[kind];
      const chain = isObject(inner) ? stringOf(inner.target) : undefined;
      return chain === undefined ? undefined : { to: kind, chain };
    }
    case 'reject':
      return reject(statement.reject);
    case 'queue':
      return queue(statement.queue);
    default:
      return undefined;
  }
}

function reject(inner: Json | undefined): Verdict | undefined {
  if (inner === null || inner === undefined) return { to: 'reject', with: 'icmpx port-unreachable' };
  if (!isObject(inner)) return undefined;
  const type = stringOf(inner.type) ?? 'icmpx';
  if (type === 'tcp reset') return { to: 'reject', with: type };
  const code = inner.expr ?? 'port-unreachable';
  return typeof code === 'string' || typeof code === 'number' ? { to: 'reject', with: `${type} ${code}` } : undefined;
}

function queue(inner: Json | undefined): Verdict | undefined {
  const object: JsonObject = isObject(inner) ? inner : {};
  const number = object.num ?? 0;
  const range = isObject(number) ? listOf(number.range).map(String).join('-') : undefined;
  const name = typeof number === 'number' ? `${number}` : range !== undefined && range !== '' ? range : 'of a map';
  return { to: 'queue', queue: name, bypass: listOf(object.flags).includes('bypass') };
}
