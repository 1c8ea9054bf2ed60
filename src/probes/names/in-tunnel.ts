import { fact, type Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { TunnelResolver } from '../../model/tunnel-facts.js';
import { askResolvers } from './ask-resolvers.js';

const mostResolvers = 3;
const patienceMs = [400, 800];

/** The name, asked of the name servers that belong to a tunnel and that this device does not ask by itself. */
export const namesInTunnel: Gatherer<'name.inTunnel'> = {
  fact: 'name.inTunnel',
  needs: ['name.config', 'device.tunnels'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => {
    if (facts.target.literal !== 0 || facts.target.host === '') return 'the target has no name';
    return notAsked(facts).length === 0 ? 'no tunnel has a name server that is not asked anyway' : null;
  },
  async gather(facts, context) {
    const servers = notAsked(facts).map(({ address }) => ({ address, port: 53 }));
    const said = await askResolvers(facts.target.host, servers, context, { patienceMs });
    return said.answers.length === 0 ? skipped('no question could be asked to the end') : known(said, 'DNS');
  },
};

function notAsked(facts: Facts): TunnelResolver[] {
  const asked = new Set((fact(facts, 'name.config')?.resolvers ?? []).map(({ address }) => address));
  return (fact(facts, 'device.tunnels') ?? [])
    .flatMap(({ resolvers }) => resolvers)
    .filter(({ address }) => !asked.has(address))
    .slice(0, mostResolvers);
}
