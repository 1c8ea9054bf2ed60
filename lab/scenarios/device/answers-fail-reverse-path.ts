import { ADDRESS } from '../../world/topology.js';
import { both, failed, onlyLikely, scenario, sure, undetermined } from '../../scenario.js';
import { ip, nft, sysctl } from '../../world/steps.js';

// As some VPNs do it: marked packets have a way of their own. The way back is looked up without the mark
// (src_valid_mark is off), and ends at another interface than the one by which the answers come in.
export default scenario({
  id: 'answers-fail-reverse-path',
  side: 'device',
  title: 'Two ways to the server: the strict reverse path filter drops the answers',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path', 'conntrack-table-full'],
  break: [
    sysctl('device', 'net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.eth0.rp_filter=1'),
    ip(
      'device',
      'link add name other type veth peer name other2',
      'link set other up',
      'link set other2 up',
      `route add 198.51.100.0/24 dev other src ${ADDRESS.device}`,
      'route add default via 192.168.7.1 dev eth0 table 100',
      'rule add fwmark 1 lookup 100',
    ),
    nft(
      'device',
      `table ip lab { chain out { type route hook output priority mangle; ip daddr ${ADDRESS.server} tcp dport 443 meta mark set 1; }; }`,
    ),
  ],
  expect: both({
    anyOf: [
      failed('local-firewall', {
        side: 'this-device',
        ...sure,
        culprit: { kind: 'setting', name: /rp_filter/ },
        evidence: /IPReversePathFilter/,
      }),
      // Answers to earlier packets are repeated for seconds, and may hide the beat of ours.
      undetermined(['local-firewall']),
      failed('local-firewall', { side: 'this-device', ...onlyLikely }),
    ],
  }),
  needs: ['nft'],
});
