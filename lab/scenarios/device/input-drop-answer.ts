import { failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'input-drop-answer',
  side: 'device',
  title: 'The answer is dropped on its way in: from outside it looks like a silent server',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [filterRule('device', 'input', 'tcp sport 443 drop')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', chain: 'input' } },
    }),
    // The packet left, nothing came back: a user cannot see that the answer arrived. Other servers are silent on this
    // port too, so it is not this one that drops.
    user: undetermined(['local-firewall', 'port-blocked-everywhere'], {
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
  },
  needs: ['nft'],
});
