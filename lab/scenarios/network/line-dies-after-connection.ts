import { both, failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'line-dies-after-connection',
  side: 'network',
  title: 'The line carries the questions for the name and the opening of the connection, and then nothing any more',
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['server-not-responding', 'server-overloaded', 'path-mtu-blackhole', 'dropped-on-path'],
  // Two questions and two packets of the connection; what opens TLS is more than is left.
  break: [
    nft(
      'home',
      'table inet lab {\n chain forward {\n  type filter hook forward priority 0; policy accept;\n  iifname "lan" quota over 300 bytes drop\n }\n}\n',
    ),
  ],
  // So little got through that heavy loss is not always told from it.
  expect: both({
    anyOf: [
      failed('internet-down', { ...onlyLikely, innocent: ['server-not-responding', 'packet-loss'] }),
      undetermined(['internet-down'], { side: 'path', innocent: ['server-not-responding'] }),
    ],
  }),
  needs: ['nft'],
  fresh: true,
});
