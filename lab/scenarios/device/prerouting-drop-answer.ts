import { failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'prerouting-drop-answer',
  side: 'device',
  title: 'The answer is dropped before routing, in a raw table',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    filterRule('device', 'prerouting', `ip saddr ${ADDRESS.server} tcp sport 443 drop`, {
      priority: -300,
      family: 'ip',
      table: 'raw',
      chain: 'PREROUTING',
      labelText: 'tcp sport 443',
    }),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', table: 'raw' } },
    }),
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path']),
  },
  needs: ['nft'],
});
