import { failed, onlyLikely, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';

// What is refused at once with EACCES never was a packet: no name server has heard of it.
export default scenario({
  id: 'marked-question-prohibited',
  side: 'device',
  title: 'A rule marks questions to name servers, and a rule of routing prohibits what bears that mark',
  target: 'https://shop.example.com/',
  shows: 'no-route',
  nearly: ['resolver-unreachable', 'resolver-failing'],
  break: [
    nft(
      'device',
      'table inet lab {\n chain out {\n  type route hook output priority mangle; policy accept;\n  meta l4proto { tcp, udp } th dport 53 meta mark set 0x77\n }\n}\n',
    ),
    ip('device', 'rule add fwmark 0x77 prohibit pref 90'),
  ],
  expect: {
    root: failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'route', name: /fwmark 0x77 prohibit/ },
      innocent: ['resolver-unreachable', 'resolver-failing'],
    }),
    user: failed('no-route', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'route', name: /fwmark 0x77 prohibit/ },
      innocent: ['resolver-unreachable', 'resolver-failing'],
    }),
  },
  needs: ['nft'],
});
