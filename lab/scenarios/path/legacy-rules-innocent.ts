import { both, failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { filterRule, iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'legacy-rules-innocent',
  side: 'path',
  title: 'A hop drops this port; the rules of iptables-legacy here let it pass',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['local-firewall'],
  break: [filterRule('provider', 'forward', 'ip daddr 198.51.100.0/24 tcp dport 443 drop')],
  distractors: [
    iptablesRestore(
      'device',
      `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A OUTPUT -p tcp -m tcp ! --dport 443 -m owner ! --uid-owner 0-65535 -j DROP
-A OUTPUT -p udp -m udp --dport 443 -j DROP
COMMIT`,
      { backend: 'legacy' },
    ),
  ],
  // Where another port is seen to get past that hop, the server is out of it.
  expect: both({
    anyOf: [
      undetermined(['dropped-on-path', 'server-firewall'], {
        innocent: ['local-firewall'],
        innocentText: ['legacy'],
      }),
      failed('dropped-on-path', {
        side: 'path',
        ...onlyLikely,
        innocent: ['local-firewall'],
        innocentText: ['legacy'],
      }),
    ],
  }),
  needs: ['nft', 'iptables-legacy'],
});
