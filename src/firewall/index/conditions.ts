import type { Condition, Part, Rule } from '../ruleset.js';
import { type FieldName, fieldOf, type NameField, slotOf } from '../values/fields.js';
import type { Intervals } from '../values/intervals.js';

/** Properties of the packet that tell rules apart. What only a few values can have (protocol, state) does not. */
const telling: ReadonlySet<number> = new Set(
  ['saddr', 'daddr', 'sport', 'dport', 'mark', 'icmpType', 'uid', 'gid', 'ctMark', 'length'].map(slotOf),
);
const tellingNames: ReadonlySet<string> = new Set<NameField>(['iifname', 'oifname', 'cgroup']);

/** Before a rule writes anything, each of its matches that is not negated must hold. */
export function conditionsOf(rule: Rule): Condition[] {
  const out: Condition[] = [];
  for (const part of rule.parts) {
    if (part.kind === 'note') continue;
    if (!collect(part, out)) break;
  }
  return out;
}

/** False when nothing after this part can be relied on. */
export function collect(part: Part, out: Condition[]): boolean {
  switch (part.kind) {
    case 'compare': {
      const condition =
        part.negated || part.whenAbsent === true || part.left.bits !== undefined
          ? undefined
          : numberCondition(part.left.field, part.within);
      if (condition !== undefined) out.push(condition);
      return true;
    }
    case 'name':
      if (!part.negated && part.whenAbsent !== true && tellingNames.has(part.field))
        out.push({ kind: 'name', slot: slotOf(part.field), patterns: part.patterns });
      return true;
    case 'lookup':
    case 'ipset':
      if (!part.negated) out.push({ kind: 'set', match: part });
      return true;
    case 'all':
      if (!part.negated) for (const one of part.of) collect(one, out);
      return true;
    case 'any':
    case 'merged':
    case 'clock':
    case 'may':
    case 'opaque':
      return true;
    default:
      return false;
  }
}

function numberCondition(name: FieldName, within: Intervals): Condition | undefined {
  const field = fieldOf(name);
  if (!telling.has(field.slot) || field.plus !== 0 || field.fresh) return undefined;
  return { kind: 'number', slot: field.slot, within };
}
