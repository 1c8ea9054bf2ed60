import { both, failed, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { docker6 } from '../../world/docker-rules.js';
import { iptablesRestore, neighbour, sysctl } from '../../world/steps.js';

export default scenario({
  id: 'from-container-ipv6-docker-user',
  side: 'device',
  title: 'From a container by IPv6: a rule of DOCKER-USER (ip6tables) drops what it sends to that server',
  target: '[2001:db8:100::10]:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    neighbour('other', ['2001:db8:d0c::2/64'], { bridge: { name: 'docker0', address: '2001:db8:d0c::1/64' } }),
    sysctl('device', 'net.ipv6.conf.all.forwarding=1'),
    iptablesRestore('device', docker6(['-A DOCKER-USER -d 2001:db8:100::/64 -p tcp -m tcp --dport 443 -j DROP']), {
      family: 6,
    }),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '2001:db8:d0c::2' } }]),
  ],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'firewall-rule',
        owner: 'docker',
        rule: { table: 'filter', family: 'ip6', chain: 'DOCKER-USER', number: 1 },
      },
      innocent: ['server-firewall', 'dropped-on-path', 'containers-not-connected', 'no-route'],
    }),
  ),
  only: 'root',
  needs: ['iptables-nft', 'bridge'],
});
