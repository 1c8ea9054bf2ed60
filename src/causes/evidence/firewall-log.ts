import type { Evidence, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { countEvidence, countOf } from './rule-counts.js';
import type { Stop } from './stop.js';

/** How often the firewall wrote down that it stopped such packets. Rules write rarely, if at all: silence says nothing. */
export function loggedEvidence({ at, towards }: Stop, { facts }: Scene): readonly Evidence[] {
  const { protocol, address, port } = towards;
  const blocks = (fact(facts, 'device.firewallLog')?.blocks ?? []).filter(
    (one) =>
      one.protocol === protocol && one.address === address && one.port === port && one.direction === at.direction,
  );
  return blocks.slice(0, 2).map(({ count, first, prefix, log }) => {
    const times = count === 1 ? 'once' : `${count} times`;
    const since = first === null ? '' : count === 1 ? ` at ${first}` : ` since ${first}`;
    return {
      fact: 'device.firewallLog',
      says: `the firewall wrote it down ${times}${since} (${prefix || 'no prefix'}, ${log})`,
    };
  });
}

/**
 * iptables-legacy itself wrote down the way of a probe of ours, and the last step is this rule or policy: behind it the
 * packet was seen no more.
 */
function tracedByLegacy({ at, towards }: Stop, { facts }: Scene): boolean {
  if (at.rule?.backend !== 'iptables-legacy') return false;
  const flow = fact(facts, 'kernel.trace')?.flows.find(
    (one) => one.protocol === towards.protocol && one.address === towards.address && one.port === towards.port,
  );
  if (!flow || flow.outcome === 'connected' || flow.outcome === 'answered') return false;
  const last = fact(facts, 'device.firewallLog')?.legacy.findLast(
    (step) => step.localPort === flow.localPort && step.direction === at.direction,
  );
  if (!last || last.table !== at.table || last.chain !== at.chain || last.kind !== at.kind) return false;
  return at.kind === 'policy' || last.number === at.rule.number;
}

const legacyEvidence: Evidence = {
  fact: 'device.firewallLog',
  says: 'the kernel wrote down that our packet came to that rule, and to none behind it',
};

/** What shows, for a rule of iptables-legacy, that it is the one: the kernel's own steps, or the rule's counter. */
export function legacyProof(stop: Stop, scene: Scene): Evidence | null {
  if (tracedByLegacy(stop, scene)) return legacyEvidence;
  const { at, towards } = stop;
  if (at.rule?.backend !== 'iptables-legacy' || towards.protocol !== 'tcp') return null;
  const { family, table, chain, rule } = at;
  const place = { family, table, chain, number: at.kind === 'policy' ? undefined : rule.number };
  const count = countOf({ ...towards, direction: at.direction }, place, scene);
  return count === null || count.ended === 'connected' ? null : countEvidence(count);
}
