import { failed, onlyLikely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-led-to-loopback',
  side: 'device',
  title: 'Asked from outside: a rule leads the port to 127.0.0.1, where the kernel lets nothing from outside in',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'connection-redirected',
  nearly: ['reachable', 'local-firewall'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['127.0.0.1'] }] },
  break: [
    nft(
      'device',
      'table ip lab {\n chain pre {\n  type nat hook prerouting priority dstnat;\n  tcp dport 8080 dnat to 127.0.0.1:8080\n }\n}\n',
      { led: 'dnat to' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'led' } },
      evidence: /route_localnet/,
      innocent: ['local-firewall'],
    }),
    // The rule that was to help no user sees; without it this is so.
    user: failed('listens-on-loopback-only', { ...onlyLikely }),
  },
  needs: ['nft'],
});
