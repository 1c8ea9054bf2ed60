// Rules that counted the client's packets, as causes and culprits.
import type { Machine } from '../../world/topology.js';
import type { CountedRule } from '../observe/counters.js';
import { explain, type CulpritCheck, type Explanation } from './truth.js';

const LEADS = /\b(?:redirect|dnat|REDIRECT|DNAT)\b/;
const OF_ONE_USER = /\b(?:skuid|skgid|uid-owner|owner UID|cgroup)\b/;

export function stopping(rules: readonly CountedRule[], on: Machine): CountedRule[] {
  return rules.filter((rule) => rule.machine === on && !LEADS.test(rule.text));
}

export function leading(rules: readonly CountedRule[]): CountedRule[] {
  return rules.filter((rule) => LEADS.test(rule.text));
}

export function wordsFor({
  machine,
  backend,
  family,
  table,
  chain,
  handle,
  number,
  text,
  packets,
}: CountedRule): string {
  const place = handle === null ? `number ${number}` : `handle ${handle}`;
  return `${machine}'s rule "${text}" (${backend} ${family} ${table} ${chain}, ${place}) counted ${packets} of the client's packets`;
}

/** The rule that is named must be one that counted. */
export function ruleIn(rules: readonly CountedRule[]): CulpritCheck {
  return (culprit) => {
    const got = culprit?.rule;
    if (!got) return null;
    const same = rules.some(
      (rule) =>
        rule.table === got.table &&
        rule.chain === got.chain &&
        (rule.handle === null || got.handle === undefined || rule.handle === got.handle) &&
        (rule.backend === 'nft' || got.number === undefined || rule.number === got.number),
    );
    const named = `${got.backend} ${got.table} ${got.chain} ${got.handle ?? `#${got.number ?? '?'}`}`;
    return same ? null : `rule ${named} is none of those that counted`;
  };
}

/** A rule of the device itself stopped the client. */
export function ownRule(rules: readonly CountedRule[]): Explanation {
  const [first] = rules;
  if (!first) throw new Error('no rule');
  const primary = OF_ONE_USER.test(first.text) ? 'app-policy' : 'local-firewall';
  return explain(primary, wordsFor(first), { culprit: ruleIn(rules) });
}
