import {
  type Expression,
  fieldValue,
  type KeyField,
  type Nat,
  type Part,
  type SetReference,
  type Statement,
  type Verdict,
} from '../../ruleset.js';
import { fieldOf, ipv4, ipv6 } from '../../values/fields.js';
import { elementsOf, keyTypesOf } from './elements.js';
import { isObject, type Json, type JsonObject, listOf, soleKey, stringOf } from './json.js';
import { parseLeft, readsPacket, type Surroundings } from './left.js';
import { parseMatch } from './match.js';
import { span } from './right.js';
import { statementText } from './text.js';
import { parseVerdict } from './verdict.js';
import { parseXt } from './xt.js';

/** Statements that neither decide nor change what later rules see. */
const notes = new Set(['log', 'dup', 'ct helper', 'ct timeout', 'ct expectation', 'last', 'secmark', 'counter']);

/**
 * The parts of one statement of libnftables' JSON. Most are one part; a dynamic set with a limit in it is two.
 * `counted` tells that a counter came before, which is how iptables-nft's targets are known from its matches.
 */
export function parseStatement(statement: Json, around: Surroundings, counted: boolean): Part[] {
  if (!isObject(statement)) return [effect(statement, 'it is not a statement')];
  const verdict = parseVerdict(statement);
  if (verdict !== undefined) return [...hiddenCondition(verdict), { kind: 'verdict', verdict }];
  const kind = soleKey(statement) ?? '';
  const inner = statement[kind] ?? null;
  if (notes.has(kind)) return [{ kind: 'note', what: kind }];
  if (kind === 'match')
    return [isObject(inner) ? parseMatch(inner, around) : effect(statement, 'a match without its sides')];
  const text = statementText(statement);
  switch (kind) {
    case 'limit':
    case 'quota':
    case 'ct count':
    case 'meter':
    // What cannot be taken, or is already, ends the rule here (nft_flow_offload_eval).
    case 'flow':
      return [{ kind: 'may', what: kind, text }];
    case 'vmap':
      return [isObject(inner) ? vmap(inner, around, statement, text) : effect(statement, 'a map without its key')];
    case 'mangle':
      return [
        isObject(inner) ? mangle(inner, around, statement) : effect(statement, 'an assignment without its sides'),
      ];
    case 'set':
    case 'map':
      return isObject(inner)
        ? update(inner, around, statement, text)
        : [effect(statement, 'a set statement without its set')];
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
      return [nat(kind, isObject(inner) ? inner : {}, around, text)];
    case 'tproxy':
      return [tproxy(isObject(inner) ? inner : {}, text)];
    case 'notrack':
      return [{ kind: 'notrack' }];
    case 'xt':
      return [parseXt(isObject(inner) ? inner : {}, counted, text)];
    default:
      return [effect(statement, `statement ${kind || '?'} is not understood`)];
  }
}

/**
 * A reset answers TCP alone, and each ICMP its own family: nft asks for it and, where nothing else in the rule says it,
 * leaves it out when it lists the rule (measured: `reject with icmp` in an inet table). Where it asks: `rejectsProtocol`.
 */
function hiddenCondition(verdict: Verdict): Part[] {
  if (verdict.to !== 'reject') return [];
  const kind = verdict.with.split(' ')[0];
  const only = (field: string, value: number): Part[] => [
    { kind: 'compare', left: fieldValue(field), within: [value, value], negated: false },
  ];
  if (kind === 'tcp') return only('meta l4proto', 6);
  if (kind === 'icmp') return only('meta nfproto', ipv4);
  return kind === 'icmpv6' ? only('meta nfproto', ipv6) : [];
}

function effect(statement: Json, why: string): Statement {
  return { kind: 'effect', text: statementText(statement), why };
}

/** `@name`, or the elements themselves. */
function reference(data: Json | undefined, key: readonly KeyField[], isVerdict: boolean): SetReference | undefined {
  if (typeof data === 'string') return data.startsWith('@') ? { named: data.slice(1) } : undefined;
  if (!isObject(data) || soleKey(data) !== 'set') return undefined;
  const { elements, unsure } = elementsOf(listOf(data.set), keyTypesOf(key), isVerdict ? 'verdict' : ['unknown']);
  return unsure === undefined ? { elements } : undefined;
}

function keyOf(expression: Json | undefined, around: Surroundings): readonly KeyField[] | undefined {
  const left = parseLeft(expression, around);
  if (left.kind === 'key') return left.key;
  return left.kind === 'chance' ? [{ field: left.what }] : undefined;
}

function vmap(inner: JsonObject, around: Surroundings, statement: Json, text: string): Statement {
  const key = keyOf(inner.key, around);
  const map = key === undefined ? undefined : reference(inner.data, key, true);
  return key === undefined || map === undefined
    ? effect(statement, 'the verdict map is not understood')
    : { kind: 'vmap', key, map, text };
}

function mangle(inner: JsonObject, around: Surroundings, statement: Json): Statement {
  const left = parseLeft(inner.key, around);
  const target = left.kind === 'key' && left.key.length === 1 ? left.key[0] : undefined;
  // Device names and the like cannot be assigned; bits of a field (`ip frag-off & …`) are not written by nft.
  if (target === undefined || 'name' in target || target.bits !== undefined)
    return effect(statement, 'what is assigned is not understood');
  return { kind: 'assign', target: target.field, value: expression(inner.value, target.field, around) };
}

export function expression(value: Json | undefined, fieldName: string, around: Surroundings): Expression {
  const { type } = fieldOf(fieldName);
  if (isObject(value) && isObject(value.map)) {
    const key = keyOf(value.map.key, around);
    const map = key === undefined ? undefined : reference(value.map.data, key, false);
    if (key === undefined || map === undefined) return { kind: 'unknown', why: 'the map is not understood' };
    return { kind: 'map', key, map, part: 0, text: statementText(value) };
  }
  const two = bothFields(value, around);
  if (two !== undefined) return two;
  if (readsPacket(value)) {
    const left = parseLeft(value, around);
    const only = left.kind === 'key' && left.key.length === 1 ? left.key[0] : undefined;
    return only === undefined || 'name' in only
      ? { kind: 'unknown', why: 'the value is not understood' }
      : { kind: 'field', value: only };
  }
  const found = span(value, type);
  return found === undefined
    ? { kind: 'unknown', why: 'the value is not understood' }
    : { kind: 'range', low: found[0], high: found[1] };
}

/** `ct mark & 0xffff0000 | meta mark & 0xffff`: two fields, which only newer kernels put together. */
function bothFields(value: Json | undefined, around: Surroundings): Expression | undefined {
  const operation = isObject(value) ? soleKey(value) : undefined;
  if (!isObject(value) || (operation !== '|' && operation !== '^')) return undefined;
  const sides = listOf(value[operation]);
  if (sides.length !== 2 || !sides.every(readsPacket)) return undefined;
  const fields = sides.map((side) => {
    const left = parseLeft(side, around);
    const only = left.kind === 'key' && left.key.length === 1 ? left.key[0] : undefined;
    return only === undefined || 'name' in only ? undefined : only;
  });
  const [one, other] = fields;
  return one === undefined || other === undefined ? undefined : { kind: 'both', operation, values: [one, other] };
}

function update(inner: JsonObject, around: Surroundings, statement: Json, text: string): Part[] {
  const set = stringOf(inner.set ?? inner.map)?.replace(/^@/, '');
  const operation = stringOf(inner.op) ?? '';
  const element = isObject(inner.elem) && isObject(inner.elem.elem) ? inner.elem.elem.val : inner.elem;
  const key = keyOf(element, around);
  if (set === undefined || key === undefined || !['add', 'update', 'delete'].includes(operation)) {
    return [effect(statement, 'the set statement is not understood')];
  }
  const inside = listOf(inner.stmt).some((one) => !isObject(one) || !notes.has(soleKey(one) ?? ''));
  const removes = operation === 'delete';
  const parts: Part[] = [{ kind: 'update', set, key, sure: !inside && !removes, removes, text }];
  // The limit decides whether the rule goes on; a delete goes on only when there was something to delete.
  if (inside || removes) parts.unshift({ kind: 'may', what: removes ? 'delete from a set' : 'limit in a set', text });
  return parts;
}

function nat(type: Nat['type'], inner: JsonObject, around: Surroundings, text: string): Nat {
  const named = stringOf(inner.family) ?? around.family;
  const family = named === 'ip' || named === 'ip6' ? named : undefined;
  const address = inner.addr === undefined ? undefined : natAddress(inner.addr, family, around);
  const port = inner.port === undefined ? undefined : expression(inner.port, 'th dport', around);
  return {
    kind: 'nat',
    type,
    text,
    ...(family === undefined ? {} : { family }),
    ...(address === undefined ? {} : { address }),
    ...(port === undefined ? {} : { port }),
  };
}

function natAddress(value: Json, family: 'ip' | 'ip6' | undefined, around: Surroundings): Expression {
  const guess = family ?? (JSON.stringify(value).includes('::') ? 'ip6' : 'ip');
  return expression(value, guess === 'ip6' ? 'ip6 daddr' : 'ip daddr', around);
}

function tproxy(inner: JsonObject, text: string): Statement {
  const port = typeof inner.port === 'number' ? inner.port : undefined;
  const address = span(inner.addr, 'ipv4') ?? span(inner.addr, 'ipv6');
  return {
    kind: 'tproxy',
    text,
    ends: false,
    ...(address === undefined ? {} : { address: address[0] }),
    ...(port === undefined ? {} : { port }),
  };
}
