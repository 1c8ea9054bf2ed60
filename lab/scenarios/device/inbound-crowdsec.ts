import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ipset, iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-crowdsec',
  side: 'device',
  title: "Asked from outside: the list of CrowdSec's bouncer holds this address",
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'client-banned',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [
    ipset('device', 'create crowdsec-blacklists hash:net family inet', `add crowdsec-blacklists ${ADDRESS.server}/31`),
    iptables('device', '-I INPUT -m set --match-set crowdsec-blacklists src -j DROP'),
  ],
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { owner: 'crowdsec', rule: { table: 'filter', chain: 'INPUT', number: 1 } },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['iptables-nft', 'ipset'],
});
