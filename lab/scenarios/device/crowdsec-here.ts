import { failed, scenario, undetermined } from '../../scenario.js';
import { ipset, iptables } from '../../world/steps.js';

export default scenario({
  id: 'crowdsec-here',
  side: 'device',
  title: "The list of CrowdSec's bouncer on this device holds the server's network, so its answers are dropped",
  target: 'https://four.example.com/',
  shows: 'client-banned',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    ipset(
      'device',
      'create crowdsec-blacklists hash:net family inet hashsize 1024 maxelem 65536 timeout 300',
      'add crowdsec-blacklists 203.0.113.77 timeout 3000',
      'add crowdsec-blacklists 198.51.100.0/24 timeout 3000',
    ),
    iptables('device', '-I INPUT -m set --match-set crowdsec-blacklists src -j DROP'),
  ],
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'crowdsec', rule: { table: 'filter', chain: 'INPUT', number: 1 } },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path'], { innocent: ['client-banned'] }),
  },
  needs: ['iptables-nft', 'ipset'],
});
