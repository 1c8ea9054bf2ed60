import { both, reachable, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { docker6 } from '../../world/docker-rules.js';
import { iptablesRestore, neighbour, sysctl } from '../../world/steps.js';

export default scenario({
  id: 'from-container-ipv6-well',
  side: 'fine',
  title: 'From a container by IPv6, past a rule of ip6tables for another port',
  target: 'ssh://[2001:db8:100::10]',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'reachable',
  nearly: ['local-firewall', 'no-route'],
  break: [],
  distractors: [
    neighbour('other', ['2001:db8:d0c::2/64'], { bridge: { name: 'docker0', address: '2001:db8:d0c::1/64' } }),
    sysctl('device', 'net.ipv6.conf.all.forwarding=1'),
    iptablesRestore('device', docker6(['-A DOCKER-USER -d 2001:db8:100::/64 -p tcp -m tcp --dport 443 -j DROP']), {
      family: 6,
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '2001:db8:d0c::2' } }]),
  ],
  expect: both(reachable),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
