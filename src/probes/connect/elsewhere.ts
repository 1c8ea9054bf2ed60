import { fact, type Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { probeAddresses } from './probe-addresses.js';

/**
 * The experiment for a name that leads to the wrong place: the addresses that DNS gives, where the system's own answer is
 * another one. Only the address changes.
 */
export const elsewhere: Gatherer<'connect.elsewhere'> = {
  fact: 'connect.elsewhere',
  needs: ['name.system', 'name.direct', 'name.reference', 'name.hosts'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (otherAddresses(facts).length === 0 ? 'nobody gives another address' : null),
  async gather(facts, context) {
    const probes = await probeAddresses(
      otherAddresses(facts).slice(0, 4),
      { port: facts.target.port, keep: (_address, stream) => stream.destroy(), repeat: false, thorough: false },
      context,
    );
    return known(probes, 'connect()');
  },
};

function otherAddresses(facts: Facts): string[] {
  const used = new Set(fact(facts, 'name.system')?.addresses ?? []);
  const answers = [...(fact(facts, 'name.direct')?.answers ?? []), ...(fact(facts, 'name.reference')?.answers ?? [])];
  const usable = answers.filter((answer) => !answer.failure).flatMap((answer) => answer.addresses);
  return [...new Set(usable)].filter((address) => !used.has(address) && address !== '0.0.0.0' && address !== '::');
}
