import type { Rule, Verdict } from '../ruleset.js';
import type { Machine, Step } from './machine.js';
import type { Outcome } from './outcome.js';
import type { Station } from './plan.js';
import { refused } from './uncertain-order.js';
import type { Way } from './way.js';

/** Chains that a packet may be in at once. The kernel refuses loops; a bad dump may have them. */
const deepest = { nft: 16, other: 512 };

export function carryOut(machine: Machine, way: Way, rule: Rule, verdict: Verdict): Step {
  const station = way.station as Station;
  const frame = way.frame;
  if (frame === undefined) return 'next station';
  const culprit = { station, chain: frame.chain, rule, through: frame.entered };
  switch (verdict.to) {
    case 'continue':
      return 'on';
    case 'accept':
      machine.note(way, 'accept', rule);
      way.passed = { value: culprit, before: way.passed };
      return 'next station';
    case 'drop':
    case 'reject':
    case 'queue':
      machine.note(way, verdict.to, rule);
      return refused(machine, way, {
        kind: 'decided',
        verdict: verdict.to,
        way,
        rule: culprit,
        ...(verdict.to === 'reject' ? { how: verdict.with } : {}),
        ...(verdict.to === 'queue' ? { to: `queue ${verdict.queue}` } : {}),
      });
    case 'return':
      if (machine.walk) machine.note(way, 'return', rule);
      if (frame.up === undefined) {
        way.rule = undefined;
        const step = policy(machine, way, station);
        return step === 'on' ? 'next station' : step;
      }
      way.frame = frame.up;
      return 'next rule';
    case 'jump':
    case 'goto': {
      const chain = station.table.chains.get(verdict.chain);
      if (chain === undefined)
        return { kind: 'unknown', why: `chain ${verdict.chain} is not in the dump`, way, rule: culprit };
      machine.note(way, verdict.to, rule, verdict.chain);
      const up = verdict.to === 'jump' ? frame : frame.up;
      const depth = verdict.to === 'jump' ? frame.depth + 1 : frame.depth;
      if (depth > (station.table.backend === 'iptables-legacy' ? deepest.other : deepest.nft)) {
        return {
          kind: 'unknown',
          why: `the jumps to chain ${verdict.chain} are nested deeper than the kernel allows, perhaps in a circle`,
          way,
          rule: culprit,
        };
      }
      way.frame = {
        chain,
        position: 0,
        cursor: undefined,
        up,
        depth,
        entered: { value: rule, before: frame.entered },
      };
      return 'next rule';
    }
  }
}

/** No rule decided: the base chain's policy does. */
export function policy(machine: Machine, way: Way, station: Station): 'on' | Outcome | readonly Way[] {
  if (station.base.policy === 'drop') {
    machine.note(way, 'policy', undefined, 'drop');
    return refused(machine, way, { kind: 'decided', verdict: 'drop', way, policy: station });
  }
  machine.note(way, 'policy', undefined, 'accept');
  way.passed = { value: { station, chain: station.chain, rule: undefined }, before: way.passed };
  way.frame = undefined;
  return 'on';
}
