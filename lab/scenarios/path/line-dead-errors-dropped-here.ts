import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';

// What comes back is a router's error, and not an answer: that this device throws it away hides the cause, and is none.
export default scenario({
  id: 'line-dead-errors-dropped-here',
  side: 'path',
  title: 'The line is dead, and the firewall of this device throws away the errors that tell so; its queue is well',
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['local-firewall'],
  break: [filterRule('home', 'forward', 'oifname "wan" reject with icmpx host-unreachable')],
  distractors: [
    nft(
      'device',
      'table inet guard {\n chain in {\n  type filter hook input priority 0; policy drop;\n  iif lo accept\n  ct state established accept\n  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept\n }\n}\n',
    ),
    {
      do: 'run',
      on: 'device',
      line: [
        'tc',
        'qdisc',
        'add',
        'dev',
        'eth0',
        'root',
        'tbf',
        'rate',
        '100mbit',
        'burst',
        '100kb',
        'latency',
        '50ms',
      ],
    },
  ],
  expect: both({
    anyOf: [
      failed('internet-down', { certainty: { atMost: 'likely' }, innocent: ['local-firewall'] }),
      undetermined(['internet-down'], { innocent: ['local-firewall'] }),
    ],
  }),
  needs: ['nft', 'tbf'],
});
