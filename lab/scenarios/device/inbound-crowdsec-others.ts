import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ipset, iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-crowdsec-others',
  side: 'device',
  title: "Asked from outside: the list of CrowdSec's bouncer holds the network around this address, and excepts it",
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['client-banned'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [
    ipset(
      'device',
      'create crowdsec-blacklists hash:net family inet',
      'add crowdsec-blacklists 198.51.100.0/24',
      `add crowdsec-blacklists ${ADDRESS.server}/32 nomatch`,
    ),
    iptables('device', '-I INPUT -m set --match-set crowdsec-blacklists src -j DROP'),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['iptables-nft', 'ipset'],
});
