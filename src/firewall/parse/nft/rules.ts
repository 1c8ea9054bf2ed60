import { collect } from '../../index/conditions.js';
import type { Condition, Counter, Enough, Part, Rule } from '../../ruleset.js';
import { isObject, type Json, type JsonObject, listOf, numberOf, stringOf } from './json.js';
import type { Surroundings } from './left.js';
import { parseMatch } from './match.js';
import { plainCondition } from './plain-condition.js';
import { hoistedMatches, rejectsProtocol } from './hoisted.js';
import { mergedMatch, mergedRun, type Reading } from './merged.js';
import { parseStatement } from './statement.js';

/** Only the matches at the beginning of a rule are read, and no further than they are needed. */
export function conditionsIn(inner: JsonObject, table: Surroundings, enough: Enough): void {
  for (const statement of listOf(inner.expr)) {
    if (!isObject(statement)) return;
    const { match } = statement;
    if (match === undefined && ('counter' in statement || 'limit' in statement)) continue;
    if (!isObject(match)) return;
    if (match.op === '!=') continue;
    const plain = plainCondition(match);
    if (plain !== undefined) {
      if (enough(plain)) return;
      continue;
    }
    const found: Condition[] = [];
    collect(parseMatch(match, table), found);
    if (found.some(enough)) return;
  }
}

export function ruleOf(inner: JsonObject, index: number, table: Surroundings, reading: Reading): Rule {
  const expr = listOf(inner.expr);
  const comment = stringOf(inner.comment);
  const parts: Part[] = [...hoistedMatches(expr), ...rejectsProtocol(expr)];
  let counter: Counter | undefined;
  for (let i = 0; i < expr.length;) {
    const end = mergedRun(expr, i);
    const found: Part[] = [];
    for (; i < end; i++) {
      const statement = expr[i] ?? null;
      if (isObject(statement) && 'counter' in statement) counter ??= counterIn(statement.counter);
      for (const part of parseStatement(statement, table, counter !== undefined)) found.push(part);
    }
    if (found.length > 1 && found.every((part) => part.kind === 'compare')) parts.push(mergedMatch(found, reading));
    else for (const part of found) parts.push(part);
  }
  return {
    number: index + 1,
    ...handleOf(inner),
    ...commentOf(inner),
    ...(counter === undefined ? {} : { counter }),
    parts,
    source: comment === undefined ? { syntax: 'nft', expr } : { syntax: 'nft', expr, comment },
  };
}

export function handleOf(inner: JsonObject): { readonly handle?: number } {
  const handle = numberOf(inner.handle);
  return handle === undefined ? {} : { handle };
}

export function commentOf(inner: JsonObject): { readonly comment?: string } {
  const comment = stringOf(inner.comment);
  return comment === undefined ? {} : { comment };
}

export function counterIn(value: Json | undefined): Counter | undefined {
  const packets = isObject(value) ? numberOf(value.packets) : undefined;
  return packets === undefined
    ? undefined
    : { packets, bytes: (isObject(value) ? numberOf(value.bytes) : undefined) ?? 0 };
}
