import { failed, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const innocent = ['nothing-listening', 'local-firewall', 'server-firewall'];

export default scenario({
  id: 'forged-refusal',
  side: 'path',
  title: "The provider forges a refusal of connections to this server, and lets the server's own answer by",
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening', 'server-firewall'],
  break: [
    iptables(
      'provider',
      `-t mangle -A FORWARD -p tcp -d ${ADDRESS.server} --dport 443 --syn -j TEE --gateway ${ADDRESS.edge}`,
      `-A FORWARD -p tcp -d ${ADDRESS.server} --dport 443 --syn -j REJECT --reject-with tcp-reset`,
    ),
  ],
  expect: {
    root: failed('reset-injected', { side: 'path', stage: 'connect', certainty: { atLeast: 'proven' }, innocent }),
    user: {
      anyOf: [
        failed('reset-injected', { certainty: { atMost: 'likely' }, innocent }),
        undetermined(['reset-injected'], { innocent: ['local-firewall'] }),
      ],
    },
  },
  needs: ['iptables-nft'],
});
