import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-led-to-another',
  side: 'device',
  title: 'Asked from outside: a rule leads the port to another machine, past the program that listens here',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'connection-redirected',
  nearly: ['reachable', 'local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [
    nft(
      'device',
      'table ip lab {\n chain in {\n  type nat hook prerouting priority -100; policy accept;\n  tcp dport 8080 dnat to 192.168.7.77\n }\n}\n',
      {
        led: 'dnat to',
      },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'led' } },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
