import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-policy-drop',
  side: 'device',
  title: 'Asked from outside: the rules let in one network only, and this is another',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'client-banned'],
  services: { device: [http(undefined, 8080)] },
  break: [
    nft(
      'device',
      `table inet guard {
    chain inp { type filter hook input priority filter; policy drop;
      iifname "lo" accept
      ct state established,related accept
      ip saddr 192.168.7.0/24 tcp dport { 22, 8080 } accept
    }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'policy', rule: { backend: 'nft', family: 'inet', table: 'guard', chain: 'inp' } },
      innocent: ['nothing-listening', 'client-banned'],
    }),
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
