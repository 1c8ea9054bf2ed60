import { fact, type Facts } from '../../model/facts.js';
import type { Flow } from '../../model/failing-flows.js';

const mostFlows = 4;

/** The connections to the target itself, whether they were opened or not: who takes them may be somebody else. */
export function addressesIn(facts: Facts): Flow[] {
  const { target } = facts;
  const probes = (fact(facts, 'connect') ?? []).map(({ address, port }) => ({ address, port }));
  const known = target.literal !== 0 ? [target.host] : (fact(facts, 'name.system')?.addresses ?? []);
  const all = [...probes, ...known.map((address) => ({ address, port: target.port }))];
  return all
    .filter((one, i) => all.findIndex(({ address, port }) => address === one.address && port === one.port) === i)
    .slice(0, mostFlows)
    .map(({ address, port }) => ({ protocol: 'tcp' as const, address, port }));
}
