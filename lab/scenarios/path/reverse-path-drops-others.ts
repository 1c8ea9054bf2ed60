import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip, sysctl } from '../../world/steps.js';

// The counter rises all the time, and no more with what goes to the target.
export default scenario({
  id: 'reverse-path-drops-others',
  side: 'path',
  title: 'The reverse path filter drops packets of others all the time; the target is swallowed on the way',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['local-firewall'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 ip daddr 198.51.100.10 drop', {
      family: 'ip',
      labelText: 'tcp dport 443',
    }),
  ],
  distractors: [
    sysctl('device', 'net.ipv4.conf.all.rp_filter=1'),
    ip(
      'device',
      'link add name other type veth peer name other2',
      'link set other up',
      'link set other2 up',
      'route add 203.0.113.0/30 dev other',
    ),
    {
      do: 'daemon',
      on: 'home',
      line: ['ping', '-i', '0.02', '-I', '203.0.113.2', '192.168.7.20'],
      ready: { says: 'PING' },
    },
  ],
  expect: both(undetermined(['dropped-on-path'], { innocent: ['local-firewall'] })),
  needs: ['nft'],
});
